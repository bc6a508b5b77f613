import { requestAt, type RequestDocument } from '../document/document';
import { spanAt } from '../document/pointer';
import { isSentProblem } from '../problems/catalogue';
import type { Problem } from '../problems/problem';
import { documentFixes } from './documentFixes';
import type { Fix, FixContext, FixId } from './fix';
import { isHelpful } from './helpful';
import { sentFixes } from './sentFixes';
import type { TextEdit } from '../document/positions';

/** What mends a problem, best first. The text of now is what the edits apply to; what would make it worse is left out. */
export function fixesFor(problem: Problem, document: RequestDocument, context: FixContext): Fix[] {
  const request = requestAt(document, problem.pointer);
  const fixes = isSentProblem(problem)
    ? sentFixes(problem, document, request, context)
    : documentFixes(problem, problem.span ?? spanAt(document, problem.pointer), document, request, context);
  return fixes.filter((fix) => !('edits' in fix) || isHelpful(problem, fix, document, request, context));
}

/** Fixes that leave what the user means as it is: the same digits, the same letters. */
const SAFE: ReadonlySet<FixId> = new Set([
  'quote-value',
  'uppercase-currency',
  'remove-comment',
  'remove-trailing-comma',
]);

/** Whether a fix may be made unasked, together with others. */
export const isSafeFix = (id: FixId): boolean => SAFE.has(id);

/** The edits that can be made all at once, unasked. Never one that changes an amount or an id. */
export function fixAllEdits(
  problems: readonly Problem[],
  document: RequestDocument,
  context: FixContext,
): TextEdit[] {
  // Of a text that is not JSON nobody knows what is meant: a comment without an end takes all of the rest along.
  if (document.syntaxError) return [];
  return problems.flatMap((problem) => {
    const [fix] = fixesFor(problem, document, context);
    return fix && 'edits' in fix && isSafeFix(fix.id) ? fix.edits : [];
  });
}
