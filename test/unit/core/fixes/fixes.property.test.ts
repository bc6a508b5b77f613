import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Node } from 'jsonc-parser';
import { URL_FIELDS } from '../../../../src/core/contract/fields';
import { parseDocument } from '../../../../src/core/document/document';
import { ENVIRONMENTS } from '../../../../src/core/environments/environment';
import { fixesFor } from '../../../../src/core/fixes/fixes';
import { severityOf } from '../../../../src/core/problems/catalogue';
import type { DocumentProblem } from '../../../../src/core/problems/problem';
import { reportProblem } from '../../../../src/core/report/reportProblem';
import { validate } from '../../../../src/core/validate/validate';
import { anyText, damaged, elsewhere, jsonc, requestText } from '../../../support/arbitraryTexts';
import { CONTEXT, type EditFix } from '../../../support/documentProblems';
import { edited } from '../../../support/marked';

const RUNS = 100;

type Context = typeof CONTEXT;

/** What users write into their settings. */
const contexts = fc
  .record(
    Object.fromEntries(
      URL_FIELDS.map(({ name }) => [
        name,
        fc.constantFrom(
          ...['https://default.example/a?b=%26', 'https://{{shop}}.example/', 'http://plain.example/'],
          ...['', ' ', 'shop.example', 'https://{{nobody}}.example/', 'https://a.example/{{', 'https://a b'],
        ),
      ]),
    ),
  )
  .map((defaultUrls): Context => ({ ...CONTEXT, defaultUrls }));

function problemsOf(text: string, context: Context = CONTEXT): DocumentProblem[] {
  return validate(parseDocument(text), context);
}

/** What a problem says and of what, wherever it stands, and whatever else there is in the request. */
const nameOf = ({ kind, pointer, arguments: given }: DocumentProblem) =>
  JSON.stringify([kind, pointer, { ...given, near: undefined, fields: undefined, isPresent: undefined }]);

/** What the first list has more of than the second. */
function minus(these: readonly string[], those: readonly string[]): string[] {
  const rest = [...those];
  return these.filter((one) => {
    const place = rest.indexOf(one);
    if (place >= 0) rest.splice(place, 1);
    return place < 0;
  });
}

/** What is wrong with a value or an id that did not count before, and does now; no fix could help that. */
function isUncovered(found: string, problem: DocumentProblem, fix: EditFix): boolean {
  const [kind, pointer] = JSON.parse(found) as [DocumentProblem['kind'], string];
  switch (kind) {
    case 'external-id-repeated':
      return true;
    case 'amount-zero':
      // Of a number nobody said that it is zero.
      return fix.id === 'quote-value' || fix.id === 'write-amount' || isRenamed();
    case 'url-insecure':
      // The user's own default.
      return fix.id === 'add-urls' || fix.id === 'fill-field' || isRenamed();
    case 'urls-missing':
      // `null` is no URL, either.
      return fix.id === 'remove-field';
    case 'field-unknown':
      // Another name that could have been the same field, which is there now.
      return fix.id === 'rename-field';
    default:
      return isRenamed();
  }

  function isRenamed(): boolean {
    const { arguments: given } = problem;
    const meant = 'meant' in given ? given.meant : 'near' in given ? String(given.near) : undefined;
    if (fix.id !== 'rename-field' || meant === undefined) return false;
    return pointer === problem.pointer.replace(/[^/]*$/, meant);
  }
}

function helps(
  text: string,
  before: readonly DocumentProblem[],
  problem: DocumentProblem,
  fix: EditFix,
  context: Context,
): void {
  const after = problemsOf(edited(text, fix.edits), context);
  if (problem.kind === 'json-syntax') {
    const next = after.find(({ kind }) => kind === 'json-syntax');
    assert.ok(next === undefined || next.span.offset > problem.span.offset + 1, `${fix.id} in ${text}`);
    return;
  }
  assert.ok(
    minus(before.map(nameOf), after.map(nameOf)).includes(nameOf(problem)),
    `${fix.id} leaves ${nameOf(problem)}`,
  );
  const wrong = (problems: readonly DocumentProblem[]) =>
    problems.filter((one) => severityOf(one) !== 'information').map(nameOf);
  const added = minus(wrong(after), wrong(before)).filter((one) => !isUncovered(one, problem, fix));
  assert.deepEqual(added, [], `${fix.id} adds problems to ${text}`);
}

/** The texts, numbers and other scalars of a text, names included, in its order. */
function tokensOf(node: Node): unknown[] {
  return node.children ? node.children.flatMap(tokensOf) : [node.value];
}

