import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { type Locator } from 'playwright-core';
import { startHandler, type Handler } from '../contract/sandboxPaymentClient';
import { SANDBOX_WEBHOOK_SECRET } from '../../src/core/webhook/signature';
import { USED_KEYS } from '../support/usedKeys';
import { seriousViolations } from '../support/vscode/axe';
import { attempt, retry } from '../support/vscode/parts/attempt';
import { readable } from '../support/vscode/parts/text';
import { pickFrom, SEND } from './actions';
import { requestText } from './requests';
import { stageForSteps } from './steps';

describe('the payment loop', function () {
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

  const forward = async (): Promise<void> => {
    const { workbench } = stage;
    await workbench.runCommand('EccaEx: Forward Webhooks…');
    await workbench.quickInput.type(handler.url);
    await workbench.quickInput.accept();
    await workbench.notifications.waitFor(`Forwarding webhooks to ${handler.url}`);
    await workbench.statusBar.waitFor('Webhooks :');
  };

  it('forwards to the handler that a person names', forward);

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

  it('shows the same webhook when the window is loaded anew', async () => {
    const { workbench } = stage;
    // The page has shown no other one: what is stored is this one.
    await workbench.waitUntilStored('eccaex.webhook', '-');
    await workbench.reload();
    const view = workbench.webview();
    await view.locator('.facts', { hasText: 'order-1' }).waitFor();
    await view.getByRole('tab', { name: 'Delivery 2' }).waitFor();
    await forward();
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

  it('replays one signed now, and one that was edited first', async () => {
    const { workbench } = stage;
    const view = workbench.webview();
    const before = handler.got.length;
    await view.getByRole('button', { name: 'Replay Signed Now' }).click();
    await workbench.treeItem(/order-2\s*canceled · test event · handler 200/).waitFor();
    await handler.count(before + 1);
    assert.equal(handler.got.length, before + 1);
    assertSigned(handler.got.at(-1));
    await view.getByRole('button', { name: 'Edit and Send…' }).click();
    await workbench.editor.waitForText('"status": "canceled"');
    const edited = '{"external_id": "order-2", "status": "success", "note": "edited"}';
    await workbench.editor.replaceAll(edited);
    await workbench.notifications.press('Edit the event, then send it', 'Sign and Send');
    await workbench.treeItem(/order-2\s*success · test event · handler 200 · edited/).waitFor();
    assert.equal(handler.got.at(-1)?.body.toString(), edited);
    assertSigned(handler.got.at(-1));
  });

  it('compares two', async () => {
    const { workbench } = stage;
    await pickFrom(workbench, 'EccaEx: Compare Webhooks…', 'order-1');
    await workbench.quickInput.waitForText('Compare order-1 with which webhook?');
    await workbench.quickInput.pick('order-2');
    await workbench.page.locator('.tab.active', { hasText: 'order-1 ↔ order-2' }).waitFor();
  });

  it('saves one as a file that a terminal can send', async () => {
    const { workbench } = stage;
    await pickFrom(workbench, 'EccaEx: Save Webhook…', 'order-1');
    await workbench.quickInput.waitForText('Save Webhook');
    await workbench.quickInput.type(path.join(workbench.workspace, 'order-1.webhook.json'));
    const tab = workbench.page.locator('.tab.active', { hasText: 'order-1.webhook.json' });
    await attempt(tab, async () => {
      if (await workbench.quickInput.isOpen()) await workbench.quickInput.accept();
    });
    const kept = JSON.parse(await workbench.readFile('order-1.webhook.json')) as { bodyBase64: string };
    assert.ok(handler.got[0]?.body.equals(Buffer.from(kept.bodyBase64, 'base64')));
  });

  it('asks before it signs what nobody vouches for, and says why a signature does not hold', async () => {
    const { workbench } = stage;
    await workbench.runCommand('EccaEx: Copy Webhook URL');
    await workbench.statusBar.waitFor('Webhook URL copied');
    const body = JSON.stringify({ external_id: 'order-9', status: 'success' });
    const signature = createHmac('sha256', SANDBOX_WEBHOOK_SECRET).update(body).digest('hex');
    await fetch(await workbench.clipboard(), {
      method: 'POST',
      headers: {
        'X-Signature': signature,
        'X-Signature-Timestamp': '1782000000',
        'X-Sandbox-Guess': 'signature',
      },
      body,
    });
    const row = workbench.treeItem(/order-9\s*success · wrong signature · handler 200/);
    await row.click();
    const view = workbench.webview();
    await view.locator('h1', { hasText: 'wrong signature' }).waitFor();
    await workbench.screenshot('webhook-unverified');
    const before = handler.got.length;
    await view.getByRole('button', { name: 'Replay Signed Now' }).click();
    await workbench.notifications.waitForDialog('Sign the unverified event order-9?');
    await workbench.notifications.answerDialog('Cancel Replay');
    assert.equal(handler.got.length, before);
    await view.getByRole('button', { name: 'Explain Signature' }).click();
    await workbench.notifications.press('covers the body alone', 'Show Fix');
    await workbench.editor.waitForText('const signed = rawBody;');
  });

  it('lists the attempts of the sandbox at a server that it may not call yet, which a person allows and pauses', async () => {
    const { workbench } = stage;
    const origin = 'http://127.0.0.1:9';
    await workbench.openFile('order.invoice.json');
    await workbench.editor.replaceAll(
      requestText({ external_id: 'order-3', callback_url: `${origin}/hook` }),
    );
    await workbench.runCommand(SEND);
    await workbench.notifications.waitFor('invoice created in sandbox');
    await workbench.page
      .locator('.editor-group-container.active .codelens-decoration a', { hasText: 'Simulate Payment…' })
      .click();
    await workbench.quickInput.pick('Payment failed');
    await workbench.notifications.waitFor(`not delivered: ${origin} is not this window’s listener`);
    await workbench.runCommand('EccaEx: Focus on History View');
    const rows = historyPane().locator('.monaco-list-row');
    await rows
      .filter({ hasText: /1500\.00 UAH.*order-3/ })
      .locator('.monaco-tl-twistie')
      .click();
    await rows.filter({ hasText: `not delivered${origin} is not allowed` }).click();
    await workbench.quickInput.pick(`Deliver to ${origin}`);
    await rows.filter({ hasText: `attempt 1 to ${origin}` }).waitFor();
    await rows.filter({ hasText: /not delivered yet.*next attempt/ }).click();
    await workbench.quickInput.pick('Pause Retries');
    await rows.filter({ hasText: /retries paused.*after 1 attempt/ }).waitFor();
    await workbench.screenshot('sandbox-attempts');
  });

  it('says why a signature does not hold of values that were pasted, and of a request that was recorded', async () => {
    const { workbench } = stage;
    const { quickInput, page } = workbench;
    const body = JSON.stringify({ external_id: 'order-10', status: 'success' });
    const signed = (text: string) => createHmac('sha256', SANDBOX_WEBHOOK_SECRET).update(text).digest('hex');
    await workbench.copy(body);
    await workbench.runCommand('EccaEx: Explain Webhook Signature…');
    await quickInput.pick('Clipboard');
    await quickInput.waitForText(/Value of X-Signature\b(?!-)/);
    await quickInput.type(signed(body));
    await quickInput.accept();
    await quickInput.waitForText('Value of X-Signature-Timestamp');
    await quickInput.type('1782000000');
    await quickInput.accept();
    await workbench.notifications.waitFor(/covers the body alone/);

    const recorded = (external: string) => {
      const text = JSON.stringify({ external_id: external });
      const headers = [
        { name: 'X-Signature', value: signed(`1782000000.${text}`) },
        { name: 'X-Signature-Timestamp', value: '1782000000' },
      ];
      const request = {
        method: 'POST',
        url: `https://shop.example/$(zap)/${external}`,
        headers,
        postData: { text },
      };
      return { startedDateTime: new Date(1_782_000_001_000).toISOString(), request };
    };
    await workbench.writeFile(
      'recorded.har',
      JSON.stringify({ log: { entries: [recorded('order-11'), recorded('order-12')] } }),
    );
    await workbench.runCommand('EccaEx: Explain Webhook Signature…');
    await quickInput.pick('HAR File…');
    await quickInput.labels();
    await quickInput.type(path.join(workbench.workspace, 'recorded.har'));
    const choice = page.locator('.quick-input-list .label-name', { hasText: 'order-12' });
    await attempt(choice, async () => {
      if (!(await choice.isVisible())) await quickInput.accept();
    });
    await workbench.screenshot('explain-recorded');
    await quickInput.pick('https://shop.example/$ (zap)/order-12');
    await workbench.notifications.waitFor('The signature holds with the sandbox’s public secret');
  });

  it('begins a handler as an unsaved file', async () => {
    const { workbench } = stage;
    await workbench.runCommand('EccaEx: New Webhook Handler…');
    await workbench.quickInput.pick('Python');
    await workbench.page.locator('.tab.active.dirty', { hasText: 'webhook.py' }).waitFor();
    await workbench.editor.waitForText('import hmac');
    await workbench.screenshot('new-handler');
  });

  it('forgets webhook secrets with the keys', async () => {
    const { workbench } = stage;
    await pickFrom(workbench, 'EccaEx: Set Webhook Secret…', 'dev');
    await workbench.quickInput.waitForText('Webhook secret for dev');
    await workbench.quickInput.typePassword(USED_KEYS.signing);
    await workbench.quickInput.accept();
    await workbench.notifications.waitFor('Webhook secret for dev stored');
    await workbench.runCommand('EccaEx: Forget All Stored Keys');
    await workbench.notifications.waitForDialog('Remove the webhook secret for dev?');
    await workbench.notifications.answerDialog('Remove');
    await workbench.notifications.waitFor('Removed the webhook secret for dev.');
  });
});

/** By the sandbox's secret and the scheme that is set. */
function assertSigned(sent: Handler['got'][number] | undefined): void {
  assert.ok(sent);
  const content = `${String(sent.headers['x-signature-timestamp'])}.${sent.body.toString()}`;
  const signature = createHmac('sha256', SANDBOX_WEBHOOK_SECRET).update(content).digest('hex');
  assert.equal(sent.headers['x-signature'], signature);
}

/** The rows of a tree as a person reads them: VS Code uses the elements of rows again, in any order. */
async function inOrder(rows: Locator): Promise<string[]> {
  const placed = await rows.evaluateAll((elements) =>
    (elements as unknown as readonly { getAttribute(name: string): string | null; innerText: string }[]).map(
      (row) => [Number(row.getAttribute('data-index')), row.innerText] as const,
    ),
  );
  return placed.sort(([a], [b]) => a - b).map(([, text]) => readable(text));
}
