import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from '../../../../src/core/document/document';
import { EditedTree } from '../../../../src/core/document/editedTree';
import { stepsOf } from '../../../../src/core/document/pointer';
import { anchor, locate } from '../../../../src/core/problems/anchor';
import type { DocumentProblem } from '../../../../src/core/problems/problem';
import { validate } from '../../../../src/core/validate/validate';
import { afterEach, anyText, edits, jsonc, requestText } from '../../../support/arbitraryTexts';
import { CONTEXT } from '../../../support/documentProblems';
import { envelopeProblem } from '../../../support/problems';

/** Whether what is marked is one whole value, and nothing else. */
function isValue(marked: string): boolean {
  const { root, syntaxError } = parseDocument(marked);
  return !syntaxError && root?.offset === 0 && root.length === marked.length;
}

function isOnItsToken(problem: DocumentProblem, text: string): boolean {
  const { offset, length } = problem.span;
  const marked = text.slice(offset, offset + length);
  switch (problem.kind) {
    case 'json-syntax':
      return length > 0 || text.trim() === '';
    case 'json-comment':
      return /^\/[/*]/.test(marked);
    case 'json-trailing-comma':
      return marked === ',';
    case 'json-duplicate-key':
    case 'field-unknown':
    case 'field-misnamed': {
      const name = stepsOf(problem.pointer).at(-1);
      return isValue(marked) && JSON.parse(marked) === name;
    }
    case 'field-missing':
    case 'urls-missing':
      return marked.startsWith('{');
    case 'root-type':
      return marked.startsWith('[') || isValue(marked);
    case 'placeholder-unknown':
    case 'placeholder-format':
      return marked.startsWith('{{') || isValue(marked);
    case 'placeholder-foreign':
      return marked === problem.arguments.text || isValue(marked);
    case 'amount-format':
    case 'amount-minor-units':
    case 'currency-format':
    case 'currency-unknown':
    case 'external-id-repeated':
      return isValue(marked) && JSON.parse(marked) === problem.arguments.value;
    default:
      return isValue(marked);
  }
}

/** Of some the span is a node, with all that hangs on it. */
function withSpanAlone(problem: DocumentProblem): DocumentProblem {
  const { offset, length } = problem.span;
  return { ...problem, span: { offset, length } };
}

describe('a text that is edited', function () {
  this.timeout(0);

  it('has each problem on the token that it names, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(requestText, jsonc, anyText), edits, (start, all) => {
        for (const text of afterEach(start, all))
          for (const problem of validate(parseDocument(text), CONTEXT)) {
            const { offset, length } = problem.span;
            assert.ok(offset >= 0 && length >= 0 && offset + length <= text.length);
            assert.ok(isOnItsToken(problem, text), `${problem.kind} at ${offset}+${length} of ${text}`);
          }
      }),
      { numRuns: 300 },
    );
  });

  it('has the problems that a first look finds, where requests that did not change are not looked at', () => {
    fc.assert(
      fc.property(requestText, edits, (start, all) => {
        const [tree, checked] = [new EditedTree(), new WeakMap()];
        for (const text of [start, ...afterEach(start, all)])
          assert.deepEqual(
            validate(parseDocument(text, tree.read(text)), CONTEXT, checked).map(withSpanAlone),
            validate(parseDocument(text), CONTEXT).map(withSpanAlone),
            text,
          );
      }),
      { numRuns: 300 },
    );
  });

  it('shows a problem of a send at the text that it is about, or not at all', () => {
    fc.assert(
      fc.property(
        requestText,
        fc.nat(),
        fc.constantFrom('', '/amount', '/external_id'),
        edits,
        (start, place, field, all) => {
          const document = parseDocument(start);
          const request = document.requests[place % document.requests.length];
          if (!request) return;
          const problem = envelopeProblem({}, request.pointer + field);
          const tied = anchor(problem, document, request);
          for (const text of afterEach(start, all)) {
            const now = parseDocument(text);
            const found = locate(tied, now);
            if (!found?.span) continue;
            const { offset, length } = found.span;
            assert.ok(offset >= 0 && length >= 0 && offset + length <= text.length);
            assert.equal(anchor(found, now, request).text, tied.text);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
