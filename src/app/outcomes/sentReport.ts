import { URI } from 'vscode-uri';
import type { SentRequest } from '../../core/document/sentValues';
import type { AnchoredProblem } from '../../core/problems/anchor';
import type { Exchange } from '../../core/report/exchange';
import type { Report, ReportedProblem } from '../../core/report/report';

/** A problem of a report, tied to the text that it is about. */
export interface TiedProblem extends AnchoredProblem {
  /** The same problem as the report has it. */
  readonly reported: ReportedProblem;
}

/** A report, and its problems from sending tied to the text that they are about. */
export interface SentReport {
  readonly uri: string;
  readonly report: Report;
  readonly anchored: readonly TiedProblem[];
  /** What went over the wire; absent where nothing was sent. */
  readonly exchange?: Exchange;
  /** The request as it was sent; absent where the text had none. */
  readonly request?: SentRequest;
  /** A person said no at the question: what an earlier send of the request came to stays. */
  readonly isDeclined?: true;
}

/** What ties a problem of the report to the text; nothing where the text alone shows it. */
export function tieOf(
  { anchored }: SentReport,
  problem: ReportedProblem | undefined,
): TiedProblem | undefined {
  return anchored.find(({ reported }) => reported === problem);
}

/** The path of a file, as people know it; the URI of anything else. */
export function fileOf(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : uri;
}
