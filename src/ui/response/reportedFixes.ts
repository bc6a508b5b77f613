import { parseDocument, type RequestDocument } from '../../core/document/document';
import { actions } from '../../core/fixes/actions';
import { isActionFixId, type Fix } from '../../core/fixes/fix';
import { fixesFor } from '../../core/fixes/fixes';
import { locate } from '../../core/problems/anchor';
import { codeOf } from '../../core/problems/problem';
import { tieOf, type SentReport } from '../../app/outcomes/sentReport';
import type { LiveProblems } from '../language/liveProblems';
import { openDocument } from '../shell/requestDocuments';

export interface ReportedFixes {
  readonly fixes: readonly Fix[];
  /** What edits refer to. */
  readonly document: RequestDocument;
  /** Whether the text that the problem is about was changed since. */
  readonly isEdited: boolean;
}

const NOTHING = parseDocument('');

/** The fixes of one problem of a report, for the text of now; those that edit only where that is open and unchanged. */
export function reportedFixes(
  sentReport: SentReport,
  place: number,
  live: LiveProblems,
  newId: () => string,
): ReportedFixes {
  const { uri, report } = sentReport;
  const reported = report.problems[place];
  const open = openDocument(uri);
  const ofNow = open && live.of(open);
  const document = ofNow?.document ?? (open ? parseDocument(open.getText()) : NOTHING);
  const context = { ...live.context(), environment: report.environment, newId };
  const sent = tieOf(sentReport, reported);
  if (sent) {
    const problem = locate(sent, document);
    if (problem) return { fixes: fixesFor(problem, document, context), document, isEdited: false };
    const fixes = fixesFor(sent.problem, NOTHING, context).filter((fix) => !('edits' in fix));
    return { fixes, document, isEdited: open !== undefined };
  }
  const present = ofNow?.problems.find(
    ({ problem, sent: bySend }) =>
      !bySend && codeOf(problem) === reported?.code && problem.pointer === reported.pointer,
  );
  // Of a send of the history there are the ids alone, and what edits would have been for is not known.
  const kept = reported?.source === 'api' ? reported.fixes.filter(isActionFixId) : [];
  const fixes = present ? fixesFor(present.problem, document, context) : actions(context, ...kept);
  return { fixes, document, isEdited: open !== undefined && !present };
}
