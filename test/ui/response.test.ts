import assert from 'node:assert/strict';
import { type FrameLocator, type Locator } from 'playwright-core';
import { seriousViolations } from '../support/vscode/axe';
import { readable } from '../support/vscode/parts/text';
import { ACTIVE_KEY, setKey, switchTo } from './actions';
import { requestText } from './requests';
import { attempt, retry } from '../support/vscode/parts/attempt';
import { stageForSteps } from './steps';

describe('the response view', function () {
  this.timeout(240_000);
  const stage = stageForSteps({
    session: (api) => ({
      files: {
        // A machine that is slow may press a button twice: each send is another order.
        'whole.invoice.json': requestText({ external_id: 'order-{{$uuid}}' }),
        'slow.invoice.json': requestText({ customer_id: 'fault_slow' }),
      },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
    }),
    sandbox: { slowMs: 600_000 },
  });

  const view = (): FrameLocator => stage.workbench.webview();
  const top = (text: string | RegExp): Locator => view().locator('.top', { hasText: text });
  const button = (name: string): Locator => view().getByRole('button', { name, exact: true });
  const tree = (): Locator => view().getByRole('tree', { name: 'Body of the answer' });
  /** Opens a file in the left column: the view is in the other one. */
  const open = async (file: string): Promise<void> => {
    const { page } = stage.workbench;
    // A key that comes while something is opened is lost.
    const left = page.locator('.editor-group-container').first().and(page.locator('.active'));
    await attempt(left, () => page.keyboard.press('ControlOrMeta+1'));
    await stage.workbench.treeItem(file).dblclick();
    await page.locator('.editor-group-container.active .tab.active', { hasText: file }).waitFor();
  };
  const send = (): Promise<void> => stage.workbench.titleButton('Send Invoice Request').click();
  const tabNamed = (name: RegExp): Locator => view().getByRole('tab', { name });

  it('shows the invoice that was created, beside its request', async () => {
    const { workbench } = stage;
    await open('whole.invoice.json');
    await send();
    await workbench.titleButton('Show Response').click();
    await top('Invoice created').waitFor();
    const card = view().getByRole('region', { name: 'Invoice' });
    assert.match(readable(await card.innerText()), /^1500\.00 UAH pending invoice_id .* external_id order-/);
    assert.match(
      readable(await top('Invoice').innerText()),
      /sandbox 127\.0\.0\.1:\d+ HTTP 201 Created [\d.]+ ms \d+ B/,
    );
    await view().getByRole('img', { name: 'QR code of the payment link' }).waitFor();
    await tree().getByText('"pending"').waitFor();
    const payment = await workbench.pageOpenedBy(() => button('Open Payment Link').click());
    assert.equal(payment.title, 'Sandbox invoice');
    await button('Copy Link').click();
    await workbench.statusBar.waitFor('Copied');
    assert.match(await workbench.clipboard(), /^http:\/\/127\.0\.0\.1:\d+\/pay\//);
  });

  it('shows headers, the request with its key masked, and where the time went', async () => {
    await tabNamed(/^Headers \d/).click();
    await view()
      .getByRole('row', { name: /^Content-Type application\/json/i })
      .waitFor();
    await tabNamed(/^Request/).click();
    const headers = view().getByRole('table', { name: 'Headers of the request' });
    assert.match(readable(await headers.innerText()), /X-Api-Key ••••tive .*Host 127/i);
    await view().getByRole('tree', { name: 'Body of the request' }).getByText('"order-').waitFor();
    await stage.workbench.screenshot('response-request');
    await tabNamed(/^Time/).click();
    const time = readable(await view().getByRole('table', { name: 'Time' }).innerText());
    assert.match(time, /^Connect [\d.]+ ms Waiting [\d.]+ ms Receiving [\d.]+ ms Total/);
    await stage.workbench.screenshot('response-time');
  });

  it('is used without a mouse: the tree is walked, folded, searched, and gives pointers', async () => {
    const { workbench } = stage;
    const { keyboard } = workbench.page;
    await tabNamed(/^Time/).focus();
    for (let left = 0; left < 3; left++) await keyboard.press('ArrowLeft');
    await tree().waitFor();
    await tree().focus();
    for (const key of ['End', 'Home', 'ArrowDown']) await keyboard.press(key);
    await tree().locator('.active', { hasText: 'invoice_id' }).waitFor();
    await keyboard.type('pend');
    await view().getByRole('searchbox').and(view().locator(':focus')).waitFor();
    await view().getByText('1 of 1').waitFor();
    await keyboard.press('Escape');
    await tree().locator('.active', { hasText: 'status' }).waitFor();
    await keyboard.press('Control+Shift+C');
    await retry(async () => assert.equal(await workbench.clipboard(), '/status'));
    await keyboard.press('Home');
    await keyboard.press('ArrowLeft');
    assert.equal(await tree().getByRole('treeitem').count(), 1);
    await keyboard.press('ArrowRight');
    await tree().getByText('"pending"').waitFor();
  });

  it('opens the answer as a document that cannot be changed', async () => {
    const { workbench } = stage;
    await button('Open in Editor').click();
    await workbench.editor.waitForText('  "status": "pending",');
    const tab = workbench.page.locator('.editor-group-container.active .tab.active');
    assert.match(readable(await tab.innerText()), /^whole\.invoice\.json \d\d:\d\d:\d\d created ?\.json/);
    await workbench.editor.type('x');
    await workbench.page.getByText('Cannot edit in read-only editor').first().waitFor();
    await workbench.page.keyboard.press('ControlOrMeta+W');
    await top('Invoice created').waitFor();
  });

  it('has nothing that keeps people from using it, in any theme', async () => {
    const { workbench } = stage;
    for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const) {
      await workbench.setTheme(theme);
      await top('Invoice created').waitFor();
      assert.deepEqual(await seriousViolations(view()), [], theme);
      await workbench.screenshot(`response-${theme}`);
    }
  });

  it('never leaves an older success looking current: it says that it sends, and then what came', async () => {
    const { workbench } = stage;
    await switchTo(workbench, 'dev');
    await setKey(workbench, 'dev', ACTIVE_KEY);
    await open('slow.invoice.json');
    await send();
    await workbench.statusBar.waitFor('EccaEx: dev · sending 1');
    await top('Invoice created').waitFor();
    await open('whole.invoice.json');
    await workbench.editor.replaceAll(requestText({ customer_id: 'fault_slow' }));
    await send();
    await top(/^Sending….*dev/).waitFor();
    assert.equal(await top('Invoice created').count(), 0);
    assert.equal(await tree().count(), 0);
    await workbench.screenshot('response-sending');
    assert.deepEqual(await seriousViolations(view()), []);
    await workbench.statusBar.click('EccaEx: dev · sending 2');
    assert.deepEqual(await workbench.quickInput.labels(), [
      'slow.invoice.json to dev',
      'whole.invoice.json to dev',
      'All of them',
    ]);
    await workbench.quickInput.pick('slow.invoice.json to dev');
    await workbench.statusBar.waitFor('EccaEx: dev · sending 1');
    await button('Cancel').click();
    await top('You stopped the send before the answer came.').waitFor();
    assert.match(
      readable(await top('No whole answer').innerText()),
      /look for its external_id in the merchant dashboard/,
    );
    await workbench.statusBar.waitFor(/EccaEx: dev$/);
    await workbench.screenshot('response-stopped');
  });
});
