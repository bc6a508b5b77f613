import assert from 'node:assert/strict';
import { WebhookJournal } from '../../src/app/webhooks/webhookJournal';
import { decodeRecord } from '../../src/core/journal/decode';
import type { Delivery } from '../../src/core/webhook/delivery';
import { readEvent } from '../../src/core/webhook/event';
import { DEFAULT_SCHEME } from '../../src/core/webhook/signature';
import type { Webhook } from '../../src/core/webhook/webhook';
import { systemClock, systemRandom } from '../../src/adapters/system';
import { WindowJournal } from '../support/journal';
import { apiKey, storeOf } from '../support/keys';
import { removeFolder, temporaryFolder } from '../support/temporaryFolder';

function webhook(body: string | Buffer, environment: 'dev' | 'sandbox' | null = 'dev'): Webhook {
  const bytes = Buffer.from(body);
  const headers = [{ name: 'X-Signature', value: '00' }];
  return {
    id: systemRandom.uuid(),
    receivedAt: new Date().toISOString(),
    source: 'received',
    headers,
    body: bytes,
    event: readEvent(headers, bytes),
    signature: {
      state: environment === null ? 'unsigned' : 'valid',
      environment,
      skewSeconds: 1,
      scheme: DEFAULT_SCHEME,
    },
    deliveries: [],
  };
}

const delivery = (end?: Delivery['end']): Delivery => ({
  id: 'd-1',
  at: '2026-01-01T00:00:00.000Z',
  url: 'http://127.0.0.1:3000/',
  cause: 'forward',
  ...(end ? { end, durationMs: 3 } : {}),
});

