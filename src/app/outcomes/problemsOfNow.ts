import { documentedError } from '../../core/contract/errors';
import type { RequestDocument } from '../../core/document/document';
import type { Environment } from '../../core/environments/environment';
import { locate } from '../../core/problems/anchor';
import { severityOf } from '../../core/problems/catalogue';
import type { Problem, Severity } from '../../core/problems/problem';
import { validate, type CheckedRequests, type ValidationContext } from '../../core/validate/validate';
import type { SentReport } from './sentReport';

/** A problem of a text as it stands now, and the environment that it is about. */
export interface PresentProblem {
  readonly problem: Problem;
  readonly environment: Environment;
  /** The send that it comes from; absent where the text alone shows it. */
  readonly sent?: SentReport;
}

/** What is wrong with a document now: by itself, and by what the last send of each of its requests said. */
export function problemsOfNow(
  document: RequestDocument,
  context: ValidationContext,
  reports: readonly SentReport[],
  checked?: CheckedRequests,
): PresentProblem[] {
  const sent = reports.flatMap((report) =>
    report.anchored.flatMap((anchored): PresentProblem[] => {
      const problem = locate(anchored, document);
      return problem ? [{ problem, environment: report.report.environment, sent: report }] : [];
    }),
  );
  const certain = new Set(sent.flatMap(({ problem }) => (areUrlsMissing(problem) ? [problem.pointer] : [])));
  const own = validate(document, context, checked).filter(
    ({ kind, pointer }) => kind !== 'urls-missing' || !certain.has(pointer),
  );
  return [...sent, ...own.map((problem) => ({ problem, environment: context.environment }))].sort(worstFirst);
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

/** Of several problems at one place the worst comes first, and with it its fixes. */
function worstFirst(a: PresentProblem, b: PresentProblem): number {
  return RANK[severityOf(a.problem)] - RANK[severityOf(b.problem)];
}

/** The API has said for sure what the check of the text only supposes. */
function areUrlsMissing({ kind, arguments: given }: Problem): boolean {
  return kind === 'envelope' && documentedError(given.code)?.about === 'urls';
}
