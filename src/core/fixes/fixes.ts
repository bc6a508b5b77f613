import { requestAt, type RequestDocument } from '../document/document';
import { spanAt } from '../document/pointer';
import { isSentProblem } from '../problems/catalogue';
import type { Problem } from '../problems/problem';
import { documentFixes } from './documentFixes';
import type { Fix, FixContext } from './fix';
import { sentFixes } from './sentFixes';

/** What mends a problem, best first. The text of now is what the edits apply to. */
export function fixesFor(problem: Problem, document: RequestDocument, context: FixContext): Fix[] {
  const request = requestAt(document, problem.pointer);
  if (isSentProblem(problem)) return sentFixes(problem, document, request, context);
  return documentFixes(
    problem,
    problem.span ?? spanAt(document, problem.pointer),
    document,
    request,
    context,
  );
}
