import assert from 'node:assert/strict';
import { aboutEnvironment, ACTIVE_KEY, SEND, setKey, switchTo } from './actions';
import { requestText } from './requests';
import { stageForSteps } from './steps';
import { ActionCount } from '../support/vscode/actionCount';
import { USED_KEYS } from '../support/usedKeys';

/** A key that was good once. */
const OLD_KEY = USED_KEYS.rotated;

describe('the rotation of a key', function () {
  const stage = stageForSteps({
    session: (api) => ({
      files: { 'first.invoice.json': requestText({ external_id: 'rotated-1' }) },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
    }),
  });

  it('changes nothing while the API refuses the new key', async () => {
    const { workbench, api } = stage;
    const { notifications, quickInput } = workbench;
    await switchTo(workbench, 'dev');
    await setKey(workbench, 'dev', OLD_KEY);
    await workbench.runCommand('EccaEx: Rotate API Key…');
    await quickInput.waitForText(
      `Checked at ${api.origin} before it takes the place of the old one (••••_key).`,
    );
    await quickInput.typePassword(OLD_KEY);
    await quickInput.waitForText('This is the key that is stored already.');
    await quickInput.typePassword('sandbox_revoked');
    await quickInput.accept();
    const refused = await notifications.waitForDialog('refuses the new key for dev: API_KEY_INVALID');
    assert.match(refused, /Nothing was changed: the old key \(••••_key\) stays in use\./);
    await workbench.screenshot('rotation-refused');
    await notifications.answerDialog('Cancel');
    assert.match(await aboutEnvironment(workbench, 'dev'), /key ••••_key/);
    assert.deepEqual(
      api.received().map(({ key }) => key),
      ['sandbox_revoked'],
    );
  });

  it('takes three actions where the environment is active, and says what is left to do', async () => {
    const { workbench, api } = stage;
    const { notifications, page, quickInput } = workbench;
    const count = await ActionCount.begin(page);
    await page.keyboard.press('F1');
    await quickInput.type('>EccaEx: Rotate API Key…');
    await page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: 'EccaEx: Rotate API Key…' })
      .waitFor();
    await quickInput.accept();
    await quickInput.waitForText(`Checked at ${api.origin}`);
    await quickInput.typePassword(ACTIVE_KEY);
    await quickInput.accept();
    const told = await notifications.waitFor('dashboard');
    assert.deepEqual(await count.actions(), ['F1', 'Enter', 'Enter']);
    assert.match(told, /••••_key/);
    await workbench.screenshot('rotation-done');
    assert.match(await aboutEnvironment(workbench, 'dev'), /key ••••tive/);
    await workbench.openFile('first.invoice.json');
    await workbench.runCommand(SEND);
    await notifications.waitFor('Invoice created in dev');
    assert.deepEqual(api.createdExternalIds(), ['rotated-1']);
  });
});
