import assert from 'node:assert/strict';
import { encoded } from '../../src/core/webhook/signature';
import { readEvent } from '../../src/core/webhook/event';
import { DEFAULT_SCHEME } from '../../src/core/webhook/signature';
import type { Webhook } from '../../src/core/webhook/webhook';
import { shownWebhook } from '../../src/ui/webhooks/shownWebhook';
import { seriousViolations } from '../support/vscode/axe';
import { pageForEachTest } from '../support/webview/page';

const MARKUP = '<img src=x onerror="top.ran=1"><script>top.ran=1</script>';

function webhookWith(body: string | Uint8Array, changes: Partial<Webhook> = {}): Webhook {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const headers = [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'X-Signature', value: encoded(new Uint8Array(32), 'hex') },
  ];
  return {
    id: 'one',
    receivedAt: '2026-11-26T12:00:00.000Z',
    source: 'received',
    headers,
    body: bytes,
    event: readEvent(headers, bytes),
    signature: { state: 'valid', environment: 'sandbox', skewSeconds: 1, scheme: DEFAULT_SCHEME },
    deliveries: [],
    ...changes,
  };
}

const EVENT = JSON.stringify({
  event_id: 'abc:success:1795000000',
  external_id: 'order-1',
  status: 'success',
});

describe('the page of a webhook', () => {
  const stage = pageForEachTest('webhook');
  const show = (webhook: Webhook | undefined): Promise<void> =>
    stage.now.show({ kind: 'show', webhook: webhook && shownWebhook(webhook) });
  const main = () => stage.now.locator('main');
  const tab = (name: string | RegExp) => stage.now.page.getByRole('tab', { name }).click();

  it('says what it is, who signed it, and takes buttons for what they say', async () => {
    await show(webhookWith(EVENT));
    await main().getByRole('heading', { name: 'success test event' }).waitFor();
    await main()
      .getByText('Signed with the sandbox’s public secret. This proves no sender.')
      .first()
      .waitFor();
    for (const [name, kind] of [
      ['Replay', 'replay'],
      ['Replay Signed Now', 'replay-signed-now'],
      ['Edit and Send…', 'edit'],
      ['Compare…', 'compare'],
      ['Save…', 'save'],
    ] as const)
      assert.deepEqual(await stage.now.posted(() => stage.now.button(name).click()), [{ kind }]);
    await tab('Signature');
    await main()
      .getByRole('row', { name: /Scheme Your setting, or our assumption/ })
      .waitFor();
  });

  it('shows each delivery, with what the handler said, in every theme', async () => {
    const response = (status: number, body: string) => ({
      kind: 'response' as const,
      status,
      headers: [],
      body: new TextEncoder().encode(body),
      size: body.length,
    });
    const delivery = { at: '2026-11-26T12:00:00.000Z', url: 'http://127.0.0.1:3000/hooks', durationMs: 12.3 };
    await show(
      webhookWith(EVENT, {
        deliveries: [
          { ...delivery, id: '1', cause: 'forward', end: response(500, `Error: no such order\n${MARKUP}`) },
          { ...delivery, id: '2', cause: 'replay', end: response(200, 'ok') },
          { ...delivery, id: '3', cause: 'replay', end: { kind: 'timeout' } },
        ],
      }),
    );
    await tab('Delivery 3');
    await main().getByText('HTTP 500 Internal Server Error, would be retried').waitFor();
    await main().getByText('HTTP 200 OK', { exact: true }).waitFor();
    await main().getByText('no response within 15 s, would be retried').waitFor();
    for (const theme of ['dark', 'light', 'high-contrast'] as const) {
      await stage.now.setTheme(theme);
      assert.deepEqual(await seriousViolations(stage.now.page), []);
      await stage.now.screenshot(`webhook-page-${theme}`);
    }
  });

  const bodies: [what: string, body: string | Uint8Array][] = [
    ['markup', JSON.stringify({ external_id: MARKUP, status: MARKUP, [MARKUP]: MARKUP })],
    ['markup that is not JSON', MARKUP],
    ['nothing', ''],
    ['bytes that are not text', Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256)],
    ['one line without end', `"${'x'.repeat(900_000)}`],
    ['deep nesting', '['.repeat(100_000)],
    ['turned writing', JSON.stringify({ external_id: '\u202eorder\u0000', status: 'success' })],
  ];
  for (const [what, body] of bodies) {
    it(`shows a body of ${what}, as text`, async () => {
      const unsigned = {
        state: 'unsigned',
        environment: null,
        skewSeconds: null,
        scheme: DEFAULT_SCHEME,
      } as const;
      await show(webhookWith(body, { signature: unsigned }));
      await main().getByText('There is no signature. Do not trust this event.').first().waitFor();
      for (const name of ['Event', /^Headers/, 'Signature', 'Raw']) await tab(name);
      assert.equal(await stage.now.strangers(), 0);
      assert.equal(await stage.now.ran(), undefined);
      assert.ok((await stage.now.overflow()) <= 0);
    });
  }

  it('is whole where there is little room, as at 200 % zoom: the page scrolls', async () => {
    await stage.now.page.setViewportSize({ width: 480, height: 200 });
    await show(webhookWith(EVENT));
    for (const name of ['Event', /^Headers/, 'Signature', 'Raw']) {
      await tab(name);
      assert.ok((await stage.now.overflow()) <= 0, `${name} fits in the width.`);
    }
    await stage.now.screenshot('webhook-page-zoomed');
    await stage.now.button('Save…').scrollIntoViewIfNeeded();
    assert.deepEqual(await stage.now.posted(() => stage.now.button('Save…').click()), [{ kind: 'save' }]);
    await main().getByText('order-1').last().scrollIntoViewIfNeeded();
    assert.equal(await main().getByText('order-1').last().isVisible(), true);
  });

  it('offers to send nothing that was not kept exactly', async () => {
    await show(webhookWith(EVENT, { changed: 'redacted' }));
    await main().getByText('was not kept exactly').waitFor();
    assert.equal(await stage.now.button('Replay').count(), 0);
  });

  it('says so where it is no longer kept', async () => {
    await show(undefined);
    await main().getByText('This webhook is no longer kept.').waitFor();
  });
});
