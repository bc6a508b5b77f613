import assert from 'node:assert/strict';
import fc from 'fast-check';
import { suggestionsAt } from '../../../../src/core/completion/complete';
import { parseDocument } from '../../../../src/core/document/document';
import { anyText, jsonc, requestText } from '../../../support/arbitraryTexts';
import { CONTEXT } from '../../../support/documentProblems';

describe('suggestions in any text', function () {
  this.timeout(0);

  it('take the place of what is at the cursor, and put the cursor into what they write', () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.oneof(anyText, jsonc, requestText),
        fc.array(place, { maxLength: 5 }),
        (text, places) => {
          const document = parseDocument(text);
          for (const part of places) {
            const at = Math.round(part * text.length);
            for (const { span, text: written, back } of suggestionsAt(document, at, CONTEXT)) {
              assert.ok(span.offset >= 0 && span.length >= 0 && span.offset + span.length <= text.length);
              assert.ok(span.offset <= at && at <= span.offset + span.length, `${at} is not in it`);
              assert.ok(back >= 0 && back <= written.length);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are none behind what is written', () => {
    for (const text of ['{"amount" /*|*/: "1"}', '{"amount"  |: "1"}', '{"currency_code": "UAH" | }'])
      assert.deepEqual(
        suggestionsAt(parseDocument(text.replace('|', '')), text.indexOf('|'), CONTEXT),
        [],
        text,
      );
  });

  it('are none where the text is too deep', () => {
    for (const text of ['['.repeat(100_000), '{"a":'.repeat(50_000), '[},'.repeat(50_000)])
      assert.deepEqual(suggestionsAt(parseDocument(text), text.length, CONTEXT), []);
  });
});
