import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { pending, startHandler, type Handler } from '../contract/sandboxPaymentClient';
import { SCREENSHOTS } from '../support/paths';
import { seriousViolations } from '../support/vscode/axe';
import { openBrowser } from '../support/vscode/browser';

describe('the payment page of the sandbox', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let sandbox: Sandbox;
  let handler: Handler;
  const faults: string[] = [];

  before(async () => {
    browser = await openBrowser();
    handler = await startHandler();
    sandbox = await startSandbox({ deliverTo: [handler.origin] });
  });
  after(() => Promise.all([browser.close(), sandbox.stop(), handler.stop()]));

  /** Opens the page of a new invoice as a customer whose browser runs no script at all. */
  async function open(
    changes: Record<string, unknown> = {},
    theme: 'light' | 'dark' = 'light',
  ): Promise<string> {
    context = await browser.newContext({
      javaScriptEnabled: false,
      colorScheme: theme,
      viewport: { width: 720, height: 900 },
    });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    const { link } = await pending(sandbox, { callback_url: handler.url, ...changes });
    await page.goto(link);
    return link;
  }
  afterEach(async () => {
    await context.close();
    assert.deepEqual(faults.splice(0), []);
  });

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  const picture = (name: string) =>
    page.screenshot({ path: path.join(SCREENSHOTS, `payment-${name}.png`), fullPage: true });

  /** axe is a script, which the page itself may not run. */
  async function assertAccessible(): Promise<void> {
    const checked = await browser.newContext();
    const copy = await checked.newPage();
    await copy.setContent(await page.content());
    assert.deepEqual(await seriousViolations(copy), []);
    await checked.close();
  }

  it('is paid without a script, and says that the webhook was delivered', async () => {
    await open();
    await heading('Pay 1500.00 UAH');
    await assertAccessible();
    await picture('choose');
    await page.getByRole('radio', { name: /Bank account/ }).check();
    await press('Continue');
    await page.getByText('Payment method: Bank account').waitFor();
    await assertAccessible();
    await picture('pay');
    await press('Pay 1500.00 UAH');
    await heading('Paid');
    await page.getByText('Delivered', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Return to the shop' }).waitFor();
    await assertAccessible();
    await picture('paid');
  });

  it('is paid by the keyboard alone, with another amount, which Enter sends as it is', async () => {
    await open({}, 'dark');
    await page.keyboard.press('Tab');
    await page.locator('input[value=uah_card]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Payment method: Card transfer').waitFor();
    for (const focused of ['button.primary', '#amount']) {
      await page.keyboard.press('Tab');
      await page.locator(`${focused}:focus`).waitFor();
    }
    await page.keyboard.type('much');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.locator('#amount[aria-invalid]:focus').waitFor();
    await assertAccessible();
    await picture('refused');
    await page.keyboard.type('1400.50');
    await page.keyboard.press('Enter');
    await heading('Paid a different amount');
    await page.getByText('Paid: 1400.50 UAH').waitFor();
  });

  it('leads to the shop on this machine, and back to what became of the webhook', async () => {
    const link = await open({ fail_url: `${handler.origin}/sorry` });
    handler.answerWith(500);
    await press('Cancel Payment');
    await page.waitForURL(`${handler.origin}/sorry`);
    await page.goto(link);
    await heading('Canceled before choosing a method');
    await page.getByText('HTTP 500').waitFor();
    await page.getByText('Next attempt at').waitFor();
    await assertAccessible();
    await picture('retrying');
    await press('Pause Retries');
    await page.getByText('Retries are paused.').waitFor();
    handler.answerWith(200);
    await press('Retry Now');
    await page.getByText('Delivered', { exact: true }).waitFor();
  });

  it('asks a person before it delivers to a server that a request names', async () => {
    const stranger = await startHandler();
    try {
      await open({ callback_url: stranger.url }, 'dark');
      await press('Let It Expire');
      await heading('Expired before choosing a method');
      await page.getByText('Not delivered.').waitFor();
      await assertAccessible();
      await picture('not-allowed');
      await press(`Deliver to ${stranger.origin}`);
      await page.getByText('Delivered', { exact: true }).waitFor();
      assert.equal(stranger.got.length, 1);
    } finally {
      await stranger.stop();
    }
  });

  it('shows markup and turned writing of a request as text, in a narrow window, too', async () => {
    const text = '<img src=x onerror="top.ran=1"> \u202e' + 'W'.repeat(300);
    await open({ purpose: text });
    await page.setViewportSize({ width: 320, height: 700 });
    await page.getByText('<img src=x').waitFor();
    assert.equal(await page.locator('main :is(img, script, iframe)').count(), 0);
    const { width = 0 } = (await page.locator('main').boundingBox()) ?? {};
    assert.ok(width <= 320, String(width));
    await assertAccessible();
    await picture('hostile');
  });

  it('cannot be used from another page', async () => {
    const link = await open();
    const token = /name="token" value="([^"]+)"/.exec(await page.content())?.[1] ?? '';
    const evil = await browser.newContext();
    const other = await evil.newPage();
    await other.goto(`${handler.origin}/`);
    // Even with a token that it cannot know.
    await other.setContent(
      `<form method="post" action="${link}/cancel"><input name="token" value="${token}"><button>Win</button></form>`,
    );
    const answered = other.waitForResponse((response) => response.url().startsWith(link));
    await other.getByRole('button').click();
    assert.equal((await answered).status(), 403);
    await evil.close();
    await page.reload();
    await heading('Pay 1500.00 UAH');
  });
});
