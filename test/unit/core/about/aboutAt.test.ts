import assert from 'node:assert/strict';
import fc from 'fast-check';
import { aboutAt } from '../../../../src/core/about/aboutAt';
import { FIELDS } from '../../../../src/core/contract/fields';
import { parseDocument } from '../../../../src/core/document/document';
import { anyText } from '../../../support/arbitraryTexts';
import { CONTEXT } from '../../../support/documentProblems';
import { marked } from '../../../support/marked';
import { batch, request } from '../../../support/requests';

/** What is told of the thing that is marked, at its first and at its last character. */
function told(source: string, values: readonly string[] = []): string | undefined {
  const { text, span } = marked(source);
  const document = parseDocument(text);
  const sent = values.map((value) => ({ value, expression: '', span }));
  const first = aboutAt(document, span.offset, CONTEXT, sent);
  const last = aboutAt(document, span.offset + span.length - 1, CONTEXT, sent);
  assert.deepEqual(first, last);
  if (!first) return undefined;
  assert.deepEqual(first.span, span);
  return [[first.name, ...first.facts].join(' · '), ...first.sentences, first.docs]
    .filter((line) => line !== undefined)
    .join('\n');
}

describe('what is told of things in a request', () => {
  const VENDOR = 'https://docs.ecca-ex.com/invoices';
  const cases: readonly (readonly [text: string, expected: string])[] = [
    [
      request({ amount: '1' }).replace('"amount"', '«"amount"»'),
      `amount · string · required\nAmount in fiat currency as a string, at most 2 decimals: "1500.00".\n${VENDOR}`,
    ],
    [
      batch({}, { purpose: '""' }).replace('"purpose"', '«"purpose"»'),
      `purpose · string · optional · at most 512 characters\nWhat the customer pays for, shown on the payment page.\n${VENDOR}`,
    ],
    [
      '{«"callback_url"»',
      `callback_url · string · required unless the merchant’s dashboard has a default\nWhere webhooks go.\n${VENDOR}`,
    ],
    [request({ currency_code: '«"UAH"»' }), 'UAH · Hryvnia · ₴ · ISO 4217'],
    [request({ currency_code: '«"XDR"»' }), 'XDR · SDR (Special Drawing Right) · ISO 4217'],
    [request({ external_id: '"💶-«{{$uuid}}»"' }), '{{$uuid}} · a random UUID\nNew for each send.'],
    [
      request({ amount: '"«{{ $randomInt 1 9 }}».00"' }),
      '{{$randomInt 1 9}} · a random integer between two bounds\nNew for each send.',
    ],
    [request({ purpose: '{"deep": ["«{{shop}}»"]}' }), '{{shop}} · your variable\nIn dev it is "kyiv".'],
  ];
  for (const [text, expected] of cases)
    it(text.slice(text.indexOf('«'), text.indexOf('»') + 1), () => assert.equal(told(text), expected));

  it('says which value the last send used', () => {
    assert.equal(
      told(request({ external_id: '"a«{{$uuid}}»"' }), ['00000000-0000-4000-8000-000000000000']),
      '{{$uuid}} · a random UUID\nNew for each send.\nThe last send used "00000000-0000-4000-8000-000000000000".',
    );
  });

  const nothing = [
    request({ zzz: '1' }).replace('"zzz"', '«"zzz"»'),
    request({ purpose: '{"amount": "1"}' }).replace('{"amount"', '{«"amount"»'),
    `[${request()}, [{«"amount"»: 1}]]`,
    request({ amount: '«"1500.00"»' }),
    request({ currency_code: '«"uah"»' }),
    request({ purpose: '«"UAH"»' }),
    request({ purpose: '"«{{nobody}}»"' }),
    request({ purpose: '"«{{__proto__}}»"' }),
    request({ purpose: '«"\\u007b{$uuid}}{{$uuid}}"»' }),
    request({ '{{$uuid}}': '1' }).replace('"{{$uuid}}"', '«"{{$uuid}}"»'),
    '«"amount"»',
    '[«"amount"»]',
    `${'['.repeat(200)}«"a"»`,
  ];
  for (const text of nothing)
    it(`nothing of ${text.slice(text.indexOf('«'), text.indexOf('»') + 1)} in ${text.slice(0, 20)}`, () =>
      assert.equal(told(text), undefined));

  it('names every field with its rule', () => {
    for (const { name, maxLength } of FIELDS) {
      const text = told(`{«"${name}"»: ""}`) ?? '';
      assert.ok(text.startsWith(`${name} · string · `), text);
      if (maxLength !== undefined) assert.ok(text.includes(`at most ${maxLength} characters`), text);
    }
  });

  it('is of what stands there, in any text', () => {
    fc.assert(
      fc.property(anyText, fc.double({ min: 0, max: 1, noNaN: true }), (text, part) => {
        const at = Math.round(part * text.length);
        const about = aboutAt(parseDocument(text), at, CONTEXT, []);
        if (about) assert.ok(about.span.offset <= at && at < about.span.offset + about.span.length);
      }),
      { numRuns: 300 },
    );
  });
});
