import { commands, Uri, window, workspace } from 'vscode';
import { leadingProblem, type Report } from '../core/report/report';
import { toRange } from './convert';
import { fileNameOf } from './fileName';
import { notify } from './notify';

/** Opens the file of a report at a problem, if none is named at the one that decided its outcome, with what to do about it. */
export async function showProblem(
  uri: string,
  report: Report,
  problem = leadingProblem(report),
): Promise<void> {
  try {
    const document = await workspace.openTextDocument(Uri.parse(uri));
    const start = problem && toRange(problem.range).start;
    await window.showTextDocument(
      document,
      start ? { selection: toRange(problem.range).with(start, start) } : {},
    );
    if (problem) await commands.executeCommand('editor.action.showHover', { focus: 'noAutoFocus' });
  } catch {
    void notify.error(`${fileNameOf(uri)} cannot be opened any more.`);
  }
}
