import assert from 'node:assert/strict';
import { ENDPOINT_NAMES, ENDPOINTS, type Parameter } from '../../../../src/core/contract/endpoints';
import {
  endpointNamed,
  faultIn,
  faultOf,
  pathOf,
  queryOf,
  requestOf,
} from '../../../../src/core/endpoints/call';

const parameter = (name: string): Parameter =>
  ENDPOINT_NAMES.flatMap((endpoint) => ENDPOINTS[endpoint].parameters).find((one) => one.name === name) ??
  assert.fail(name);

describe('a parameter of an endpoint', () => {
  const taken: Readonly<Record<string, readonly string[]>> = {
    currency: ['', 'UAH', 'uah', 'Eur'],
    page: ['', '1', '7', '1000000000'],
    per_page: ['', '1', '20', '500'],
    status: ['', 'pending', 'success', 'failed', 'cancelled'],
    order: ['', 'desc', 'asc'],
    withdraw_uuid: ['00000000-0000-4000-8000-000000000001', 'abc_1', 'x'.repeat(128)],
  };
  const refused: Readonly<Record<string, readonly string[]>> = {
    currency: ['UA', 'UAHX', 'U1H', '₴', 'UAH&a=b'],
    page: ['0', '-1', '1.5', '1e3', ' 1', '1000000001', '99999999999'],
    per_page: ['0', '501', 'all'],
    status: ['Pending', 'canceled', 'any'],
    order: ['newest', 'DESC'],
    withdraw_uuid: ['', '.', '..', '../currencies', 'a/b', 'a?b', 'a b', 'ä', 'x'.repeat(129)],
  };
  for (const [name, texts] of Object.entries(taken))
    it(`${name} takes ${texts.map((text) => text.slice(0, 20)).join(' ')}`, () => {
      for (const text of texts) assert.equal(faultOf(parameter(name), text), undefined, text);
    });
  for (const [name, texts] of Object.entries(refused))
    it(`${name} does not take ${texts.map((text) => text.slice(0, 20)).join(' ')}`, () => {
      for (const text of texts) assert.match(faultOf(parameter(name), text) ?? '', /^\S.+\.$/, text);
    });

  it('has a default that it takes', () => {
    for (const { parameters } of Object.values(ENDPOINTS))
      for (const one of parameters) {
        const { rule } = one;
        if ('default' in rule) assert.equal(faultOf(one, String(rule.default)), undefined);
      }
  });
});

describe('a call', () => {
  const base = new URL('https://api.example/v1/');

  it('has the path of its endpoint, and what was given of its parameters', () => {
    const url = (endpoint: (typeof ENDPOINT_NAMES)[number], query: Record<string, string> = {}) =>
      requestOf(base, { endpoint, query }).url;
    assert.equal(url('currencies'), 'https://api.example/v1/currencies');
    assert.equal(
      url('payment-methods', { currency: 'uah' }),
      'https://api.example/v1/payment-methods?currency=uah',
    );
    assert.equal(
      url('withdrawals', { page: '2', status: 'failed', order: '', other: 'x' }),
      'https://api.example/v1/withdrawals?status=failed&page=2',
    );
    assert.equal(url('withdrawal', { withdraw_uuid: 'abc-1' }), 'https://api.example/v1/withdrawals/abc-1');
  });

  it('can have anything for a parameter, and goes nowhere else', () => {
    const path = pathOf({ endpoint: 'withdrawal', query: { withdraw_uuid: 'a/../b?c#d' } });
    assert.equal(path, 'withdrawals/a%2F..%2Fb%3Fc%23d');
    assert.equal(
      pathOf({ endpoint: 'payment-methods', query: { currency: 'a&b=c' } }),
      'payment-methods?currency=a%26b%3Dc',
    );
  });

  it('says what is wrong with the first of its parameters', () => {
    assert.equal(faultIn({ endpoint: 'currencies', query: {} }), undefined);
    assert.equal(faultIn({ endpoint: 'withdrawal', query: {} }), 'Enter the withdraw_uuid.');
    assert.match(
      faultIn({ endpoint: 'withdrawals', query: { per_page: '501', page: '0' } }) ?? '',
      /^per_page /,
    );
  });

  it('is read from what a script gives', () => {
    const names: Readonly<Record<string, string>> = {
      currencies: 'currencies',
      '/withdrawals': 'withdrawals',
      'GET /payment-methods': 'payment-methods',
      'withdrawals/{withdraw_uuid}': 'withdrawal',
      withdrawal: 'withdrawal',
    };
    for (const [given, name] of Object.entries(names)) assert.equal(endpointNamed(given)?.name, name);
    for (const other of [undefined, null, 1, '', 'create-invoice', '__proto__', {}])
      assert.equal(endpointNamed(other), undefined);
    const given = {
      page: 2,
      per_page: ' 5 ',
      status: null,
      order: ['asc'],
      other: 'x',
      __proto__: { page: 3 },
    };
    assert.deepEqual(queryOf(ENDPOINTS.withdrawals, given), { page: '2', per_page: '5' });
    for (const none of [undefined, null, 'page=2', []])
      assert.deepEqual(queryOf(ENDPOINTS.withdrawals, none), {});
  });
});
