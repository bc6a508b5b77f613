import assert from 'node:assert/strict';
import { trustOf } from '../../src/core/webhook/webhook';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { WebhookWorld } from '../support/webhooks';
import { until } from './sandboxClient';
import { pending, startHandler, submit, type Handler } from './sandboxPaymentClient';

describe('the payment loop without VS Code', function () {
  this.timeout(20_000);
  let world: WebhookWorld;
  let handler: Handler;
  let sandbox: Sandbox;
  let url = '';
  beforeEach(async () => {
    world = await WebhookWorld.start();
    handler = await startHandler();
    ({ url } = world.listening);
    sandbox = await startSandbox({ listener: () => new URL(url).origin });
    world.forwardTo(handler.url);
  });
  afterEach(() => Promise.all([sandbox.stop(), handler.stop(), world.stop()]));

  it('pays, receives, verifies and forwards, tells of a 500, and replays the same bytes', async () => {
    handler.answerWith(500, 200);
    const payment = await pending(sandbox, { callback_url: url });
    await submit(payment, 'method', { method: 'uah_card' });
    await submit(payment, 'pay');
    const invoice = {
      environment: 'sandbox',
      externalId: payment.externalId,
      invoiceId: payment.id,
    } as const;
    const [webhook, ...others] = world.webhooks.about(invoice);
    assert.ok(webhook);
    assert.deepEqual([others, trustOf(webhook), webhook.event.status], [[], 'test', 'success']);
    // The sender gets the handler's status alone.
    assert.deepEqual(
      sandbox.delivery(payment.id)?.attempts.map(({ end }) => end?.status),
      [500],
    );
    await submit(payment, 'pause');

    const replayed = await world.webhooks.replay(webhook.id, handler.url, 'replay', webhook);
    assert.deepEqual(
      replayed?.deliveries.map(({ cause, end }) => [cause, end?.kind === 'response' && end.status]),
      [
        ['forward', 500],
        ['replay', 200],
      ],
    );
    const [first, second] = handler.got;
    assert.ok(first && second);
    const sent = sandbox.delivery(payment.id)?.body;
    assert.ok(sent?.equals(first.body) && sent.equals(second.body));
    for (const name of ['x-signature', 'x-signature-timestamp', 'x-idempotency-key', 'x-sandbox-guess'])
      assert.equal(second.headers[name], first.headers[name]);
    assert.equal(await world.webhooks.replay('gone', handler.url, 'replay', webhook), undefined);
  });

  it('brings each repetition of the sandbox under the same invoice', async () => {
    handler.answerWith(500, 200);
    const payment = await pending(sandbox, { callback_url: url });
    await submit(payment, 'cancel');
    await submit(payment, 'retry');
    await until(() => sandbox.delivery(payment.id)?.state.kind === 'delivered');
    const about = world.webhooks.about({ environment: 'sandbox', externalId: payment.externalId });
    assert.deepEqual(
      about.map(({ event, deliveries }) => [event.status, deliveries.length]),
      [
        ['canceled', 1],
        ['canceled', 1],
      ],
    );
  });
});
