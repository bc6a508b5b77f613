import assert from 'node:assert/strict';
import { type Locator } from 'playwright-core';
import { startHandler, type Handler } from '../contract/sandboxPaymentClient';
import { seriousViolations } from '../support/vscode/axe';
import { attempt, retry } from '../support/vscode/parts/attempt';
import { readable } from '../support/vscode/parts/text';
import { pickFrom, SEND } from './actions';
import { requestText } from './requests';
import { stageForSteps } from './steps';

describe('the payment loop', function () {
  this.timeout(240_000);
  let handler: Handler;
  before('start the handler of the merchant', async () => {
    handler = await startHandler();
  });
  after(() => handler.stop());
  const stage = stageForSteps({
    session: () => ({
      files: {
        'order.invoice.json': requestText({ external_id: 'order-1', callback_url: '{{$webhookUrl}}' }),
      },
      settings: { 'eccaex.webhooks.port': 0 },
    }),
  });
  const historyPane = () =>
    stage.workbench.page
      .locator('.pane')
      .filter({ has: stage.workbench.page.locator('.pane-header[aria-label^="History"]') });

  it('forwards to the handler that a person names', async () => {
    const { workbench } = stage;
    await workbench.runCommand('EccaEx: Forward Webhooks…');
    await workbench.quickInput.type(handler.url);
    await workbench.quickInput.accept();
    await workbench.notifications.waitFor(`Forwarding webhooks to ${handler.url}`);
    await workbench.statusBar.waitFor('Webhooks :');
  });

  it('pays a sent request on its payment page, in a second tab', async () => {
    const { workbench } = stage;
    handler.answerWith(500);
    await workbench.openFile('order.invoice.json');
    await workbench.runCommand(SEND);
    await workbench.notifications.waitFor('invoice created in sandbox');
    const [page] = await Promise.all([
      workbench.page.context().waitForEvent('page'),
      workbench.notifications.press('invoice created in sandbox', 'Open Payment Link'),
    ]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Pay 1500.00 UAH' }).click();
    await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
    await page.getByText('HTTP 500').waitFor();
    // The sandbox would try again while the rest is looked at.
    await page.getByRole('button', { name: 'Pause Retries' }).click();
    await page.getByText('Retries are paused.').waitFor();
    await page.close();
    await workbench.page.bringToFront();
  });

  it('shows the event, verified, with what the handler made of it', async () => {
    const { workbench } = stage;
    await workbench.runCommand('EccaEx: Focus on Webhooks View');
    await workbench.treeItem(/order-1\s*success · test event · handler 500, would be retried/).click();
    const view = workbench.webview();
    await view.getByText('Signed with the sandbox’s public secret').first().waitFor();
    await view.getByRole('tab', { name: 'Delivery 1' }).click();
    await view
      .locator('li strong', { hasText: 'HTTP 500 Internal Server Error, would be retried' })
      .waitFor();
    assert.deepEqual(await seriousViolations(view), []);
    await workbench.screenshot('webhook-500');
  });

  it('replays it, byte for byte', async () => {
    const { workbench } = stage;
    handler.answerWith(200);
    await workbench.webview().getByRole('button', { name: 'Replay', exact: true }).click();
    await workbench.notifications.waitFor('The handler responded 200');
    await workbench.webview().locator('li strong', { hasText: 'HTTP 200 OK' }).waitFor();
    const [first, second, ...others] = handler.got;
    assert.ok(first && second);
    assert.deepEqual(others, []);
    assert.ok(first.body.equals(second.body));
    for (const name of ['x-signature', 'x-signature-timestamp', 'x-idempotency-key'])
      assert.equal(first.headers[name], second.headers[name]);
    const { external_id } = JSON.parse(first.body.toString()) as Record<string, unknown>;
    assert.equal(external_id, 'order-1');
  });

  it('shows below the invoice what happened to it, in order', async () => {
    const { workbench } = stage;
    await workbench.runCommand('EccaEx: Focus on History View');
    const entry = historyPane().locator('.monaco-list-row', { hasText: /1500\.00 UAH\s*sandbox · / });
    await entry.locator('.monaco-tl-twistie').click();
    const steps = historyPane()
      .locator('.monaco-list-row')
      .filter({ hasText: /webhook, |handler / });
    await steps.filter({ hasText: 'replay · ' }).waitFor();
    await retry(async () =>
      assert.deepEqual(
        (await inOrder(steps)).map((step) => step.replace(/ · .*/, '')),
        ['successwebhook, test event', 'handler 500, would be retriedforwarded', 'handler 200replay'],
      ),
    );
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`webhook-loop-${theme}`);
    }
  });

  it('simulates a payment by its lens, with an outcome that is picked', async () => {
    const { workbench } = stage;
    const { page } = workbench;
    const left = page.locator('.editor-group-container').first().and(page.locator('.active'));
    await attempt(left, () => page.keyboard.press('ControlOrMeta+1'));
    await workbench.editor.replaceAll(
      requestText({ external_id: 'order-2', callback_url: '{{$webhookUrl}}' }),
    );
    await workbench.runCommand(SEND);
    await workbench.notifications.waitFor('invoice created in sandbox');
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Simulate Payment…' }).click();
    await workbench.quickInput.pick('Canceled before choosing a method');
    await workbench.notifications.waitFor(
      'order-2: canceled before choosing a method. The sandbox sent the webhook.',
    );
    await workbench.treeItem(/order-2\s*canceled · test event · handler 200/).waitFor();
  });

  it('finds each webhook by the palette', async () => {
    const { workbench } = stage;
    await pickFrom(workbench, 'EccaEx: Open Webhook…', 'order-2');
    await workbench.webview().locator('h1', { hasText: 'canceled' }).waitFor();
  });
});

/** The rows of a tree as a person reads them: VS Code uses the elements of rows again, in any order. */
async function inOrder(rows: Locator): Promise<string[]> {
  const placed = await rows.evaluateAll((elements) =>
    (elements as unknown as readonly { getAttribute(name: string): string | null; innerText: string }[]).map(
      (row) => [Number(row.getAttribute('data-index')), row.innerText] as const,
    ),
  );
  return placed.sort(([a], [b]) => a - b).map(([, text]) => readable(text));
}
