import assert from 'node:assert/strict';
import { startScriptedServer, textAnswer, type ScriptedServer } from '../support/scriptedServer';
import { seriousViolations } from '../support/vscode/axe';
import { ACTIVE_KEY, setKey, switchTo } from './actions';
import { Keyboard } from './keyboard';
import { requestText } from './requests';
import { stageForSteps } from './steps';

const MARKUP = '<img src=x onerror="top.ran=1"><script>top.ran=1</script><a href="command:x">x</a>';
const CALL = 'EccaEx: Call API Endpoint…';

describe('the endpoints that read', function () {
  let server: ScriptedServer;

  before(async () => {
    server = await startScriptedServer(textAnswer(502, `<html>${MARKUP}</html>`));
  });

  const stage = stageForSteps({
    session: (api) => ({
      files: { 'small.invoice.json': requestText({ amount: '1.00' }) },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl, 'eccaex.baseUrl.staging': server.baseUrl },
    }),
  });
  let keyboard: Keyboard;

  after(() => server.stop());

  before(() => {
    keyboard = new Keyboard(stage.workbench);
  });

  it('show a call without a key as what it is, and set the key from there', async () => {
    const { workbench, api } = stage;
    await workbench.openFile('order.invoice.json');
    await switchTo(workbench, 'dev');
    await keyboard.command(CALL, 'GET /currencies');
    const view = workbench.webview().locator('main');
    await view.getByText('There is no API key for dev. Nothing was sent.').waitFor();
    await workbench.screenshot('endpoint-no-key');
    assert.equal(api.stats().requests, 0);
    await view.getByRole('button', { name: 'Set the API key for dev…' }).click();
    await workbench.quickInput.waitForText('API key for dev');
    await workbench.quickInput.typePassword(ACTIVE_KEY);
    await workbench.quickInput.accept();
    await workbench.notifications.waitFor('API key for dev stored');
    await view.getByRole('button', { name: 'Refresh' }).click();
    await view.getByRole('gridcell', { name: '41.35' }).waitFor();
    await workbench.screenshot('endpoint-currencies');
  });

  it('are called with their defaults, then with what the fields above the table say, by the keyboard alone', async () => {
    const { workbench, api } = stage;
    await keyboard.command(CALL, 'GET /withdrawals');
    const view = workbench.webview().locator('main');
    const focused = (name: string) =>
      view.getByLabel(name, { exact: true }).and(workbench.webview().locator(':focus'));
    await view.getByText(/^Page 1 of \d+, \d+ in all$/).waitFor();
    await view.getByLabel('status', { exact: true }).focus();
    await keyboard.press('f');
    await keyboard.press('Tab');
    await focused('order').waitFor();
    await keyboard.press('Tab');
    await focused('per_page').waitFor();
    await workbench.page.keyboard.type('501');
    const { requests } = api.stats();
    await keyboard.press('Enter');
    await view.getByText('per_page is a whole number from 1 to 500.').waitFor();
    await focused('per_page').waitFor();
    await workbench.screenshot('endpoint-parameters');
    assert.deepEqual(await seriousViolations(workbench.webview()), []);
    assert.equal(api.stats().requests, requests, 'Nothing is sent.');
    await keyboard.press('ControlOrMeta+a');
    await workbench.page.keyboard.type('4');
    await keyboard.press('Enter');
    await view.getByText('Page 1 of 3, 11 in all').waitFor();
    await view.getByText('GET /withdrawals?status=failed&per_page=4', { exact: true }).waitFor();
    assert.equal(await view.getByLabel('status', { exact: true }).inputValue(), 'failed');
  });

  it('are turned page by page, copied and opened', async () => {
    const { workbench } = stage;
    const view = workbench.webview().locator('main');
    await view.getByRole('button', { name: 'Next' }).press('Enter');
    await view.getByText('Page 2 of 3, 11 in all').waitFor();
    await view.getByText('GET /withdrawals?status=failed&per_page=4&page=2', { exact: true }).waitFor();
    await workbench.webview().locator('button:focus', { hasText: 'Next' }).waitFor();
    const cell = view.locator('tbody td').nth(1);
    await cell.focus();
    await keyboard.press('Enter');
    await workbench.statusBar.waitFor('Copied');
    assert.equal(Number(await workbench.clipboard()), Number(await cell.innerText()));
    await workbench.screenshot('endpoint-withdrawals');
    await view.locator('td.id').first().focus();
    await keyboard.press('Enter');
    await view.getByRole('heading', { name: 'Withdrawal', exact: true }).waitFor();
    await view.getByRole('gridcell', { name: 'rejected_by_network' }).waitFor();
    await workbench.screenshot('endpoint-withdrawal');
  });

  it('show what a server sends as text, whatever it is, and open it as it came', async () => {
    const { workbench } = stage;
    const view = workbench.webview().locator('main');
    await switchTo(workbench, 'staging');
    await setKey(workbench, 'staging', 'any_key_0123456789');
    await keyboard.command(CALL, 'GET /currencies');
    await view.getByText('http-502').waitFor();
    await workbench.screenshot('endpoint-failed');
    await view.getByRole('button', { name: 'As Text' }).click();
    await workbench.page.locator('.tab.active', { hasText: 'currencies.txt' }).waitFor();
    await workbench.editor.waitForText(`<html>${MARKUP}</html>`);
    await workbench.runCommand('View: Close Editor');
    await switchTo(workbench, 'dev');
    await keyboard.command(CALL, 'GET /currencies');
    await view.getByRole('gridcell', { name: '41.35' }).waitFor();
  });

  it('are opened as plain JSON', async () => {
    const { workbench } = stage;
    await workbench.webview().locator('main').getByRole('button', { name: 'As JSON' }).click();
    await workbench.page.locator('.tab.active', { hasText: 'currencies.json' }).waitFor();
    await workbench.editor.waitForText('"rate": "41.35"');
    await workbench.runCommand('View: Close Editor');
  });

  it('feed the checks of a request, as information', async () => {
    const { workbench } = stage;
    const { problems } = workbench;
    await keyboard.command(CALL, 'GET /payment-methods');
    await workbench.webview().locator('main').getByRole('gridcell', { name: 'uah_iban' }).waitFor();
    await workbench.screenshot('endpoint-methods');
    await workbench.openFile('small.invoice.json');
    await problems.show();
    await problems.waitFor('No payment method for UAH takes 1.00: Card transfer 300.00 to 29000.00');
    await workbench.screenshot('endpoint-check');
    await keyboard.openFixes('No payment method for UAH takes 1.00');
    await keyboard.chooseFix('Fetch the payment methods of dev again');
    await workbench.statusBar.waitFor('Payment methods of dev fetched');
    await problems.hide();
  });

  it('call nothing by themselves after a reload', async () => {
    const { workbench, api } = stage;
    const { requests } = api.stats();
    await workbench.reload();
    await workbench.page.locator('.tab', { hasText: 'Payment methods' }).click();
    const view = workbench.webview().locator('main');
    await view.getByText('Not called in this window yet.').waitFor();
    assert.deepEqual(await seriousViolations(workbench.webview()), []);
    assert.equal(api.stats().requests, requests);
    await view.getByRole('button', { name: 'Call', exact: true }).click();
    await view.getByRole('gridcell', { name: 'uah_iban' }).waitFor();
  });
});