describe('fixes of any text', function () {
  this.timeout(0);

  it('are found without an error, with edits that lie in the text', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom(...ENVIRONMENTS),
        fc.boolean(),
        (text, environment, withoutUrls) => {
          const context = { ...CONTEXT, environment, ...(withoutUrls ? { defaultUrls: {} } : {}) };
          const document = parseDocument(text);
          let last = 0;
          for (const problem of validate(document, context)) {
            const { offset, length } = problem.span;
            assert.ok(offset >= last && length >= 0 && offset + length <= text.length);
            last = offset;
            for (const fix of fixesFor(problem, document, context))
              if ('edits' in fix) edited(text, fix.edits);
            const { message, guidance } = reportProblem(problem, document, context);
            for (const words of [message, ...guidance])
              assert.match(words, /^[^\r\n\u2028\u2029\p{Cc}]+[.!?…]$/u);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('take their problem away and add none, whatever the settings hold', () => {
    for (const texts of [requestText, jsonc, damaged(requestText), elsewhere(requestText)])
      fc.assert(
        fc.property(texts, contexts, (text, context) => {
          const document = parseDocument(text);
          const problems = problemsOf(text, context);
          for (const problem of problems) {
            // Comments and commas of what is no JSON anyway: nobody knows what is meant.
            if (document.syntaxError && problem.kind !== 'json-syntax') continue;
            for (const fix of fixesFor(problem, document, context))
              if ('edits' in fix) helps(text, problems, problem, fix, context);
          }
        }),
        { numRuns: RUNS },
      );
  });

  it('of what is not JSON leave each text and number that could be read as it is', () => {
    const valuesIn = (text: string) => {
      const { root } = parseDocument(text);
      return root ? tokensOf(root) : [];
    };
    fc.assert(
      fc.property(
        fc.oneof(elsewhere(requestText), elsewhere(jsonc), damaged(elsewhere(requestText))),
        (text) => {
          const document = parseDocument(text);
          for (const problem of problemsOf(text))
            for (const fix of fixesFor(problem, document, CONTEXT)) {
              if (!('edits' in fix)) continue;
              const after = edited(text, fix.edits);
              const { syntaxError } = document;
              if (syntaxError) {
                const kept = valuesIn(text.slice(0, syntaxError.offset));
                assert.deepEqual(valuesIn(after).slice(0, kept.length), kept, `${fix.id} in ${text}`);
              } else assert.equal(parseDocument(after).syntaxError, undefined, `${fix.id} in ${text}`);
            }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('that convert what another language writes give the values that it has', () => {
    fc.assert(
      fc.property(requestText, (json) => {
        // A text with such quotes in it is written with others there.
        if (/['\x60“”\\]/.test(json)) return;
        for (const written of [json.replaceAll('"', "'"), json.replace(/"([^"]*)"/g, '“$1”'), `${json};`]) {
          const [problem] = problemsOf(written);
          if (problem?.kind !== 'json-syntax') continue;
          const fixes = fixesFor(problem, parseDocument(written), CONTEXT);
          const fix = fixes.find(({ id }) => id === 'write-json' || id === 'quote-text');
          assert.ok(fix && 'edits' in fix, written);
          assert.deepEqual(JSON.parse(edited(written, fix.edits)), JSON.parse(json));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('lead, one after the other, to a text that can be sent, where there is one for each error', () => {
    const fixable = fc
      .record({
        amount: fc.constantFrom('"1.00"', '5', '1.5', '1e2', undefined),
        currency_code: fc.constantFrom('"UAH"', '"uah"', '""', undefined),
        amout: fc.constantFrom(undefined, '"1.00"'),
        customer_id: fc.constantFrom('"c"', '" "', '12345678901234567890', undefined),
        external_id: fc.constantFrom('"a"', '"b"', '7', undefined),
        purpose: fc.constantFrom('"p"', 'null', '1', undefined),
        fail_url: fc.constantFrom('"https://a.example"', '""', '"http://a.example"', undefined),
      })
      .map((members) =>
        Object.entries(members)
          .flatMap(([name, value]) => (value === undefined ? [] : [`"${name}":${value}`]))
          .join(', /* and */ '),
      );
    const text = fc
      .array(fixable, { minLength: 1, maxLength: 4 })
      .map((all) => `[${all.map((one) => `{${one},}`).join()}]`);
    fc.assert(
      fc.property(text, (start) => {
        let id = 0;
        let now = start.replaceAll('{,}', '{}');
        for (let round = 0; ; round++) {
          const problem = problemsOf(now).find((one) => severityOf(one) === 'error');
          if (!problem) break;
          assert.ok(round < 100, now);
          const context = { ...CONTEXT, newId: () => `new-${++id}` };
          const [fix] = fixesFor(problem, parseDocument(now), context);
          assert.ok(fix && 'edits' in fix, `nothing is offered for ${problem.kind} in ${now}`);
          now = edited(now, fix.edits);
        }
        assert.doesNotThrow(() => JSON.parse(now) as unknown);
      }),
    );
  });
});
