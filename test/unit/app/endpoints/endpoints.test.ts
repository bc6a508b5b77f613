import assert from 'node:assert/strict';
import type { CallResult } from '../../../../src/app/endpoints/callEndpoint';
import { MerchantStore } from '../../../../src/app/endpoints/endpoints';
import { ORIGIN, World } from '../../../support/ports';

const AT = '2026-01-02T03:04:05.678Z';

describe('what is known of merchants', () => {
  let world: World;
  let store: MerchantStore;
  let told: number;
  beforeEach(() => {
    world = new World();
    store = new MerchantStore(world.settings);
    told = 0;
    store.onDidChange(() => told++);
  });

  const result = (changes: Partial<CallResult>): CallResult => ({
    endpoint: 'currencies',
    query: {},
    environment: 'dev',
    origin: ORIGIN,
    outcome: 'answered',
    at: AT,
    data: [{ currency: 'UAH' }],
    ...changes,
  });
  const method = (code: string, min_sum = '1.00') => ({
    name: code,
    min_sum,
    max_sum: '5.00',
    currency: { code },
  });
  const methods = (data: unknown, query = {}) =>
    store.put(result({ endpoint: 'payment-methods', query, data }));
  const minima = () =>
    [...(store.of('dev')?.methods ?? [])].map(([code, { limits }]) => [
      code,
      ...limits.map(({ min }) => min),
    ]);

  it('is nothing before anybody asked, and nothing of another environment', () => {
    assert.equal(store.of('dev'), undefined);
    store.put(result({}));
    assert.deepEqual(store.of('dev'), {
      environment: 'dev',
      currencies: { at: AT, codes: ['UAH'] },
      methods: new Map(),
    });
    assert.equal(store.of('staging'), undefined);
    assert.equal(told, 1);
  });

  it('is what the last answer said, of one currency or of all', () => {
    methods([method('UAH'), method('EUR')]);
    assert.deepEqual(minima(), [
      ['UAH', '1.00'],
      ['EUR', '1.00'],
    ]);
    methods([method('UAH', '2.00')], { currency: 'uah' });
    assert.deepEqual(minima(), [
      ['EUR', '1.00'],
      ['UAH', '2.00'],
    ]);
    methods([], { currency: 'EUR' });
    assert.deepEqual(minima(), [['UAH', '2.00']]);
    methods([method('TRY')]);
    assert.deepEqual(minima(), [['TRY', '1.00']]);
  });

  it('stays as it was after an answer that says nothing of it', () => {
    methods([method('UAH')]);
    const before = store.of('dev');
    methods('nothing');
    store.put(result({ outcome: 'rejected', data: undefined }));
    store.put(result({ data: [{}] }));
    store.put(result({ endpoint: 'withdrawals', data: [] }));
    assert.deepEqual(store.of('dev'), before);
    assert.equal(told, 1);
  });

  it('is forgotten with the key', () => {
    store.put(result({}));
    store.forget('dev');
    store.forget('dev');
    assert.equal(store.of('dev'), undefined);
    assert.equal(told, 2);
  });

  it('is that of the base URL in use', () => {
    store.put(result({}));
    world.baseUrls = { dev: 'https://other.example/v1' };
    assert.equal(store.of('dev'), undefined);
    store.put(result({ data: [{ currency: 'EUR' }] }));
    assert.equal(store.of('dev'), undefined, 'an answer that was under way is none of the new one');
    world.baseUrls = { dev: 'nonsense' };
    assert.equal(store.of('dev'), undefined);
    world.baseUrls = {};
    assert.deepEqual(store.of('dev')?.currencies?.codes, ['UAH']);
  });

  it('is kept of the sandbox, whose address is another one each time', () => {
    store.put(result({ environment: 'sandbox', origin: 'http://127.0.0.1:1' }));
    assert.deepEqual(store.of('sandbox')?.currencies?.codes, ['UAH']);
  });
});
