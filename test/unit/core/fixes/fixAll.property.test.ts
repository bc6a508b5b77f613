import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from '../../../../src/core/document/document';
import { fixAllEdits } from '../../../../src/core/fixes/fixes';
import { severityOf } from '../../../../src/core/problems/catalogue';
import { validate } from '../../../../src/core/validate/validate';
import { anyText, damaged, json, jsonc, requestText } from '../../../support/arbitraryTexts';
import { CONTEXT } from '../../../support/documentProblems';
import { edited } from '../../../support/marked';

const problemsOf = (text: string) => validate(parseDocument(text), CONTEXT);

function fixedAll(text: string): string {
  return edited(text, fixAllEdits(problemsOf(text), parseDocument(text), CONTEXT));
}

const errorsOf = (text: string) =>
  problemsOf(text).filter((problem) => severityOf(problem) === 'error').length;

/** A value as it is meant: a number and its digits in quotes are one, and so are both cases. */
function meant(value: unknown): unknown {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') {
    const number = Number(value);
    return value.trim() === '' || Number.isNaN(number) ? value.trim().toUpperCase() : number;
  }
  if (Array.isArray(value)) return value.map(meant);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, meant(item)]));
}

describe('fixing all in any text', function () {
  this.timeout(0);

  it('adds no error, and is done in one go', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, jsonc, requestText, damaged(requestText)), (text) => {
        const after = fixedAll(text);
        // An id that counts as a text now may be that of another request.
        const repeated = problemsOf(after).filter(({ kind }) => kind === 'external-id-repeated').length;
        assert.ok(errorsOf(after) - repeated <= errorsOf(text));
        assert.equal(fixedAll(after), after);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves what is meant as it is', () => {
    fc.assert(
      fc.property(fc.oneof(json, requestText), (text) => {
        assert.deepEqual(meant(JSON.parse(fixedAll(text))), meant(JSON.parse(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves a text alone that is not JSON', () => {
    for (const text of ['/* {"amount": 1}', '{"amount": 1, // a', '[1,,]', '{"amount": 1 /* a */'])
      assert.equal(fixedAll(text), text);
  });
});
