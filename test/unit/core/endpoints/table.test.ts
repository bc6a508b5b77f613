import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ENDPOINT_NAMES } from '../../../../src/core/contract/endpoints';
import { pagesOf } from '../../../../src/core/endpoints/pages';
import { tableOf, type Table } from '../../../../src/core/endpoints/table';

const texts = ({ rows }: Table) => rows.map((row) => row.map(({ text }) => text));
const column = (table: Table, name: string) => {
  const place = table.columns.findIndex((one) => one.name === name);
  return table.rows.map((row) => row[place]);
};

describe('the data of an answer as a table', () => {
  const eur = { currency: 'EUR', decimal: 2, symbol: '€', name: 'Euro', rate: '0.91' };

  it('has the documented fields in columns', () => {
    const table = tableOf('currencies', [eur]);
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      ['currency', 'name', 'symbol', 'rate', 'decimal'],
    );
    assert.deepEqual(texts(table), [['EUR', 'Euro', '€', '0.91', '2']]);
    assert.deepEqual(column(table, 'rate'), [{ text: '0.91', kind: 'decimal' }]);
  });

  it('shows what is not as documented as it came', () => {
    const table = tableOf('currencies', [
      eur,
      { currency: 5, name: null, symbol: ['€'], rate: 'unknown', further: { a: 1 } },
      'text',
      null,
      [],
    ]);
    assert.equal(table.columns.at(-1)?.name, 'further');
    assert.deepEqual(texts(table), [
      ['EUR', 'Euro', '€', '0.91', '2', ''],
      ['5', '', '["€"]', 'unknown', '', '{"a":1}'],
      ['text', '', '', '', '', ''],
      ['', '', '', '', '', ''],
      ['[]', '', '', '', '', ''],
    ]);
    assert.equal(column(table, 'rate')[1]?.kind, 'text');
  });

  it('takes the code of a currency out of its object, and shows whatever else stands there', () => {
    const currencies = [{ code: 'UAH', name: 'Hryvnia' }, 'UAH', null, { other: 1 }];
    const table = tableOf(
      'payment-methods',
      currencies.map((currency) => ({ name: 'Card', currency })),
    );
    assert.deepEqual(
      column(table, 'currency.code').map((cell) => cell?.text),
      ['UAH', '', '', ''],
    );
    assert.deepEqual(
      column(table, 'currency').map((cell) => cell?.text),
      ['{"code":"UAH","name":"Hryvnia"}', 'UAH', '', '{"other":1}'],
    );
    const documented = tableOf('payment-methods', [{ currency: { code: 'UAH', name: 'Hryvnia' } }]);
    assert.ok(!documented.columns.some(({ name }) => name === 'currency'));
    const odd = tableOf('payment-methods', [{ currency: { other: 1 } }]);
    assert.deepEqual(
      column(odd, 'currency').map((cell) => cell?.text),
      ['{"other":1}'],
    );
  });

  it('leaves out columns that may be empty and are', () => {
    const names = (item: object) => tableOf('withdrawals', [item]).columns.map(({ name }) => name);
    assert.ok(!names({ status: 'pending' }).includes('substatus'));
    assert.ok(names({ status: 'failed', substatus: 'x' }).includes('substatus'));
    assert.ok(names({}).includes('amount'));
  });

  it('has a row for each field of one item', () => {
    const table = tableOf('withdrawal', { status: 'failed', amount: '5.00', note: 'x', processed_at: null });
    assert.deepEqual(texts(table), [
      ['Status', 'failed'],
      ['Amount', '5.00'],
      ['note', 'x'],
    ]);
    assert.equal(table.rows[0]?.[1]?.kind, 'status');
  });

  it('shows data of another shape', () => {
    assert.deepEqual(texts(tableOf('currencies', 'nothing')), [['data', 'nothing']]);
    assert.deepEqual(texts(tableOf('currencies', null)), [['data', '']]);
    assert.deepEqual(texts(tableOf('withdrawal', [1])), [['data', '[1]']]);
    assert.deepEqual(texts(tableOf('currencies', { rate: '1' })), [['Rate of 1 USDT', '1']]);
  });

  it('stays of a size that can be shown', () => {
    const table = tableOf(
      'currencies',
      Array.from({ length: 5_000 }, (_, place) => ({ [`field-${place}`]: 'x'.repeat(10_000) })),
    );
    assert.equal(table.rows.length + table.more, 5_000);
    assert.ok(table.rows.length <= 2_000 && table.columns.length <= 25);
    for (const { text } of table.rows[0] ?? []) assert.ok(text.length <= 5_001);
  });

  it('takes any JSON there is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...ENDPOINT_NAMES), (data, endpoint) => {
        const { columns, rows } = tableOf(endpoint, data);
        for (const row of rows) assert.equal(row.length, columns.length);
      }),
    );
  });
});

describe('the pages of a list', () => {
  const list = { endpoint: 'withdrawals', query: {} } as const;

  it('are those that the answer names', () => {
    const paging = { page: 2, perPage: 20, total: 45, totalPages: 3 };
    assert.deepEqual(pagesOf(list, paging, 20), {
      page: 2,
      label: 'Page 2 of 3, 45 in all',
      previous: 1,
      next: 3,
    });
    assert.equal(pagesOf(list, { ...paging, page: 3 }, 5)?.next, undefined);
    assert.equal(pagesOf(list, { ...paging, page: 1 }, 20)?.previous, undefined);
    assert.equal(pagesOf(list, { ...paging, page: 9 }, 0)?.previous, 3, 'The last that there is.');
    assert.equal(pagesOf(list, { page: 1, totalPages: 0, total: 0 }, 0)?.label, 'Page 1 of 1, 0 in all');
  });

  it('go on after a full page where the answer does not say how many there are', () => {
    const asked = { endpoint: 'withdrawals', query: { page: '4', per_page: '5' } } as const;
    assert.deepEqual(pagesOf(asked, {}, 5), { page: 4, label: 'Page 4', previous: 3, next: 5 });
    assert.equal(pagesOf(asked, {}, 4)?.next, undefined);
    assert.equal(pagesOf(asked, {}, 0)?.next, undefined);
  });

  it('are none elsewhere', () => {
    assert.equal(pagesOf({ endpoint: 'currencies', query: {} }, { page: 1 }, 4), undefined);
  });
});
