import { commands, Uri, Range, window, workspace, type TextDocument } from 'vscode';
import { tieOf, type SentReport } from '../../app/outcomes/sentReport';
import { parseDocument } from '../../core/document/document';
import { spanAt } from '../../core/document/pointer';
import { locate } from '../../core/problems/anchor';
import { leadingProblem, type ReportedProblem } from '../../core/report/report';
import { toRange, fileNameOf } from './convert';
import { notify } from './notify';
import { notOpened } from '../../core/sharedWords';

/** Opens the file of a report at a problem, if none is named at the one that decided its outcome, with what to do about it. */
export async function showProblem(sent: SentReport, problem = leadingProblem(sent.report)): Promise<void> {
  try {
    const document = await workspace.openTextDocument(Uri.parse(sent.uri));
    const start = problem && toRange(rangeOfNow(sent, problem, document)).start;
    await window.showTextDocument(document, start ? { selection: new Range(start, start) } : {});
    if (problem) await commands.executeCommand('editor.action.showHover', { focus: 'noAutoFocus' });
  } catch {
    void notify.error(notOpened(fileNameOf(sent.uri)));
  }
}

/** Where the text that it is about is now; where that is gone, or was never kept, the place at the send. */
function rangeOfNow(
  sent: SentReport,
  problem: ReportedProblem,
  document: TextDocument,
): ReportedProblem['range'] {
  const tied = tieOf(sent, problem);
  if (!tied) return problem.range;
  const ofNow = parseDocument(document.getText());
  const found = locate(tied, ofNow);
  return found ? ofNow.lines.rangeOf(found.span ?? spanAt(ofNow, found.pointer)) : problem.range;
}
