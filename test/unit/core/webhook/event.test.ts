import assert from 'node:assert/strict';
import { readEvent } from '../../../../src/core/webhook/event';
import { isAbout, trustOf, webhookLine, type Webhook } from '../../../../src/core/webhook/webhook';
import { forwardedHeaders, parseTarget } from '../../../../src/core/webhook/forwarding';
import { DEFAULT_SCHEME } from '../../../../src/core/webhook/signature';

const read = (value: unknown) => readEvent([], new TextEncoder().encode(JSON.stringify(value)));

describe('the event of a webhook', () => {
  it('is read from its fields, and the status and order from the event id where they are absent', () => {
    const ids = { event_id: 'i-1:success:1767225600', order_id: 'i-2', external_id: 'order-1' };
    assert.deepEqual(read({ ...ids, status: 'fail' }), {
      form: 'event',
      eventId: 'i-1:success:1767225600',
      orderId: 'i-2',
      externalId: 'order-1',
      status: 'fail',
    });
    const { orderId, status } = read({ event_id: 'a:b:expired:1767225600' });
    assert.deepEqual([orderId, status], ['a:b', 'expired']);
  });

  for (const value of [
    {},
    { event_id: 1.5, order_id: [], external_id: { a: 1 }, status: '' },
    { event_id: 'x'.repeat(300) },
  ])
    it(`says nothing where nothing can be read: ${JSON.stringify(value).slice(0, 60)}`, () => {
      assert.deepEqual(Object.values(read(value)), ['event', null, null, null, null]);
    });

  it('takes a number for its digits, as far as they are exact', () => {
    assert.equal(read({ order_id: 42 }).orderId, '42');
    assert.equal(readEvent([], new TextEncoder().encode('{"order_id":9007199254740993}')).orderId, null);
  });
});

const webhook = (further: object = {}, signature: object = {}): Webhook => ({
  id: 'w-1',
  receivedAt: '2026-01-01T00:00:00.000Z',
  source: 'received',
  headers: [],
  body: new Uint8Array(),
  event: {
    form: 'event',
    eventId: null,
    orderId: 'i-1',
    externalId: 'order-1',
    status: 'success',
    ...further,
  },
  signature: { state: 'valid', environment: 'dev', skewSeconds: 0, scheme: DEFAULT_SCHEME, ...signature },
  deliveries: [],
});

describe('a webhook and an invoice', () => {
  const invoice = { environment: 'dev', externalId: 'order-1', invoiceId: 'i-1' } as const;

  it('belong together by the ids that both know', () => {
    assert.equal(isAbout(webhook(), invoice), true);
    assert.equal(isAbout(webhook({ orderId: null }), invoice), true);
    assert.equal(isAbout(webhook({ externalId: null }), { environment: 'dev', invoiceId: 'i-1' }), true);
    assert.equal(isAbout(webhook({ orderId: 'i-2' }), invoice), false);
    assert.equal(isAbout(webhook({ externalId: 'order-2' }), invoice), false);
    assert.equal(isAbout(webhook({ externalId: null, orderId: null }), invoice), false);
  });

  it('belong together only by a signature of the environment of the invoice', () => {
    assert.equal(isAbout(webhook({}, { environment: 'sandbox' }), invoice), false);
    assert.equal(isAbout(webhook({}, { environment: 'prod' }), invoice), false);
    assert.equal(isAbout(webhook({}, { state: 'invalid', environment: null }), invoice), false);
    assert.equal(isAbout(webhook({}, { state: 'stale' }), invoice), true);
  });

  it('count as a test where the public secret signed', () => {
    assert.equal(trustOf(webhook({}, { environment: 'sandbox' })), 'test');
    assert.equal(trustOf(webhook({}, { state: 'no-secret', environment: null })), 'unverified');
    assert.equal(trustOf(webhook()), 'verified');
  });
});

describe('the line of a webhook', () => {
  it('has null for what is not known', () => {
    const line = webhookLine(
      webhook({ orderId: null }, { state: 'unsigned', environment: null, skewSeconds: null }),
    );
    assert.deepEqual(line, {
      id: 'w-1',
      receivedAt: '2026-01-01T00:00:00.000Z',
      environment: null,
      event: { eventId: null, orderId: null, externalId: 'order-1', status: 'success' },
      signature: { state: 'unsigned', skewSeconds: null, scheme: DEFAULT_SCHEME },
      delivery: { url: null, status: null, durationMs: null, verdict: 'not-forwarded' },
    });
  });
});

describe('what a webhook is forwarded to', () => {
  for (const [text, url, isLocal] of [
    ['http://127.0.0.1:3000/hook?a=1&b=%20', 'http://127.0.0.1:3000/hook?a=1&b=%20', true],
    [' http://localhost:3000 ', 'http://localhost:3000/', true],
    ['http://[::1]:3000/a#b', 'http://[::1]:3000/a', true],
    ['https://shop.example/hook', 'https://shop.example/hook', false],
    ['http://127.0.0.1.evil.example', undefined, false],
  ] as const)
    it(`is ${text}`, () => {
      const target = parseTarget(text);
      if (url === undefined) assert.equal(target, 'plain-http');
      else
        assert.deepEqual(
          [(target as { url: string }).url, (target as { isLocal: boolean }).isLocal],
          [url, isLocal],
        );
    });

  for (const text of [
    '',
    '3000',
    'localhost:3000',
    'http:127.0.0.1',
    'http:\\\\127.0.0.1',
    'ftp://127.0.0.1/',
    'http://a:b@localhost/',
    'http://127.0.0.1/ x',
    'http://shop.example/',
  ])
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(typeof parseTarget(text), 'string'));

  it('gets the headers that came, without those of the connection', () => {
    const headers = [
      ['X-Signature', 'a'],
      ['Connection', 'keep-alive, X-Hop'],
      ['x-hop', '1'],
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', '2'],
      ['HOST', 'x'],
      ['Expect', '100-continue'],
      ['X-Signature', 'b'],
      ['content-encoding', 'gzip'],
    ].map(([name = '', value = '']) => ({ name, value }));
    assert.deepEqual(
      forwardedHeaders(headers).map(({ name, value }) => `${name}: ${value}`),
      ['X-Signature: a', 'X-Signature: b', 'content-encoding: gzip'],
    );
  });
});