describe('webhooks in the journal', function () {
  this.timeout(60_000);
  let folder: string;
  let window: WindowJournal;
  const others: WindowJournal[] = [];
  beforeEach(async () => {
    folder = await temporaryFolder('eccaex-webhooks');
    window = new WindowJournal(folder);
  });
  afterEach(async () => {
    for (const one of [window, ...others.splice(0)]) await one.files.dispose();
    await removeFolder(folder);
  });

  const journalOf = ({ files, history }: WindowJournal, secret?: string, clock = systemClock) => {
    const secrets = secret === undefined ? [] : [apiKey(secret)];
    const readWebhookSecrets = () => Promise.resolve({ state: 'present', secrets } as const);
    return new WebhookJournal(files, storeOf({ readWebhookSecrets }), clock, history);
  };

  /** What another window makes of the journal. */
  async function read(limit = 500): Promise<Webhook[]> {
    const other = Object.assign(new WindowJournal(folder), { limit });
    others.push(other);
    await other.history.refresh();
    return journalOf(other).unknown();
  }

  it('are kept in the order in which they came, though a clock was ahead for a while', async () => {
    window.limit = 3;
    const tomorrow = new Date(Date.now() + 24 * 3_600_000);
    const ahead = journalOf(window, undefined, { ...systemClock, now: () => tomorrow });
    for (const at of [0, 1, 2])
      ahead.received({ ...webhook(`ahead ${at}`), receivedAt: tomorrow.toISOString() });
    await ahead.settled();
    await window.history.refresh();
    const right = journalOf(window);
    for (const at of [0, 1]) right.received(webhook(`right ${at}`));
    await right.settled();
    const kept = await read(3);
    assert.deepEqual(
      kept.map(({ body }) => Buffer.from(body).toString()),
      ['ahead 2', 'right 0', 'right 1'],
    );
  });

  it('come back to the byte, oldest first, with their deliveries, beside the sends', async () => {
    const journal = journalOf(window);
    const [first, second] = [webhook(Buffer.from([0, 255, 123, 10])), webhook('{"external_id":"ё"}', null)];
    journal.received(first);
    await window.send();
    journal.received(second);
    journal.delivered(second.id, delivery());
    const end = { kind: 'response', status: 500, headers: [], body: Buffer.from('no'), size: 2 } as const;
    journal.delivered(second.id, delivery(end));
    await journal.settled();
    const [one, two, ...more] = await read();
    assert.ok(one && two && more.length === 0);
    assert.deepEqual({ ...one, body: Buffer.from(one.body) }, first);
    assert.deepEqual(
      [Buffer.from(two.body), two.event, two.signature],
      [second.body, second.event, second.signature],
    );
    assert.equal(two.changed, undefined);
    const [delivered] = two.deliveries;
    assert.ok(delivered?.end?.kind === 'response');
    assert.deepEqual([delivered.end.status, Buffer.from(delivered.end.body).toString()], [500, 'no']);
    await window.history.refresh();
    assert.equal(window.history.entries.length, 1);
  });

  it('say that a delivery was stopped whose end nobody wrote down', async () => {
    const journal = journalOf(window);
    const one = webhook('{}');
    journal.received(one);
    journal.delivered(one.id, delivery());
    await journal.settled();
    const [kept] = await read();
    assert.deepEqual(kept?.deliveries, [{ ...delivery(), end: { kind: 'stopped' } }]);
  });

  it('hold no secret, and say that they are no longer exact; nor do long ones', async () => {
    const journal = journalOf(window, 'whsec_0123456789abcdef');
    journal.received(webhook('{"a":"whsec_0123456789abcdef ё"}'));
    journal.received(webhook('{"a":"\\u0077hsec_0123456789abcdef"}'));
    journal.received(webhook('x'.repeat(300 * 1024)));
    await journal.settled();
    const kept = await read();
    assert.deepEqual(
      kept.map(({ changed }) => changed),
      ['redacted', 'redacted', 'shortened'],
    );
    for (const { body } of kept) assert.ok(!Buffer.from(body).toString().includes('0123456789abcdef'));
    assert.ok(
      Buffer.from(kept[0]?.body ?? [])
        .toString()
        .includes('ё'),
    );
    assert.equal(kept[2]?.body.length, 256 * 1024);
  });

  it('are bounded: a flood neither fills the disk nor pushes out what verified', async () => {
    const journal = journalOf(window);
    const real = webhook('{"external_id":"real"}');
    journal.received(real);
    for (let i = 0; i < 10_000; i++) journal.received(webhook(`{"n":${i}}`, null));
    await journal.settled();
    const kept = await read();
    assert.ok(kept.length <= 1 + 200, `${kept.length}`);
    assert.ok(kept.some(({ id }) => id === real.id));
  });

  it('go with the whole history, and stay through a compaction', async () => {
    const journal = journalOf(window);
    const one = webhook('{}');
    journal.received(one);
    journal.delivered(one.id, delivery({ kind: 'timeout' }));
    await window.send();
    await journal.settled();
    await window.history.refresh();
    const [entry] = window.history.entries;
    await window.history.delete(entry ? [entry.id] : []);
    assert.deepEqual(
      (await read()).map(({ deliveries }) => deliveries[0]?.end),
      [{ kind: 'timeout' }],
    );
    assert.deepEqual(await window.history.clear(), []);
    assert.deepEqual(await read(), []);
  });

  for (const value of [
    {},
    { at: 'never', source: 'received', headers: [], bodyBase64: '', signature: {} },
    {
      at: '2026-01-01T00:00:00.000Z',
      source: 'sent',
      headers: [],
      bodyBase64: '',
      signature: { state: 'valid' },
    },
    {
      at: '2026-01-01T00:00:00.000Z',
      source: 'received',
      headers: [1],
      bodyBase64: '',
      signature: { state: 'valid' },
    },
    {
      at: '2026-01-01T00:00:00.000Z',
      source: 'received',
      headers: [],
      bodyBase64: '',
      signature: { state: 'good' },
    },
  ])
    it(`are not read from ${JSON.stringify(value)}`, () => {
      const id = systemRandom.uuid();
      assert.equal(decodeRecord(JSON.stringify({ kind: 'webhook', id, ...value })), undefined);
      assert.equal(decodeRecord(JSON.stringify({ kind: 'delivery', id, delivery: value })), undefined);
    });
});
