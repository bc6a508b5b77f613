import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { Workbench } from '../support/vscode/workbench';

const ORDER = `{
  "amount": "1500.00",
  "currency_code": "UAH",
  "customer_id": "user_12345",
  "external_id": "order-2026-0001",
  "purpose": "Premium subscription"
}
`;

describe('the main path', function () {
  this.timeout(300_000);
  let api: Sandbox;
  let workbench: Workbench;

  before(async () => {
    api = await startSandbox();
    workbench = await Workbench.open({
      files: { 'first.invoice.json': ORDER },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
    });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-main-path');
  });

  after(async () => {
    await workbench.close();
    await api.stop();
  });

  it('goes from the status bar over a refused key and missing URLs to an invoice', async () => {
    const { quickInput, notifications, editor, statusBar, problems } = workbench;
    await workbench.openFile('first.invoice.json');
    await workbench.screenshot('1-open');
    await statusBar.click(/EccaEx/);
    await workbench.screenshot('2-environments');
    await quickInput.pick('dev');
    await statusBar.waitFor(/EccaEx: dev/);
    await workbench.runCommand('EccaEx: Send Invoice Request');
    await notifications.waitFor(/no API key for dev/);
    await workbench.screenshot('3-no-key');
    await notifications.press(/no API key for dev/, 'Set Key');
    await workbench.screenshot('4-key-input');
    await quickInput.typePassword('sandbox_revoked');
    await workbench.screenshot('5-key-typed');
    await workbench.page.keyboard.press('Enter');
    await notifications.waitFor(/stored/);
    await workbench.screenshot('6-key-stored');
    await workbench.runCommand('EccaEx: Send Invoice Request');
    await notifications.waitFor(/API_KEY_INVALID/);
    await editor.squiggles('error').first().waitFor();
    await workbench.screenshot('7-refused');
    await problems.show();
    await workbench.screenshot('8-problems');
    await editor.hover('{');
    await workbench.screenshot('9-hover');
    const fixes = await editor.openQuickFixes('{');
    console.log(fixes);
    await workbench.screenshot('10-fixes');
    await workbench.page.keyboard.press('Escape');
    await editor.applyQuickFix('{', 'Set the API key for dev…');
    await quickInput.typePassword('sandbox_active');
    await workbench.page.keyboard.press('Enter');
    await notifications.waitFor(/stored/);
    await workbench.screenshot('11-replaced');
    await workbench.runCommand('EccaEx: Send Invoice Request');
    await notifications.waitFor(/MISSING_REQUIRED_URLS/);
    await workbench.screenshot('12-missing');
    console.log(await editor.openQuickFixes('{'));
    await workbench.screenshot('13-fixes');
    await workbench.page.keyboard.press('Escape');
    await editor.applyQuickFix('{', 'Add callback_url, success_url, fail_url');
    await editor.waitForText(/fail_url/);
    await workbench.screenshot('14-added');
    await workbench.runCommand('EccaEx: Send Invoice Request');
    await notifications.waitFor(/Invoice created in dev: 1500.00 UAH/);
    await workbench.screenshot('15-created');
    assert.ok(fixes.length > 0);
  });
});
