import assert from 'node:assert/strict';
import { happenings, type Webhook } from '../../../../src/core/webhook/webhook';
import { DEFAULT_SCHEME } from '../../../../src/core/webhook/signature';

describe('what happened to webhooks', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

  const webhook = (id: string, received: number, ...deliveries: readonly number[]): Webhook => ({
    id,
    receivedAt: at(received),
    source: 'received',
    headers: [],
    body: new Uint8Array(),
    event: { form: 'event', eventId: null, orderId: null, externalId: null, status: null },
    signature: { state: 'valid', environment: 'dev', skewSeconds: 0, scheme: DEFAULT_SCHEME },
    deliveries: deliveries.map((begun, place) => ({
      id: `${id}.${place}`,
      at: at(begun),
      url: 'http://127.0.0.1:1/',
      cause: 'forward',
    })),
  });
  const order = (...webhooks: readonly Webhook[]) =>
    happenings(webhooks).map(({ webhook: of, delivery }) => delivery?.id ?? of.id);

  it('is in the order of its times', () => {
    assert.deepEqual(order(webhook('a', 1, 2, 9), webhook('b', 3, 5)), ['a', 'a.0', 'b', 'b.0', 'a.1']);
  });

  it('is in the order in which it was noted, where the times are the same', () => {
    assert.deepEqual(order(webhook('a', 1, 1, 1), webhook('b', 1, 1)), ['a', 'a.0', 'a.1', 'b', 'b.0']);
  });

  it('has each delivery behind its webhook and those before it, also where the clock was set back', () => {
    assert.deepEqual(order(webhook('a', 5, 1, 3), webhook('b', 6, 2)), ['a', 'a.0', 'a.1', 'b', 'b.0']);
  });
});
