import type { RequestDocument } from '../document/document';
import { spanAt } from '../document/pointer';
import type { FixContext } from '../fixes/fix';
import { fixesFor } from '../fixes/fixes';
import { documentationOf, isRetryable, severityOf, sourceOf } from '../problems/catalogue';
import { codeOf, type Problem } from '../problems/problem';
import { wordsOf } from '../problems/words';
import type { ReportedProblem } from './report';

/** Gives a problem its words and its place. */
export function reportProblem(
  problem: Problem,
  document: RequestDocument,
  context: FixContext,
): ReportedProblem {
  const { message, guidance } = wordsOf(problem, context);
  return {
    code: codeOf(problem),
    severity: severityOf(problem),
    source: sourceOf(problem),
    pointer: problem.pointer,
    range: document.lines.rangeOf(problem.span ?? spanAt(document, problem.pointer)),
    message,
    guidance,
    docs: documentationOf(problem),
    retryable: isRetryable(problem),
    fixes: fixesFor(problem, document, context).map(({ id }) => id),
  };
}
