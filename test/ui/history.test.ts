import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Report } from '../../src/core/report/report';
import { departed, REPORT, WindowJournal } from '../support/journal';
import { journalFolder } from '../support/journalFolder';
import { seriousViolations } from '../support/vscode/axe';
import { attempt } from '../support/vscode/parts/attempt';
import { readable } from '../support/vscode/parts/text';
import { SHOWN_THEMES } from '../support/vscode/workbench';
import { ACTIVE_KEY, SEND, setKey, switchTo } from './actions';
import { Keyboard } from './keyboard';
import { requestText } from './requests';
import { stageForSteps } from './steps';

const MARKUP = '<img src=x onerror="top.ran=1"><script>top.ran=1</script>';
const LINK = '[order](command:workbench.action.quit)';

/** As a journal has it. */
const PROBLEM: Report['problems'][number] = {
  code: 'RATE_NOT_FOUND',
  severity: 'error',
  source: 'api',
  pointer: '/amount',
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  message: '',
  guidance: [],
  docs: 'command:workbench.action.quit',
  retryable: false,
  fixes: [],
};

const VIEW = 'EccaEx: Focus on History View';

describe('the history', function () {
  const stage = stageForSteps({
    session: (api) => ({
      files: {
        'first.invoice.json': requestText({ external_id: 'order-1' }),
        'refused.invoice.json': requestText({ external_id: 'order-2', customer_id: 'fault_rate_not_found' }),
        'batch.invoice.json': `[${requestText({ external_id: 'batch-1' })},${requestText({ external_id: 'batch-2', customer_id: 'fault_rate_not_found' })}]`,
      },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
    }),
  });
  let keyboard: Keyboard;

  before(() => {
    keyboard = new Keyboard(stage.workbench);
  });

  const send = async (file: string, told: string) => {
    await stage.workbench.openFile(file);
    await stage.workbench.runCommand(SEND);
    await stage.workbench.notifications.waitFor(told);
  };

  it('has an icon of its own, and says what it is for while it is empty', async () => {
    const { workbench } = stage;
    await switchTo(workbench, 'dev');
    await setKey(workbench, 'dev', ACTIVE_KEY);
    // A number on it would be part of its name.
    const icon = workbench.page.locator('.activitybar').getByRole('tab', { name: 'EccaEx', exact: true });
    await icon.click();
    await workbench.page
      .locator('.pane-body', { hasText: 'You have not sent anything from this workspace yet.' })
      .waitFor();
    await workbench.screenshot('history-empty');
  });

  it('lists what was sent with what came of it', async () => {
    const { workbench } = stage;
    await send('first.invoice.json', 'Invoice created in dev');
    await send('refused.invoice.json', 'refused.invoice.json rejected in dev');
    assert.match(
      await workbench.treeItem('order-1').innerText(),
      /^\s*1500\.00 UAH\s*dev · \d\d:\d\d · order-1/,
    );
    assert.match(
      await workbench.treeItem('order-2').innerText(),
      /1500\.00 UAH\s*RATE_NOT_FOUND · dev · \d\d:\d\d · order-2/,
    );
    await workbench.page
      .getByRole('treeitem', {
        name: /^dev, active, .*Base URL: http:.*Key set: .*Last accepted by the API: /,
      })
      .waitFor();
    await workbench.screenshot('history');
  });

  it('tells all that is known of a send where it is pointed at', async () => {
    const { workbench } = stage;
    const { page } = workbench;
    await workbench.treeItem('order-2').hover();
    const details = page.locator('.monaco-hover:visible', { hasText: 'Outcome: ' });
    assert.match(
      readable(await details.innerText()),
      /^Outcome: RATE_NOT_FOUND Status: \d+ Amount: 1500\.00 UAH External id: order-2 Request id: \S+ Environment: dev \(127\.0\.0\.1:\d+\) Sent: \S+Z Took: [\d.]+ ms File: refused\.invoice\.json$/,
    );
    await workbench.screenshot('history-details');
    await page.mouse.move(0, 0);
  });

  it('opens what came back, by keyboard', async () => {
    const { workbench } = stage;
    const opened = workbench.webview().locator('.top', { hasText: 'Invoice created' });
    await keyboard.open(VIEW, workbench.treeItem('order-1'), opened);
    await workbench.webview().getByText('from the history').waitFor();
    assert.ok(
      await workbench.page.locator('.pane-body .monaco-list:focus').isVisible(),
      'the list keeps the focus',
    );
    await workbench.screenshot('history-answer');
    await keyboard.command('EccaEx: Open Response as Text', 'order-1');
    await workbench.page.locator('.tab.active', { hasText: 'order-1.answer.json' }).waitFor();
    await workbench.editor.waitForText('"outcome": "created"');
    await keyboard.command('EccaEx: Open Sent Request', 'order-1');
    await workbench.page.locator('.tab.active', { hasText: 'order-1.request.json' }).waitFor();
    await workbench.editor.waitForText('"external_id": "order-1"');
  });

  it('compares two answers', async () => {
    const { workbench } = stage;
    await keyboard.command('EccaEx: Compare Responses', 'order-1', 'order-2');
    await workbench.page.locator('.tab.active', { hasText: 'order-1 ↔ order-2 (answer)' }).waitFor();
    await workbench.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
    await workbench.screenshot('history-compare');
    await keyboard.command('EccaEx: Compare Requests', 'order-2', 'order-1');
    await workbench.page.locator('.tab.active', { hasText: 'order-1 ↔ order-2 (request)' }).waitFor();
    await workbench.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
  });

  it('is filtered by what is typed', async () => {
    const { workbench } = stage;
    await keyboard.command('EccaEx: Filter History…');
    await keyboard.answer('rejected', 'Filter the history');
    await workbench.treeItem('order-1').waitFor({ state: 'detached' });
    await workbench.treeItem('order-2').waitFor();
    await keyboard.command('EccaEx: Reset History Filter');
    await workbench.treeItem('order-1').waitFor();
  });

  it('is exported to be looked at: a bug report, and an archive', async () => {
    const { workbench } = stage;
    await keyboard.command('EccaEx: Create Bug Report', 'order-2');
    await workbench.editor.waitForText('# Bug report: EccaEx Merchant API');
    await workbench.editor.waitForText('- Request id: ');
    await workbench.screenshot('history-bug-report');
    await keyboard.command('EccaEx: Export History as HAR…');
    await workbench.editor.waitForText('"startedDateTime"');
    await workbench.page.locator('.tab.active', { hasText: '.har' }).waitFor();
    await keyboard.command('View: Focus into Primary Side Bar');
  });

  it('has files sent again as they are now', async () => {
    const { workbench, api } = stage;
    const { requests } = api.stats();
    await keyboard.command('EccaEx: Resend from Current File', 'order-1');
    await workbench.notifications.waitFor('first.invoice.json rejected in dev');
    await workbench.treeItem('EXTERNAL_ID_EXISTS').waitFor();
    assert.equal(api.stats().requests, requests + 1);
  });

  it('has a batch in one row, and in that the requests without an invoice first', async () => {
    const { workbench } = stage;
    const { notifications, page } = workbench;
    await workbench.openFile('batch.invoice.json');
    await workbench.runCommand(SEND);
    await notifications.waitFor('2 requests: 1 created, 1 rejected.');
    const batch = page.getByRole('treeitem', {
      name: /^2 requests: 1 created, 1 rejected · dev · \d\d:\d\d · batch\.invoice\.json/,
    });
    await batch.waitFor();
    assert.equal(await workbench.treeItem('batch-1').count(), 0, 'It is folded.');
    await attempt(workbench.treeItem('batch-1'), async (patience) => {
      await batch.click(patience);
      await keyboard.press('ArrowRight');
    });
    const places = await Promise.all(
      ['batch-2', 'batch-1'].map((name) => workbench.treeItem(name).getAttribute('aria-posinset')),
    );
    assert.deepEqual(places, ['1', '2']);
    await workbench.screenshot('history-batch');
    await keyboard.press('Delete');
    await notifications.waitForDialog('Delete 2 sends from the history?');
    await notifications.answerDialog('Delete');
    await batch.waitFor({ state: 'detached' });
  });

  it('shows what somebody wrote into its files as texts, opens and sends nothing by that', async () => {
    const { workbench, api } = stage;
    const { page } = workbench;
    const { requests } = api.stats();
    const folder = await journalFolder(workbench.dataFolder);
    const attacker = new WindowJournal(folder);
    await attacker.send(
      { uri: 'file:///etc/passwd', url: 'https://evil.example', body: JSON.stringify({ external_id: LINK }) },
      {
        outcome: 'rejected',
        requestId: MARKUP,
        invoice: { invoice_id: MARKUP, amount: LINK, payment_link: 'command:workbench.action.quit' },
        problems: [{ ...PROBLEM, message: `${MARKUP} ${LINK}`, guidance: [LINK, MARKUP] }],
      },
    );
    await attacker.files.dispose();
    await appendFile(
      path.join(folder, `${randomUUID()}.0.jsonl`),
      '{"kind": "sent", "id": "../../x"}\n{{{\n',
    );
    await page.locator('.pane-body', { hasText: '2 damaged lines were skipped.' }).waitFor();
    await workbench.treeItem(LINK).click();
    const view = workbench.webview();
    await view.locator('.top', { hasText: MARKUP }).waitFor();
    await workbench.screenshot('history-attacked');
    assert.equal(await view.locator('main :is(img, script, a, iframe, object, style)').count(), 0);
    assert.equal(await view.getByRole('button', { name: /Payment Link/ }).count(), 0);
    assert.equal(await page.evaluate('window.ran'), undefined);
    assert.equal(await view.locator('body').evaluate('window.ran ?? window.top.ran'), undefined);
    assert.equal(api.stats().requests, requests);
  });

  it('follows what another window sends, and sends nothing of it', async () => {
    const { workbench, api } = stage;
    const { requests } = api.stats();
    const other = new WindowJournal(await journalFolder(workbench.dataFolder));
    const uri = pathToFileURL(path.join(workbench.workspace, 'first.invoice.json')).href;
    const answered = await other.journal.begin(
      departed({ uri, url: `${api.baseUrl}/create-invoice`, body: requestText({ external_id: 'order-5' }) }),
    );
    const entry = workbench.treeItem('order-5').filter({ hasText: 'sending' });
    await entry.click();
    const view = workbench.webview();
    const { host } = new URL(api.baseUrl);
    await view
      .locator('.top', {
        hasText: new RegExp(`Sending….*dev.*${host}.*Another window sends it, and can stop it`),
      })
      .waitFor();
    assert.deepEqual(await view.getByRole('button').allInnerTexts(), ['Pin']);
    await workbench.screenshot('history-other-window');
    assert.deepEqual(await seriousViolations(view), []);
    await answered({ report: REPORT });
    await view
      .locator('.top', { hasText: 'Invoice created' })
      .filter({ hasText: 'from the history' })
      .waitFor();
    await workbench.treeItem('order-5').filter({ hasNotText: 'sending' }).waitFor();
    await other.files.dispose();
    assert.equal(api.stats().requests, requests);
  });

  it('is shown in other themes', async () => {
    const { workbench } = stage;
    for (const theme of SHOWN_THEMES) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`history-${theme}`);
      assert.ok(await workbench.treeItem('order-5').isVisible());
    }
  });

  it('is deleted one by one or as a whole, each time after a question', async () => {
    const { workbench } = stage;
    const { notifications, page } = workbench;
    // What is told about the row that the mouse rests on lies over those below it.
    await page.mouse.move(0, 0);
    await workbench.treeItem('order-2').click();
    await workbench.treeItem('order-2').and(page.locator('.focused')).waitFor();
    await keyboard.press('Delete');
    assert.match(await notifications.waitForDialog('from the history'), /Delete order-2 from the history\?/);
    await workbench.screenshot('history-delete');
    await notifications.answerDialog('Delete');
    await workbench.treeItem('order-2').waitFor({ state: 'detached' });
    await workbench.runCommand('EccaEx: Focus on History View');
    await keyboard.press('ArrowDown');
    await keyboard.press('Delete');
    await workbench.quickInput.waitForText('Delete from the history');
    await workbench.quickInput.dismiss();
    await keyboard.command('EccaEx: Clear History');
    await notifications.waitForDialog('Delete the whole history');
    await keyboard.confirm('Delete');
    await page.locator('.pane-body', { hasText: 'You have not sent anything' }).waitFor();
  });

  it('says once that it cannot be written, and sends all the same', async () => {
    const { workbench, api } = stage;
    const { notifications } = workbench;
    const folder = await journalFolder(workbench.dataFolder);
    await rm(folder, { recursive: true });
    await writeFile(folder, '');
    const { requests } = api.stats();
    await send('first.invoice.json', 'The history cannot be written: its folder cannot be made');
    await workbench.screenshot('history-unwritable');
    await notifications.waitFor('first.invoice.json rejected in dev');
    assert.equal(api.stats().requests, requests + 1);
    await rm(folder);
  });
});
