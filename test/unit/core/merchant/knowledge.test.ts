import assert from 'node:assert/strict';
import { parseDocument } from '../../../../src/core/document/document';
import { fixesFor } from '../../../../src/core/fixes/fixes';
import { currencyCodesIn, limitsIn, type MerchantKnowledge } from '../../../../src/core/merchant/knowledge';
import { severityOf } from '../../../../src/core/problems/catalogue';
import { wordsOf } from '../../../../src/core/problems/words';
import { validate } from '../../../../src/core/validate/validate';
import { CONTEXT } from '../../../support/documentProblems';
import { batch, request } from '../../../support/requests';

const method = (code: unknown, min_sum: unknown, max_sum: unknown, name: unknown = 'Card') => ({
  name,
  min_sum,
  max_sum,
  currency: { code },
});

describe('what an answer says of a merchant', () => {
  it('is the currencies, if every item has one', () => {
    assert.deepEqual(currencyCodesIn([{ currency: 'UAH' }, { currency: 'eur', name: 1 }]), ['UAH', 'EUR']);
    assert.deepEqual(currencyCodesIn([]), []);
    for (const other of [undefined, {}, 'UAH', [{ currency: 'UAH' }, {}], [{ currency: 5 }], ['UAH']])
      assert.equal(currencyCodesIn(other), undefined);
  });

  it('is the limits of each method', () => {
    const found = limitsIn([
      method('UAH', '300.00', '29000.00'),
      method('uah', '1', '2', ''),
      method('EUR', '0', '5'),
    ]);
    assert.deepEqual(Object.fromEntries(found ?? []), {
      UAH: [
        { name: 'Card', min: '300.00', max: '29000.00' },
        { name: '', min: '1', max: '2' },
      ],
      EUR: [{ name: 'Card', min: '0', max: '5' }],
    });
  });

  it('says nothing of a currency with a method whose limits are none', () => {
    for (const limits of [
      [null, '5'],
      ['1', undefined],
      [1, 5],
      ['1e3', '5'],
      ['', ''],
    ])
      assert.deepEqual(
        [
          ...(limitsIn([
            method('UAH', ...(limits as [unknown, unknown])),
            method('UAH', '1', '2'),
            method('EUR', '1', '2'),
          ])?.keys() ?? []),
        ],
        ['EUR'],
      );
  });

  it('says nothing at all where a method is for an unknown currency', () => {
    for (const other of [undefined, {}, [null], [method(undefined, '1', '2')], [{ currency: 'UAH' }], ['x']])
      assert.equal(limitsIn(other), undefined);
  });
});

describe('a request against what is known of the merchant', () => {
  const at = '2026-01-02T14:03:00';
  const merchant: MerchantKnowledge = {
    environment: 'dev',
    currencies: { at, codes: ['UAH', 'EUR', 'TRY', 'JPY', 'x</script>'] },
    methods: new Map([
      [
        'UAH',
        {
          at,
          limits: [
            { name: 'Card', min: '300.00', max: '29000.00' },
            { name: 'Bank', min: '50000.00', max: '150000.00' },
          ],
        },
      ],
      ['JPY', { at, limits: [] }],
    ]),
  };
  const found = (text: string, known: MerchantKnowledge = merchant) =>
    validate(parseDocument(text), { ...CONTEXT, merchant: known });
  const kinds = (changes: Record<string, string>, known = merchant) =>
    found(request(changes), known).map(({ kind }) => kind);

  const outside = ['"299.99"', '"29000.01"', '"49999.99"', '"150000.01"', '"0.01"', '"99999999999999999999"'];
  for (const amount of outside)
    it(`${amount} UAH is outside of every method`, () =>
      assert.deepEqual(kinds({ amount }), ['amount-outside-limits']));

  const inside = ['"300.00"', '"300"', '"29000.00"', '"50000.00"', '"1500.00"', '"{{amount}}"'];
  for (const amount of inside)
    it(`${amount} UAH is not`, () => assert.ok(!kinds({ amount }).includes('amount-outside-limits')));

  it('is not measured where nothing is known of its currency', () => {
    assert.deepEqual(kinds({ currency_code: '"EUR"', amount: '"1"' }), []);
    assert.deepEqual(kinds({ currency_code: '"JPY"', amount: '"1"' }), []);
    assert.deepEqual(kinds({ amount: '"1"' }, { environment: 'dev', methods: new Map() }), []);
    assert.deepEqual(kinds({ currency_code: '"SEK"' }, { environment: 'dev', methods: new Map() }), []);
  });

  it('has one problem for one fault', () => {
    assert.deepEqual(kinds({ amount: '"1,5"' }), ['amount-format']);
    assert.deepEqual(kinds({ amount: '5' }), ['field-type']);
    assert.deepEqual(kinds({ currency_code: '"uah"' }), ['currency-format']);
    assert.deepEqual(kinds({ currency_code: '"QQQ"' }), ['currency-unknown']);
    assert.deepEqual(kinds({ currency_code: '"SEK"', amount: '"1"' }), ['currency-not-offered']);
  });

  it('is told in words, as information, at its place', () => {
    const text = batch({}, { amount: '"1.00"' }, { currency_code: '"EEK"' }, { currency_code: '"SEK"' });
    const problems = found(text).filter(({ kind }) => kind !== 'currency-unknown');
    assert.deepEqual(
      problems.map((problem) => [
        problem.pointer,
        text.slice(problem.span.offset, problem.span.offset + problem.span.length),
        severityOf(problem),
        wordsOf(problem, { environment: 'dev' }).message,
      ]),
      [
        [
          '/1/amount',
          '"1.00"',
          'information',
          'No payment method for UAH takes 1.00: Card 300.00 to 29000.00 and Bank 50000.00 to 150000.00, as fetched at 14:03 from dev.',
        ],
        [
          '/3/currency_code',
          '"SEK"',
          'information',
          'The merchant has no SEK, as fetched at 14:03 from dev.',
        ],
      ],
    );
    const [limits, currency] = problems;
    assert.ok(limits && currency);
    const titles = (problem: typeof limits) =>
      fixesFor(problem, parseDocument(text), CONTEXT).map(({ title }) => title);
    assert.deepEqual(titles(limits), ['Fetch the payment methods of dev again']);
    assert.deepEqual(titles(currency).slice(-1), ['Fetch the currencies of dev again']);
    assert.deepEqual(
      titles(currency)
        .slice(0, -1)
        .map((title) => /^Write "(UAH|EUR|TRY|JPY)"$/.test(title)),
      [true, true, true],
    );
  });

  it('is not checked where nobody asked the API', () => {
    assert.deepEqual(
      validate(parseDocument(request({ amount: '"1"', currency_code: '"SEK"' })), CONTEXT),
      [],
    );
  });
});
