import { commands, Uri, window, workspace } from 'vscode';
import type { Report } from '../core/report/report';
import { toRange } from './convert';

/** Opens the file of a report at its first problem. */
export async function showProblem(uri: string, report: Report): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const [first] = report.problems;
  const editor = await window.showTextDocument(
    document,
    first ? { selection: toRange(first.range).with({ end: toRange(first.range).start }) } : {},
  );
  if (first) {
    editor.revealRange(toRange(first.range));
    await commands.executeCommand('editor.action.marker.next').then(undefined, () => undefined);
  }
}
