import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from '../../../../src/core/document/document';
import { totalsOf } from '../../../../src/app/sending/confirmation';
import { batch, type Changes } from '../../../support/requests';

function totals(...elements: Changes[]): Record<string, string> {
  const document = parseDocument(batch(...elements));
  const all = totalsOf(document.requests.map((request) => ({ document, request })));
  assert.equal(new Set(all.map(({ currency }) => currency)).size, all.length);
  return Object.fromEntries(all.map(({ currency, amount }) => [currency, amount]));
}

const pay = (amount: string, currency = 'UAH'): Changes => ({
  amount: `"${amount}"`,
  currency_code: `"${currency}"`,
});

describe('totals', () => {
  it('are added up per currency', () => {
    assert.deepEqual(totals(pay('1'), pay('2.5', 'EUR'), pay('0.05'), pay('10.95')), {
      UAH: '12.00',
      EUR: '2.50',
    });
    assert.deepEqual(totals(), {});
  });

  it('are right to the cent where numbers are not', () => {
    assert.deepEqual(totals(pay('0.1'), pay('0.2')), { UAH: '0.30' });
    assert.deepEqual(totals(pay('9007199254740993.01'), pay('0.01')), { UAH: '9007199254740993.02' });
    assert.deepEqual(totals(...Array.from({ length: 1000 }, () => pay('0.07'))), { UAH: '70.00' });
    const nines = '9'.repeat(100);
    assert.deepEqual(totals(pay(nines), pay('1.00')), { UAH: `1${'0'.repeat(100)}.00` });
  });

  it('are those of any amounts', () => {
    const cents = fc.array(fc.bigInt({ min: 0n, max: 10n ** 30n }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(cents, (all) => {
        const text = (value: bigint) => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;
        const sum = all.reduce((a, b) => a + b, 0n);
        assert.deepEqual(totals(...all.map((value) => pay(text(value)))), { UAH: text(sum) });
      }),
    );
  });

  it('count an amount that only the send knows as nothing', () => {
    for (const amount of [
      '{{price}}',
      '1.{{$randomInt 10 99}}',
      '{{$randomInt 1 9}}.50',
      '1{{x}}',
      '1.5.5',
      '-1',
      '',
      '1.',
    ])
      assert.deepEqual(totals(pay(amount), pay('2')), { UAH: '2.00' }, amount);
    assert.deepEqual(totals({ amount: '5', currency_code: '"UAH"' }), { UAH: '0.00' });
  });

  it('take the one of two amounts that counts', () => {
    const document = parseDocument('{"amount": "1", "amount": "2", "currency_code": "UAH"}');
    assert.deepEqual(totalsOf(document.requests.map((request) => ({ document, request }))), [
      { currency: 'UAH', amount: '2.00' },
    ]);
  });
});
