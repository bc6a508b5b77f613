import assert from 'node:assert/strict';
import { suggestionsAt, type Suggestion } from '../../../../src/core/completion/complete';
import { parseDocument } from '../../../../src/core/document/document';
import { CONTEXT } from '../../../support/documentProblems';

/** What is offered at the `|` of a text. */
function at(marked: string): { text: string; offered: Suggestion[] } {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, offered: suggestionsAt(parseDocument(text), offset, CONTEXT) };
}

const labels = (marked: string) => at(marked).offered.map(({ label }) => label);

/** The text after a suggestion was taken, with the cursor where it then is. */
function taken(marked: string, label: string): string {
  const { text, offered } = at(marked);
  const suggestion = offered.find((one) => one.label === label);
  assert.ok(suggestion, `${label} is among ${offered.map((one) => one.label).join(', ')}`);
  const { span, text: written, back } = suggestion;
  const cursor = written.length - back;
  const rest = text.slice(span.offset + span.length);
  return `${text.slice(0, span.offset)}${written.slice(0, cursor)}|${written.slice(cursor)}${rest}`;
}

describe('completion', () => {
  const ALL = [
    'amount',
    'currency_code',
    'customer_id',
    'external_id',
    'callback_url',
    'success_url',
    'fail_url',
    'purpose',
  ];

  it('offers the fields, required ones first', () => {
    assert.deepEqual(labels('{|}'), ALL);
    assert.deepEqual(labels('[{}, {|}]'), ALL);
    assert.deepEqual(labels('{"|"}'), ALL);
  });

  it('offers no field a second time, and the one that is being written', () => {
    assert.deepEqual(labels('{"amount": "1", |}'), ALL.slice(1));
    assert.ok(labels('{"amount|": "1"}').includes('amount'));
  });

  const writes: readonly [string, string, string][] = [
    ['{|}', 'amount', '{"amount": "|"}'],
    ['{"am|"}', 'amount', '{"amount": "|"}'],
    ['{"am|": "5"}', 'amount', '{"amount"|: "5"}'],
    ['{| "purpose": "x"}', 'amount', '{"amount": "|", "purpose": "x"}'],
    ['{"currency_code": "|"}', 'UAH', '{"currency_code": "UAH"|}'],
    ['{"currency_code": |}', 'EUR', '{"currency_code": "EUR"|}'],
    ['[{"currency_code": "U|"}]', 'USD', '[{"currency_code": "USD"|}]'],
    ['{"external_id": "|"}', 'order-new', '{"external_id": "order-new"|}'],
    ['{"fail_url": "|"}', 'https://default.example/fail', '{"fail_url": "https://default.example/fail"|}'],
    ['{"purpose": "a {{| b"}', '{{$uuid}}', '{"purpose": "a {{$uuid}}| b"}'],
    ['{"purpose": "a {{$u|}} b"}', '{{$uuid}}', '{"purpose": "a {{$uuid}}| b"}'],
    ['{"amount": "{{s|"}', '{{shop}}', '{"amount": "{{shop}}|"}'],
    ['{"customer_id": "|"}', '{{shop}}', '{"customer_id": "{{shop}}"|}'],
    ['{"amount": |}', '{{shop}}', '{"amount": "{{shop}}"|}'],
    // What is not closed yet, or has no quotes yet.
    ['{"am|', 'amount', '{"amount": "|"'],
    ['{"am|\r\n "purpose": "x"}', 'amount', '{"amount": "|",\r\n "purpose": "x"}'],
    ['{am|}', 'amount', '{"amount": "|"}'],
    ['{"currency_code": "|', 'UAH', '{"currency_code": "UAH"|'],
    ['{"currency_code": U|}', 'UAH', '{"currency_code": "UAH"|}'],
    ['{"purpose": "{{|\n}', '{{$uuid}}', '{"purpose": "{{$uuid}}|\n}'],
    ['[{}, {"|\n]', 'amount', '[{}, {"amount": "|"\n]'],
    // What stands around it.
    ['\ufeff{"|"}', 'amount', '\ufeff{"amount": "|"}'],
    ['{ // why\n "|" /* so */ }', 'amount', '{ // why\n "amount": "|" /* so */ }'],
    ['{"purpose": "💶 {{|}} 💶"}', '{{$uuid}}', '{"purpose": "💶 {{$uuid}}| 💶"}'],
    [
      '[{"purpose": "💶"},\r{"currency_code": "|"}]',
      'EUR',
      '[{"purpose": "💶"},\r{"currency_code": "EUR"|}]',
    ],
  ];
  for (const [before, label, after] of writes) {
    it(`${before} → ${after}`, () => assert.equal(taken(before, label), after));
  }

  const nothing = [
    '|',
    '5|',
    '{}|',
    '{"amount": "1|"}',
    '{"amount": "1", // {{|\n}',
    '{ /* "|" */ }',
    '{ /* |',
    '{ //|',
    '{"purpose": "{{$uuid}}|"}',
    '{"purpose": {|}}',
    '[|]',
    '{"nobody": "|"}',
  ];
  for (const text of nothing) it(`${text} offers nothing`, () => assert.deepEqual(labels(text), []));

  it('knows currencies by name and sign, where they have one', () => {
    const { offered } = at('{"currency_code": "|"}');
    const about = (code: string) => offered.find(({ label }) => label === code)?.detail;
    assert.equal(about('UAH'), '₴ Hryvnia');
    assert.equal(about('CHF'), 'Swiss Franc');
    assert.equal(about('XXX'), 'The codes assigned for transactions where no currency is involved');
  });

  it('has no currency that ISO 4217 has withdrawn, and all that it has added', () => {
    const offered = labels('{"currency_code": "|"}');
    for (const code of ['ANG', 'BGN', 'CUC', 'HRK', 'SLL', 'ZWL', 'VEF'])
      assert.ok(!offered.includes(code), code);
    for (const code of ['XCG', 'XAD', 'SLE', 'VED', 'ZWG', 'EUR']) assert.ok(offered.includes(code), code);
  });
});
