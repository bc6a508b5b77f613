import assert from 'node:assert/strict';
import { type FrameLocator, type Locator } from 'playwright-core';
import {
  jsonAnswer,
  startScriptedServer,
  textAnswer,
  type Script,
  type ScriptedServer,
} from '../support/scriptedServer';
import { seriousViolations } from '../support/vscode/axe';
import { attempt, retry } from '../support/vscode/parts/attempt';
import { readable } from '../support/vscode/parts/text';
import { ACTIVE_KEY, SEND, setKey, switchTo } from './actions';
import { requestText, requestWithoutUrls } from './requests';
import { stageForSteps } from './steps';
import { USED_KEYS } from '../support/usedKeys';
import { COLORS } from '../support/webview/standIn';

const MARKUP = '<img src=x onerror="top.ran=1"><script>top.ran=1</script><a href="command:x">x</a>';

/** An answer in which every field holds markup, and no link leads to the web. */
const hostile: Script = (res) => {
  const invoice = {
    invoice_id: MARKUP,
    external_id: MARKUP,
    amount: MARKUP,
    currency: MARKUP,
    status: MARKUP,
    payment_link: `javascript:${MARKUP}`,
    customer_id: MARKUP,
    [MARKUP]: [MARKUP, { [MARKUP]: MARKUP }],
  };
  res.writeHead(201, { 'X-Markup': MARKUP }).end(JSON.stringify(invoice));
};

/** Of all themes: each has some that others lack. */
const COLOR_NAMES = [...new Set(Object.values(COLORS).flatMap((colors) => Object.keys(colors)))];

/** What the page knows of its root element. */
interface StyledElement {
  readonly style: { getPropertyValue(name: string): string };
}

