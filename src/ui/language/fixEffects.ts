import { WorkspaceEdit, type Command, type Uri } from 'vscode';
import type { RequestDocument } from '../../core/document/document';
import type { Fix } from '../../core/fixes/fix';
import type { TextEdit } from '../../core/document/positions';
import { toRange } from '../shell/convert';
import { commandOf, type FixSubject } from '../shell/fixCommands';

/** What carries out a fix: an edit of the document whose text it was found for, or a command. */
export function effectOf(
  fix: Fix,
  uri: Uri,
  document: RequestDocument,
  subject: FixSubject,
): { readonly edit: WorkspaceEdit } | { readonly command: Command } {
  return 'edits' in fix
    ? { edit: editOf(fix.edits, uri, document) }
    : { command: commandOf(fix.id, fix.title, subject) };
}

export function editOf(edits: readonly TextEdit[], uri: Uri, { lines }: RequestDocument): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { span, text } of edits) edit.replace(uri, toRange(lines.rangeOf(span)), text);
  return edit;
}
