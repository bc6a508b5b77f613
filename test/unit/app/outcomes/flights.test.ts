import assert from 'node:assert/strict';
import type { Outcomes } from '../../../../src/app/outcomes/outcomes';
import { callEndpoint } from '../../../../src/app/endpoints/callEndpoint';
import { Endpoints, MerchantStore } from '../../../../src/app/endpoints/endpoints';
import type { Sender } from '../../../../src/app/sending/sender';
import { emptyOutcomes, senderOf } from '../../../support/senderOf';
import { created, Held, settled, World } from '../../../support/ports';
import { batch, request } from '../../../support/requests';
import { A, B } from '../../../support/sendingWorld';

const options = () => ({ signal: new AbortController().signal });

describe('what is being sent', () => {
  let world: World;
  let store: Outcomes;
  let sender: Sender;
  let held: Held;
  beforeEach(() => {
    world = new World();
    store = emptyOutcomes(world.clock);
    sender = senderOf(world, store);
    held = new Held();
    world.respond = held.respond;
    world.texts.set(A, request());
    world.texts.set(B, batch({}, {}, {}));
  });
  const onFlights = (listener: () => unknown) =>
    store.onDidChange(({ kind }) => {
      if (kind === 'flights') listener();
    });
  const flights = () =>
    store.flights().map(({ items, count, environment }) => ({ items, count, environment }));

  it('is a send from when its first request leaves until its reports are in the store', async () => {
    const told: string[] = [];
    onFlights(() => told.push(`${flights().length} ${store.latest(A).length}`));
    const sent = sender.send([{ uri: A }], 'dev', options());
    assert.deepEqual(flights(), []);
    await settled();
    assert.deepEqual(flights(), [{ items: [{ uri: A }], count: 1, environment: 'dev' }]);
    assert.equal(store.flights()[0]?.startedAt, '2026-01-02T03:04:05.678Z');
    held.give();
    await sent;
    assert.deepEqual(told, ['1 0', '0 1']);
  });

  it('is found by its requests', async () => {
    const one = sender.send([{ uri: B, index: 1 }], 'dev', options());
    await settled();
    assert.equal(store.flightOf(B, 1)?.environment, 'dev');
    assert.equal(store.flightOf(B, 0), undefined);
    const all = sender.send([{ uri: B }], 'prod', options());
    await settled();
    assert.deepEqual(
      [store.flightOf(B, 0), store.flightOf(B, 1)].map((of) => of?.count),
      [3, 3],
    );
    world.respond = () => created();
    held.giveAll();
    await Promise.all([one, all]);
    assert.equal(store.flightOf(B, 1), undefined);
  });

  it('is nothing while a person is asked, and nothing of what cannot be sent', async () => {
    world.confirmed = false;
    let during: unknown;
    const confirm = world.consent.confirm;
    world.consent.confirm = (summary) => {
      during = flights();
      return confirm(summary);
    };
    const told: unknown[] = [];
    onFlights(() => told.push(flights()));
    await sender.send([{ uri: A }], 'prod', options());
    world.texts.set(A, '{');
    await sender.send([{ uri: A }], 'dev', options());
    assert.deepEqual([during, told], [[], []]);
  });

  it('counts what is left, and knows what came of each request that is over', async () => {
    const told: string[] = [];
    store.onDidChange((change) => {
      if (change.kind !== 'settled') return;
      const { uri, report } = change.sent;
      told.push(`${uri} ${report.index} ${report.outcome}`);
    });
    const all = sender.send([{ uri: B }], 'dev', options());
    await settled();
    assert.equal(store.flightOf(B, 0)?.left, 3);
    held.give();
    await settled();
    assert.deepEqual(told, [`${B} 0 created`]);
    assert.equal(store.flightOf(B, 0), undefined);
    assert.equal(store.flightOf(B, 1)?.left, 2);
    assert.equal(store.settled(B, 0)?.report.outcome, 'created');
    assert.equal(store.settled(B, 1), undefined);
    world.respond = () => created();
    held.giveAll();
    await all;
    assert.equal(store.settled(B, 0), undefined);
  });

  it('is a call of an endpoint, which is stopped like a send', async () => {
    world.respond = (_, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' })));
    const endpoints = new Endpoints(
      (call, environment, signal) => callEndpoint(call, environment, world, signal),
      new MerchantStore({ baseUrl: () => 'https://api.example' }),
      store,
    );
    const { signal } = new AbortController();
    const result = endpoints.call({ endpoint: 'currencies', query: {} }, 'dev', signal);
    await settled();
    const [flight] = store.flights();
    assert.deepEqual([flight?.endpoint, flight?.left, flight?.environment], ['currencies', 1, 'dev']);
    store.cancel(flight?.id ?? 0);
    assert.equal((await result).outcome, 'unanswered');
    assert.deepEqual(flights(), []);
  });

  it('is stopped one by one', async () => {
    const signals: AbortSignal[] = [];
    world.respond = (_, signal) => {
      signals.push(signal);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' })));
    };
    const a = sender.send([{ uri: A }], 'dev', options());
    const b = sender.send([{ uri: B }], 'dev', options());
    await settled();
    store.cancel(store.flightOf(B, 0)?.id ?? 0);
    const outcomes = (await b).reports.map(({ report }) => report.outcome);
    assert.deepEqual(outcomes, ['unanswered', 'unanswered', 'cancelled']);
    assert.deepEqual(flights(), [{ items: [{ uri: A }], count: 1, environment: 'dev' }]);
    store.cancel(store.flightOf(A, 0)?.id ?? 0);
    assert.equal((await a).reports[0]?.report.outcome, 'unanswered');
    store.cancel(1);
  });

  it('can still be stopped by whoever sends', async () => {
    const stop = new AbortController();
    world.respond = (_, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' })));
    const sent = sender.send([{ uri: A }], 'dev', { signal: stop.signal });
    await settled();
    stop.abort();
    assert.equal((await sent).reports[0]?.report.outcome, 'unanswered');
    assert.deepEqual(flights(), []);
  });

  it('is nothing any more after a bug', async () => {
    world.respond = () => {
      throw new Error('a bug');
    };
    await assert.rejects(sender.send([{ uri: A }], 'dev', options()), /a bug/);
    assert.deepEqual(flights(), []);
  });

  it('tells nobody who has stopped listening', () => {
    const inFlight = emptyOutcomes();
    let told = 0;
    inFlight.onDidChange(() => told++).dispose();
    inFlight.begin({ items: [{ uri: A }], count: 1, environment: 'dev' }, new AbortController()).end();
    assert.equal(told, 0);
  });
});
