import assert from 'node:assert/strict';
import { Shelf } from '../../../../src/app/webhooks/shelf';
import { DEFAULT_SCHEME } from '../../../../src/core/webhook/signature';
import type { Webhook } from '../../../../src/core/webhook/webhook';

const BOUNDS = {
  verified: { count: 5, bytes: 100_000 },
  test: { count: 5, bytes: 100_000 },
  unverified: { count: 5, bytes: 100_000 },
};

function webhook(id: string, environment: 'dev' | 'sandbox' | null, size = 1): Webhook {
  const state = environment === null ? 'unsigned' : 'valid';
  return {
    id,
    receivedAt: '2026-01-01T00:00:00.000Z',
    source: 'received',
    headers: [],
    body: new Uint8Array(size),
    event: { form: 'event', eventId: null, orderId: null, externalId: null, status: null },
    signature: { state, environment, skewSeconds: null, scheme: DEFAULT_SCHEME },
    deliveries: [],
  };
}

describe('the webhooks that are kept', () => {
  const ids = (shelf: Shelf) => shelf.all.map(({ id }) => id);

  it('are bounded by number, newest first, and a flood of one trust pushes out nothing of another', () => {
    const shelf = new Shelf(BOUNDS);
    shelf.add(webhook('real', 'dev'), 'real');
    shelf.add(webhook('test', 'sandbox'), 'test');
    for (let i = 0; i < 100; i++) shelf.add(webhook(`${i}`, null), `${i}`);
    assert.deepEqual(ids(shelf), ['99', '98', '97', '96', '95', 'test', 'real']);
    for (let i = 0; i < 100; i++) shelf.add(webhook(`t${i}`, 'sandbox'), `t${i}`);
    assert.deepEqual(ids(shelf).filter((id) => id.startsWith('t')).length, 5);
    assert.ok(shelf.get('real'));
  });

  it('are bounded by bytes, responses included', () => {
    const shelf = new Shelf(BOUNDS);
    for (let i = 0; i < 4; i++) shelf.add(webhook(`${i}`, null, 30_000), `${i}`);
    assert.deepEqual(ids(shelf), ['3', '2', '1']);
    const end = {
      kind: 'response',
      status: 200,
      headers: [],
      body: new Uint8Array(64_000),
      size: 1,
    } as const;
    const delivery = { id: 'd', at: '', url: '', cause: 'forward', end } as const;
    shelf.update('3', (before) => ({ ...before, deliveries: [delivery] }));
    assert.deepEqual(ids(shelf), ['3']);
  });

  it('hold one event a few times only: whoever has a verified one can send it as often as they like', () => {
    const shelf = new Shelf();
    shelf.add(webhook('other', 'dev'), 'other');
    for (let i = 0; i < 1000; i++) shelf.add(webhook(`${i}`, 'dev'), 'same');
    assert.equal(shelf.all.length, 21);
    assert.ok(shelf.get('other') && shelf.get('999'));
  });
});
