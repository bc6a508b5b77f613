import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ACTIVE_KEY, aboutEnvironment, SEND, setKey, switchTo, typeKey } from './actions';
import { attempt } from '../support/vscode/parts/attempt';
import { SHOWN_THEMES } from '../support/vscode/workbench';
import { requestText } from './requests';
import { stageForSteps } from './steps';
import { USED_KEYS } from '../support/usedKeys';

const TAKEN = 'EXTERNAL_ID_EXISTS';

describe('the life of a problem', function () {
  const stage = stageForSteps({
    session: (api) => ({
      files: {
        // The external_id of the fixture's order, all on one line.
        'taken.invoice.json': JSON.stringify(JSON.parse(requestText({ external_id: 'order-1' }))),
        'slow.invoice.json': requestText({ customer_id: 'fault_slow', external_id: 'slow-1' }),
        'good.invoice.json': requestText({ external_id: 'sent-twice-1' }),
      },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
    }),
    sandbox: { slowMs: 600_000 },
  });

  it('ends with an edit of the value that it is at, and begins again with an undo', async () => {
    const { workbench } = stage;
    const { editor, notifications, problems, page } = workbench;
    await workbench.openFile('order.invoice.json');
    await workbench.runCommand(SEND);
    await notifications.waitFor('Invoice created in sandbox');
    await workbench.openFile('taken.invoice.json');
    await workbench.runCommand(SEND);
    await notifications.waitFor(TAKEN);
    await problems.show();
    await problems.waitFor(TAKEN);
    await editor.clickOn('order-1');
    await editor.type('x');
    await problems.waitUntilGone(TAKEN);
    await page.keyboard.press('ControlOrMeta+Z');
    await problems.waitFor(TAKEN);
  });

  it('goes on through edits elsewhere and a new format, at its place', async () => {
    const { workbench } = stage;
    const { editor, problems } = workbench;
    await editor.clickOn('Premium');
    await editor.type('x');
    await editor.waitForText(/"purpose":"[^"]*x/);
    await workbench.runCommand('Format Document');
    assert.match(await problems.waitFor(/EXTERNAL_ID_EXISTS.*Ln 5/), /\[Ln 5, Col 20\]$/);
    await editor.save();
  });

  it('goes along with a file that is renamed in the explorer', async () => {
    const { workbench } = stage;
    const { page, problems } = workbench;
    await workbench.treeItem('taken.invoice.json').click();
    // A key that comes before the row has the focus is lost.
    await attempt(page.locator('.explorer-folders-view input'), () => page.keyboard.press('F2'));
    await page.locator('.explorer-folders-view input').fill('renamed.invoice.json');
    await page.keyboard.press('Enter');
    await problems.waitFor('renamed.invoice.json');
    await problems.waitUntilGone('taken.invoice.json');
    await problems.waitFor(/EXTERNAL_ID_EXISTS.*\[Ln 5, Col 20\]/);
  });

  it('ends when the file is closed', async () => {
    const { workbench } = stage;
    const { problems } = workbench;
    await workbench.openFile('renamed.invoice.json');
    await workbench.runCommand('View: Close Editor');
    await problems.waitUntilGone(TAKEN);
  });

  it('ends when the same text is sent with success, and not before', async () => {
    const { workbench } = stage;
    const { notifications, problems } = workbench;
    await giveSandboxKey('sandbox_revoked');
    await workbench.openFile('good.invoice.json');
    await workbench.runCommand(SEND);
    await problems.waitFor('API_KEY_INVALID');
    await giveSandboxKey('sandbox_active');
    await problems.waitFor('API_KEY_INVALID');
    await workbench.runCommand(SEND);
    await notifications.waitFor('Invoice created in sandbox');
    await problems.waitUntilGone('API_KEY_INVALID');
  });

  it('does not depend on the language mode or on the file on the disk', async () => {
    const { workbench } = stage;
    const { editor, notifications, problems, quickInput } = workbench;
    await editor.clickOn('1500.00');
    await editor.type('x');
    await problems.waitFor('amount-format');
    await workbench.runCommand('Change Language Mode');
    await quickInput.type('Plain Text');
    await quickInput.pick('Plain Text');
    await workbench.statusBar.waitFor('Plain Text');
    await editor.squiggles('error').waitFor();
    await rm(path.join(workbench.workspace, 'good.invoice.json'));
    await workbench.page
      .locator('.tab.active', { hasText: 'good.invoice.json' })
      .locator('.strikethrough, [style*="line-through"], .label-name')
      .first()
      .waitFor();
    await workbench.runCommand(SEND);
    await notifications.waitFor('Not sent: good.invoice.json has 1 error.');
    await workbench.runCommand('File: Revert File');
  });

  it('begins once with two clicks, also where its editor is closed meanwhile', async () => {
    const { workbench, api } = stage;
    const { notifications, page } = workbench;
    // The sandbox has the very key by now, and there is a question for that.
    await typeKey(workbench, 'dev', ACTIVE_KEY);
    await notifications.waitForDialog('This key is already stored for sandbox.');
    await notifications.answerDialog('Use It');
    await notifications.waitFor('API key for dev stored');
    await switchTo(workbench, 'dev');
    await workbench.openFile('slow.invoice.json');
    await workbench.titleButton('Send Invoice Request').dblclick();
    await notifications.waitFor('Sending slow.invoice.json to dev');
    await page.locator('.tab.active', { hasText: 'slow.invoice.json' }).click({ button: 'middle' });
    await page.locator('.tab', { hasText: 'slow.invoice.json' }).waitFor({ state: 'detached' });
    await notifications.press('Sending slow.invoice.json', 'Cancel');
    await notifications.press('You canceled before the response arrived', 'Show Problem');
    await page.locator('.tab.active', { hasText: 'slow.invoice.json' }).waitFor();
    await page.locator('.monaco-hover:visible', { hasText: 'What to do about connection' }).waitFor();
    assert.deepEqual(await notifications.texts(), []);
    assert.equal(api.stats().requests, 1);
  });

  it('is over with a reload, which sends nothing again', async () => {
    const { workbench, api } = stage;
    await workbench.runCommand(SEND);
    await workbench.notifications.waitFor('Sending slow.invoice.json to dev');
    await workbench.reload();
    await workbench.statusBar.waitFor('EccaEx: dev');
    await workbench.openFile('order.invoice.json');
    await workbench.runCommand(SEND);
    await workbench.notifications.waitFor('Invoice created in dev');
    assert.deepEqual(
      api.received().map(({ body }) => (JSON.parse(body) as { external_id: string }).external_id),
      ['slow-1', 'slow-1', 'order-1'],
    );
  });

  it('ends with a key for its environment, which other windows have, too', async () => {
    const { workbench } = stage;
    const { notifications, problems } = workbench;
    await switchTo(workbench, 'prod');
    await workbench.runCommand(SEND);
    await notifications.waitFor('There is no API key for prod');
    await problems.show();
    await problems.waitFor('key-absent');
    await setKey(workbench, 'prod', USED_KEYS.ofSecondProd);
    await problems.waitUntilGone('key-absent');
    const other = await workbench.openWindow();
    await other.statusBar.waitFor('EccaEx: prod');
    assert.match(await aboutEnvironment(other, 'prod'), /key ••••4567/);
    await other.page.close();
  });

  it('can be seen in other themes', async () => {
    const { workbench } = stage;
    const { notifications, quickInput, statusBar } = workbench;
    await workbench.openFile('order.invoice.json');
    await workbench.runCommand('EccaEx: Forget All Stored Keys');
    await notifications.answerDialog('Remove');
    for (const theme of SHOWN_THEMES) {
      await workbench.setTheme(theme);
      await workbench.runCommand(SEND);
      await notifications.waitFor('There is no API key for prod');
      await workbench.editor.squiggles('error').waitFor();
      await statusBar.click('EccaEx: prod');
      await quickInput.waitForText('staging');
      await workbench.screenshot(`theme-${theme}`);
      await quickInput.dismiss();
    }
  });

  async function giveSandboxKey(key: string): Promise<void> {
    const { workbench } = stage;
    await workbench.runCommand('EccaEx: Set API Key…');
    await workbench.quickInput.pick('sandbox');
    await workbench.quickInput.pick(key);
    await workbench.notifications.waitFor(`Sandbox key set to ${key}.`);
  }
});
