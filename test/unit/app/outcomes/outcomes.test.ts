import assert from 'node:assert/strict';
import type { Outcomes } from '../../../../src/app/outcomes/outcomes';
import { emptyOutcomes } from '../../../support/senderOf';
import type { SentReport } from '../../../../src/app/outcomes/sentReport';
import { refused } from '../../../support/ports';
import { batch, request } from '../../../support/requests';
import { Sending } from '../../../support/sendingWorld';

const A = 'file:///shop/a.json';
const B = 'file:///shop/b.json';

const report = (uri: string, index: number, requestId = ''): SentReport => ({
  uri,
  report: {
    file: uri,
    index,
    environment: 'dev',
    outcome: 'created',
    at: '2026-01-02T03:04:05.678Z',
    requestId,
    problems: [],
  },
  anchored: [],
});
const onReports = (outcomes: Outcomes, listener: (uri: string) => unknown) =>
  outcomes.onDidChange((change) => {
    if (change.kind === 'reported') listener(change.uri);
  });
const kept = (store: Outcomes, uri: string) =>
  store.latest(uri).map((one) => `${one.report.index}${one.report.requestId ?? ''} ${one.uri}`);

describe('the reports of requests', () => {
  let store: Outcomes;
  let told: string[];
  beforeEach(() => {
    store = emptyOutcomes();
    told = [];
    onReports(store, (uri) => told.push(uri));
  });

  it('holds nothing at first', () => assert.deepEqual(store.latest(A), []));

  it('keeps the last report of each request', () => {
    store.put(A, [report(A, 0), report(A, 1), report(A, 2)], true);
    store.put(A, [report(A, 1, 'new')], false);
    assert.deepEqual(kept(store, A).sort(), [`0 ${A}`, `1new ${A}`, `2 ${A}`]);
    assert.deepEqual(told, [A, A]);
  });

  it('forgets requests that are no more when the whole file is sent', () => {
    store.put(A, [report(A, 0), report(A, 1)], true);
    store.put(A, [report(A, 0, 'new')], true);
    assert.deepEqual(kept(store, A), [`0new ${A}`]);
  });

  it('knows a request that was moved in its batch since: what it came to before is over', async () => {
    const sending = new Sending();
    const { world } = sending;
    world.respond = () => refused(422, 'V');
    world.texts.set(A, batch({}, {}, {}));
    store.put(A, (await sending.send()).reports, true);
    world.texts.set(
      A,
      batch(
        { external_id: '"new"' },
        { external_id: '"order-0"' },
        { external_id: '"order-1"' },
        { external_id: '"order-2"' },
      ),
    );
    store.put(A, (await sending.send({ uri: A, index: 2 })).reports, false);
    const ids = store.latest(A).map((one) => [one.report.index, one.request?.anchor.identity.trim()]);
    assert.deepEqual(ids, [
      [1, '"order-0"'],
      [3, '"order-2"'],
      [2, '"order-1"'],
    ]);
  });

  it('keeps files apart', () => {
    store.put(A, [report(A, 0)], true);
    store.put(B, [report(B, 0)], true);
    store.forget(A);
    assert.deepEqual([kept(store, A), kept(store, B)], [[], [`0 ${B}`]]);
    assert.deepEqual(told, [A, B, A]);
  });

  it('tells nobody of forgetting what it did not hold', () => {
    store.forget(A);
    assert.deepEqual(told, []);
  });

  it('follows a file that gets another name', () => {
    store.put(A, [report(A, 0)], true);
    store.rename(A, B);
    assert.deepEqual([kept(store, A), kept(store, B)], [[], [`0 ${B}`]]);
    assert.deepEqual(told, [A, A, B]);
  });

  it('follows a folder that gets another name, and what is in it alone', () => {
    for (const uri of [A, B, 'file:///shop2/c.json', 'file:///shop/deep/d.json'])
      store.put(uri, [report(uri, 0)], true);
    told = [];
    store.rename('file:///shop', 'file:///store');
    assert.deepEqual(kept(store, A), []);
    for (const uri of [
      'file:///store/a.json',
      'file:///store/b.json',
      'file:///store/deep/d.json',
      'file:///shop2/c.json',
    ])
      assert.deepEqual(kept(store, uri), [`0 ${uri}`]);
    assert.equal(told.length, 6);
  });

  it('is not confused by a folder that moves into itself', () => {
    store.put(A, [report(A, 0)], true);
    store.rename('file:///shop', 'file:///shop/old');
    assert.deepEqual(kept(store, 'file:///shop/old/a.json'), ['0 file:///shop/old/a.json']);
    assert.deepEqual(kept(store, A), []);
  });

  describe('what placeholders stood for', () => {
    const values = () => store.latest(A).map((sent) => sent.request?.strings.flatMap((one) => one.values));
    let sending: Sending;
    const send = async (...given: Parameters<Sending['send']>) =>
      store.put(A, (await sending.send(...given)).reports, true);

    beforeEach(async () => {
      sending = new Sending();
      sending.world.texts.set(A, request({ external_id: '"{{$uuid}}"' }));
      await send();
      assert.deepEqual(values(), [['uuid-1']]);
    });

    it('is as it was when the same body is sent again, and new when the request is', async () => {
      const body = store.latest(A)[0]?.report.body ?? '';
      await send({ uri: A, index: 0, body });
      assert.deepEqual(values(), [['uuid-1']]);
      await send();
      assert.deepEqual(values(), [['uuid-2']]);
    });

    it('is that of the last send when nothing is sent', async () => {
      sending.world.confirmed = false;
      await send({ uri: A }, 'prod');
      assert.deepEqual(values(), [['uuid-1']]);
      sending.world.texts.set(A, request({ amount: '1', external_id: '"{{$uuid}}"' }));
      await send();
      assert.deepEqual(values(), [['uuid-1']]);
    });

    it('is unknown where another body is sent', async () => {
      await send({ uri: A, index: 0, body: request() });
      assert.deepEqual(values(), [[]]);
    });
  });

  describe('when a key is stored', () => {
    const shown = (uri: string) =>
      store
        .latest(uri)
        .map(({ report: { problems }, anchored }) => [problems.map(({ code }) => code), anchored.length]);

    it('says no longer that there is none, of its environment alone', async () => {
      const sending = new Sending();
      sending.world.texts.set(A, request({ zzz: '1' }));
      sending.world.stored.clear();
      store.put(A, (await sending.send({ uri: A }, 'dev')).reports, true);
      store.put(B, (await sending.send({ uri: A }, 'staging')).reports, true);
      store.keyStored('dev');
      assert.deepEqual(shown(A), [[['field-unknown'], 0]]);
      assert.deepEqual(shown(B), [[['key-absent', 'field-unknown'], 1]]);
      assert.deepEqual(told, [A, B, A]);
    });

    it('keeps what the API said of the key before', async () => {
      const sending = new Sending();
      sending.world.respond = () => refused(403, 'API_KEY_INVALID');
      store.put(A, (await sending.send()).reports, true);
      store.keyStored('dev');
      assert.deepEqual(shown(A), [[['API_KEY_INVALID'], 1]]);
      assert.deepEqual(told, [A]);
    });
  });

  it('tells a listener no more once that is disposed', () => {
    let count = 0;
    const listening = onReports(store, () => count++);
    store.put(A, [report(A, 0)], true);
    listening.dispose();
    listening.dispose();
    store.put(A, [report(A, 0)], true);
    assert.equal(count, 1);
    assert.equal(told.length, 2);
  });

  it('keeps what each environment brought: a send to another one changes none of it', () => {
    const staged = (index: number): SentReport => {
      const sent = report(A, index, 'staged');
      return { ...sent, report: { ...sent.report, environment: 'staging' } };
    };
    store.put(A, [report(A, 0), report(A, 1)], true);
    store.put(A, [staged(0)], false);
    assert.deepEqual(kept(store, A), [`1 ${A}`, `0staged ${A}`]);
    const places = (...of: Parameters<Outcomes['latest']>) =>
      store.latest(...of).map((one) => one.report.index);
    assert.deepEqual([places(A, 'dev'), places(A, 'staging')], [[0, 1], [0]]);
    store.put(A, [staged(0)], true);
    assert.deepEqual([places(A, 'dev'), places(A, 'prod')], [[0], []]);
  });

  it('knows what was sent last', () => {
    const at = (uri: string, index: number, time: string): SentReport => {
      const sent = report(uri, index);
      return { ...sent, report: { ...sent.report, at: `2026-01-02T03:04:${time}Z` } };
    };
    assert.equal(store.last(), undefined);
    store.put(A, [at(A, 0, '07.000')], true);
    store.put(B, [at(B, 0, '05.000'), at(B, 1, '05.000')], true);
    assert.equal(store.last()?.uri, A);
    store.put(B, [at(B, 1, '08.000')], false);
    assert.deepEqual([store.last()?.uri, store.last()?.report.index], [B, 1]);
    store.forget(B);
    assert.equal(store.last()?.uri, A);
  });

  it('tells when it holds what it tells of', () => {
    const seen: number[] = [];
    onReports(store, (uri) => seen.push(store.latest(uri).length));
    store.put(A, [report(A, 0), report(A, 1)], true);
    store.rename(A, B);
    store.forget(B);
    assert.deepEqual(seen, [2, 0, 2, 0]);
  });
});