describe('the response view', function () {
  let script: Script = hostile;
  let server: ScriptedServer;

  before(async () => {
    server = await startScriptedServer((res, request) => script(res, request));
  });

  const stage = stageForSteps({
    session: (api) => ({
      files: {
        // A machine that is slow may press a button twice: each send is another order.
        'whole.invoice.json': requestText({ external_id: 'order-{{$uuid}}' }),
        'first.invoice.json': requestWithoutUrls({ external_id: 'order-{{$uuid}}' }),
        'slow.invoice.json': requestText({ customer_id: 'fault_slow' }),
        'batch.invoice.json': JSON.stringify([
          JSON.parse(requestText({ external_id: 'b-1-{{$uuid}}' })),
          JSON.parse(requestText({ external_id: 'b-2', customer_id: 'fault_html_502' })),
        ]),
      },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl, 'eccaex.baseUrl.staging': server.baseUrl },
    }),
    sandbox: { slowMs: 600_000 },
  });

  after(() => server.stop());

  const view = (): FrameLocator => stage.workbench.webview();
  const top = (text: string | RegExp): Locator => view().locator('.top', { hasText: text });
  const button = (name: string): Locator => view().getByRole('button', { name, exact: true });
  const tree = (): Locator => view().getByRole('tree', { name: 'Response body' });
  /** Opens a file in the left column: the view is in the other one. */
  const open = async (file: string): Promise<void> => {
    const { page } = stage.workbench;
    const columns = page.locator('.editor-group-container');
    const activeTab = (column: Locator): Locator =>
      column.locator('.tab.active').and(page.getByRole('tab', { name: new RegExp(`^${file}`) }));
    const left = columns.first().and(page.locator('.active'));
    await attempt(activeTab(left), async (patience) => {
      // A box that closes gives the focus back to the view a moment later, and the file opens over it.
      if (await activeTab(columns.nth(1)).count()) await page.keyboard.press('ControlOrMeta+W');
      await page.keyboard.press('ControlOrMeta+1');
      await left.waitFor(patience);
      await stage.workbench.treeItem(file).dblclick(patience);
    });
  };
  /** From the palette: the buttons above an editor that was just opened are drawn anew, and take no click meanwhile. */
  const send = (): Promise<void> => stage.workbench.runCommand(SEND);
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
    assert.match(payment.title, /^Pay .* – EccaEx sandbox$/);
    await button('Simulate Payment…').waitFor();
    await card.getByText('More…').click();
    await button('Copy Link').click();
    await workbench.statusBar.waitFor('Copied');
    assert.match(await workbench.clipboard(), /^http:\/\/127\.0\.0\.1:\d+\/pay\//);
    await tree().focus();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Control+Shift+C');
    await retry(async () => assert.equal(await workbench.clipboard(), '/invoice_id'));
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

  it('takes on each theme of VS Code, in the colors that the pages are tested in', async () => {
    const { workbench } = stage;
    for (const theme of ['light', 'high-contrast', 'high-contrast-light', 'dark'] as const) {
      await workbench.setTheme(theme);
      await retry(async () => {
        const colors = await view()
          .locator('html')
          .evaluate(
            (root: unknown, names) =>
              names.map((name) => (root as StyledElement).style.getPropertyValue(name)),
            COLOR_NAMES,
          );
        const given = COLOR_NAMES.map((name, place) => [name, colors[place]]).filter(
          ([, color]) => color !== '',
        );
        assert.deepEqual(Object.fromEntries(given), COLORS[theme], `${theme}: write this into themes.json`);
      });
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
    await workbench.statusBar.click('EccaEx: dev · sending 2');
    assert.deepEqual(await workbench.quickInput.labels(), [
      'slow.invoice.json to dev',
      'whole.invoice.json to dev',
      'All of them',
    ]);
    await workbench.quickInput.pick('slow.invoice.json to dev');
    await workbench.statusBar.waitFor('EccaEx: dev · sending 1');
    await button('Cancel').click();
    await top('You canceled before the response arrived.').waitFor();
    assert.match(
      readable(await top('No complete response').innerText()),
      /look for its external_id in the merchant dashboard/,
    );
    await workbench.statusBar.waitFor(/EccaEx: dev$/);
    await workbench.screenshot('response-stopped');
  });

  it('shows a refusal with what to do about it, and does it', async () => {
    const { workbench } = stage;
    await open('first.invoice.json');
    await send();
    await workbench.notifications.press('MISSING_REQUIRED_URLS', 'Show Response');
    await top('Rejected by dev').waitFor();
    await workbench.screenshot('response-refused');
    const add = button('Add callback_url, success_url, fail_url');
    await add.click();
    await add.waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('ControlOrMeta+1');
    await workbench.editor.waitForText('"fail_url": "https://example.com/');
    await top('The request was edited since it was sent.').waitFor();
    await button('Send again to dev').click();
    await top('Invoice created').waitFor();
  });

  it('shows each request of a batch', async () => {
    const { workbench } = stage;
    await open('batch.invoice.json');
    await send();
    await workbench.notifications.press('1 created', 'Show Failures');
    await top('Unexpected response').waitFor();
    const row = (name: string): Locator => view().getByRole('row', { name });
    await row('2 b-2 1500.00 UAH unexpected response: http-502').waitFor();
    assert.equal(await row('1 b-1-').count(), 0, 'The one that was created is no failure.');
    await view().getByRole('group', { name: 'Response body' }).getByText('502 Bad Gateway').first().waitFor();
    await workbench.screenshot('response-batch');
    await view().getByRole('combobox', { name: 'Requests to show' }).selectOption('2 requests');
    await row('2 b-2').focus();
    await workbench.page.keyboard.press('ArrowUp');
    await top('Invoice created').waitFor();
    await row('1 b-1-').and(view().locator(':focus')).waitFor();
  });

  it('shows markup of a server as text, and opens no link that is none to the web', async () => {
    const { workbench } = stage;
    await open('first.invoice.json');
    await switchTo(workbench, 'staging');
    await setKey(workbench, 'staging', USED_KEYS.forLargeAnswer);
    await send();
    await workbench.notifications.waitFor('Its payment link is not a web address.');
    await workbench.titleButton('Show Response').click();
    await top('The payment link is not a web address.').waitFor();
    await tree().getByText(MARKUP).first().waitFor();
    await workbench.screenshot('response-hostile');
    assert.equal(await workbench.page.evaluate('window.ran'), undefined);
    assert.equal(await view().locator('body').evaluate('window.ran ?? window.top.ran'), undefined);
  });

  it('opens and copies a payment link to the letter', async () => {
    const { workbench } = stage;
    const link = 'https://pay.example/a?next=a%26b%3Dc%2Bd%2Fe%0A&x=%7Bid%7D#%23top';
    const asked: string[] = [];
    // Nothing leaves the machine: the browser is answered here.
    await workbench.page.context().route('https://pay.example/**', (route) => {
      asked.push(route.request().url());
      return route.fulfill({ contentType: 'text/html', body: '<title>Payment</title>' });
    });
    script = jsonAnswer(201, { invoice_id: 'i-1', payment_link: link });
    await open('first.invoice.json');
    await send();
    await button('Copy Link').click();
    await workbench.statusBar.waitFor('Copied');
    assert.equal(await workbench.clipboard(), link);
    const payment = await workbench.pageOpenedBy(async () => {
      await button('Open Payment Link').click();
      // VS Code asks before it opens a site for the first time.
      await workbench.notifications.answerDialog('Open');
    });
    assert.deepEqual([payment.title, payment.url], ['Payment', link]);
    assert.deepEqual(asked, [link.replace(/#.*/, '')]);
  });

  it('shows what is not UTF-8 as far as it can be read, and says so', async () => {
    script = textAnswer(
      200,
      Buffer.concat([Buffer.from('{"a":"'), Buffer.of(0xff, 0xfe), Buffer.from('"}')]),
    );
    await open('first.invoice.json');
    await send();
    await view().getByText('The body is not UTF-8').waitFor();
    await tree().getByText('"\ufffd\ufffd"').waitFor();
  });

  it('is there again when the window was loaded anew, from the history, with what can be done about it', async () => {
    const { workbench } = stage;
    const restored = tree().getByText('"\ufffd\ufffd"');
    await open('first.invoice.json');
    await workbench.runCommand('EccaEx: Show Response');
    await restored.waitFor();
    await workbench.waitUntilStored('eccaex.response', 'first.invoice.json');
    await workbench.reload();
    await top('from the history').waitFor();
    await restored.waitFor();
    await button('Resend the exact request to staging').waitFor();
    await workbench.screenshot('response-restored');
    await tabNamed(/^Request/).click();
    await view().getByText('The history keeps no headers that can hold a secret').waitFor();
    assert.deepEqual(await seriousViolations(view()), []);
    await tabNamed(/^Body/).click();
    await workbench.runCommand('EccaEx: Open Response in Editor');
    await workbench.page.locator('.tab.active', { hasText: /first\.invoice\.json \d\d:\d\d:\d\d/ }).waitFor();
    await workbench.editor.waitForText('"a": "\ufffd\ufffd"');
    await workbench.runCommand('View: Close Editor');
  });

  it('shows what an earlier send brought, until its request is sent again', async () => {
    const { workbench } = stage;
    await workbench.runCommand('EccaEx: Focus on History View');
    // Its invoice may exist: it stands by itself, not in its batch.
    await workbench.treeItem('unexpected response: http-502').click();
    await top('HTTP 502').filter({ hasText: 'from the history' }).waitFor();
    await button('Resend the exact request to dev').waitFor();
    await workbench.screenshot('response-history');
    await workbench.runCommand('View: Show Explorer');
    await open('batch.invoice.json');
    await send();
    await view().getByText('The body is not UTF-8').waitFor();
    assert.equal(await top('from the history').count(), 0);
  });
});
