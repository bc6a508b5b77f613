import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { OUTCOME_NAMES, OUTCOMES } from '../../src/core/webhook/outcomes';
import { DEFAULT_SCHEME } from '../../src/core/webhook/signature';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { ManualClock } from '../support/manualClock';
import { call, until } from './sandboxClient';
import { chosen, type Handler, pending, startHandler, submit } from './sandboxPaymentClient';

describe('the webhooks of the sandbox', function () {
  this.timeout(20_000);
  let sandbox: Sandbox;
  let handler: Handler;
  let clock: ManualClock;
  beforeEach(async () => {
    clock = new ManualClock();
    handler = await startHandler();
    sandbox = await startSandbox({ clock, deliverTo: [handler.origin] });
  });
  afterEach(() => Promise.all([sandbox.stop(), handler.stop()]));

  const stateOf = (id: string) => sandbox.delivery(id)?.state.kind;
  const paid = async (callback_url = handler.url) => {
    const payment = await chosen(sandbox, { callback_url });
    assert.ok(sandbox.simulate(payment.id, 'success').ok);
    return payment;
  };

  for (const outcome of OUTCOME_NAMES) {
    it(`tell of ${outcome}, signed, with three headers`, async () => {
      const payment = await pending(sandbox, { callback_url: handler.url });
      assert.ok(sandbox.simulate(payment.id, outcome).ok);
      await until(() => stateOf(payment.id) === 'delivered');
      const [{ headers, body } = { headers: {}, body: Buffer.of() }, ...others] = handler.got;
      assert.deepEqual(others, []);
      const timestamp = String(Math.floor(clock.now() / 1000));
      const event = JSON.parse(body.toString()) as Record<string, unknown>;
      assert.equal(event['event_id'], `${payment.id}:${OUTCOMES[outcome].status}:${timestamp}`);
      assert.equal(event['is_adjusted'], outcome === 'success-adjusted');
      assert.equal(headers['content-type'], 'application/json');
      assert.equal(headers['x-signature-timestamp'], timestamp);
      assert.equal(headers['x-idempotency-key'], event['event_id']);
      assert.equal(
        headers['x-signature'],
        createHmac('sha256', 'sandbox_webhook_secret').update(`${timestamp}.`).update(body).digest('hex'),
      );
      assert.match(headers['x-sandbox-guess'] as string, /signature; retries/);
      assert.deepEqual(sandbox.simulate(payment.id, outcome), { ok: false, refusal: 'ended' });
    });
  }

  it('are signed by the scheme that is set', async () => {
    await sandbox.stop();
    const scheme = { ...DEFAULT_SCHEME, algorithm: 'sha512', encoding: 'base64', prefix: 'v1=' } as const;
    sandbox = await startSandbox({ clock, deliverTo: [handler.origin], scheme: () => scheme });
    await paid();
    await handler.count(1);
    assert.match(handler.got[0]?.headers['x-signature'] as string, /^v1=[A-Za-z0-9+/]{86}==$/);
  });

  it('are sent again after 30 s, 2 min and 10 min, each time signed anew, and then given up', async () => {
    handler.answerWith(500);
    const { id } = await paid();
    for (const [index, wait] of [30_000, 120_000, 600_000].entries()) {
      await until(() => stateOf(id) === 'waiting');
      assert.deepEqual(clock.waiting, [wait]);
      clock.advance(wait - 1);
      assert.equal(handler.got.length, index + 1);
      clock.advance(1);
      await handler.count(index + 2);
    }
    await until(() => stateOf(id) === 'given-up');
    assert.deepEqual(clock.waiting, []);
    const times = handler.got.map(({ headers }) => Number(headers['x-signature-timestamp']));
    assert.deepEqual(
      times.map((time) => time - (times[0] ?? 0)),
      [0, 30, 150, 750],
    );
    assert.equal(new Set(handler.got.map(({ body }) => body.toString())).size, 1);
    assert.equal(new Set(handler.got.map(({ headers }) => headers['x-idempotency-key'])).size, 1);
    assert.deepEqual(
      sandbox.delivery(id)?.attempts.map(({ end }) => end?.status),
      [500, 500, 500, 500],
    );
  });

  for (const status of [204, 299]) {
    it(`have arrived with a ${status}`, async () => {
      handler.answerWith(status);
      const { id } = await paid();
      await until(() => stateOf(id) === 'delivered');
    });
  }

  for (const status of [302, 307, 404]) {
    it(`have not arrived with a ${status}, and follow no redirect`, async () => {
      handler.answerWith(status);
      const { id } = await paid();
      await until(() => stateOf(id) === 'waiting');
      assert.equal(handler.got.length, 1);
    });
  }

  it('wait 15 s for a response', async () => {
    handler.answerWith('hang', 200);
    const { id } = await paid();
    await handler.count(1);
    clock.advance(14_999);
    assert.equal(stateOf(id), 'sending');
    clock.advance(1);
    await until(() => stateOf(id) === 'waiting');
    assert.deepEqual(sandbox.delivery(id)?.attempts[0]?.end, {
      fault: 'no response within 15 s',
      durationMs: 15_000,
    });
  });

  it('go on after a handler that is down', async () => {
    const { url, origin } = handler;
    await handler.stop();
    sandbox.sender.allow(new URL(origin));
    const { id } = await paid(url);
    await until(() => stateOf(id) === 'waiting');
    assert.equal(sandbox.delivery(id)?.attempts[0]?.end?.fault, 'nothing listens there');
    handler = await startHandler();
  });

  it('go nowhere that nobody has allowed, this machine included, until a person does', async () => {
    const stranger = await startHandler();
    try {
      const payment = await chosen(sandbox, { callback_url: stranger.url });
      await submit(payment, 'pay');
      const page = await call(payment.link);
      assert.match(page.text, /Not delivered\./);
      assert.equal(stateOf(payment.id), 'not-allowed');
      // A retry is no yes.
      await submit(payment, 'retry');
      assert.equal(stateOf(payment.id), 'not-allowed');
      assert.ok(page.text.includes(`Deliver to ${stranger.origin}`));
      await submit(payment, 'allow');
      await until(() => stateOf(payment.id) === 'delivered');
      assert.equal(stranger.got.length, 1);
      // Once for the origin.
      await paid(stranger.url);
      await stranger.count(2);
    } finally {
      await stranger.stop();
    }
  });

  it('go to the listener of this window while it listens', async () => {
    await sandbox.stop();
    let listener: string | undefined = handler.origin;
    sandbox = await startSandbox({ clock, listener: () => listener });
    const first = await paid();
    await until(() => stateOf(first.id) === 'delivered');
    listener = undefined;
    const second = await paid();
    assert.equal(stateOf(second.id), 'not-allowed');
  });

  it('are paused, resumed and sent at once by hand', async () => {
    handler.answerWith(500, 500, 200);
    const payment = await chosen(sandbox, { callback_url: handler.url });
    await submit(payment, 'pay');
    assert.match((await call(payment.link)).text, /HTTP 500/);
    await submit(payment, 'pause');
    assert.deepEqual([stateOf(payment.id), clock.waiting], ['paused', []]);
    await submit(payment, 'resume');
    assert.deepEqual([stateOf(payment.id), clock.waiting], ['waiting', [30_000]]);
    await submit(payment, 'retry');
    assert.deepEqual([stateOf(payment.id), clock.waiting], ['waiting', [120_000]]);
    await submit(payment, 'pause');
    await submit(payment, 'retry');
    assert.equal(stateOf(payment.id), 'delivered');
    assert.match((await call(payment.link)).text, /Delivered/);
    await submit(payment, 'retry');
    assert.equal(handler.got.length, 3);
  });

  it('end with the sandbox', async () => {
    handler.answerWith('hang');
    const { id } = await paid();
    await handler.count(1);
    const delivery = sandbox.delivery(id);
    await sandbox.stop();
    clock.advance(3_600_000);
    assert.equal(handler.got.length, 1);
    assert.equal(delivery?.state.kind, 'sending');
  });
});
