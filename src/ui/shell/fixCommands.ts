import { commands, Uri, type Command, WorkspaceEdit } from 'vscode';
import { DOCUMENTATION } from '../../core/contract/documentation';
import type { Environment } from '../../core/environments/environment';
import type { ActionFixId, Fix } from '../../core/fixes/fix';
import { isObject } from '../../core/json';
import type { HistoryEntry } from '../../core/journal/merge';
import { startedHere } from './commandArguments';
import type { RequestDocument } from '../../core/document/document';
import type { TextEdit } from '../../core/document/positions';
import { toRange } from './convert';

/** What a fix is about. */
export interface FixSubject {
  readonly uri: string;
  readonly environment: Environment;
  /** One element of a batch, by its place now; absent for a single request. */
  readonly index?: number;
  /** Its place when it was sent, by which its report is known; absent where that is the same. */
  readonly sentAs?: number;
  /** The placeholder to define. */
  readonly variable?: string;
}

/** Runs a command whose button a person has just pressed on a surface of ours. */
export async function runHere({ command, arguments: given = [] }: Command): Promise<unknown> {
  const [first, ...others] = given as unknown[];
  return commands.executeCommand(command, isObject(first) ? startedHere(first) : first, ...others);
}

/** The same for a send of the history, of which no window may know more than that has. */
export function pastCommandOf(id: ActionFixId, title: string, entry: HistoryEntry): Command {
  switch (id) {
    case 'eccaex.sendInvoice':
      return { title, command: 'eccaex.resendFile', arguments: [{ entry: entry.id }] };
    case 'resend-same-body':
      return { title, command: 'eccaex.resendSameRequest', arguments: [{ entry: entry.id }] };
    case 'copy-external-id':
      return { title, command: '_eccaex.copyExternalId', arguments: [{ entry: entry.id }] };
    case 'copy-request-id':
      return { title, command: '_eccaex.copyRequestId', arguments: [{ entry: entry.id }] };
    default:
      return commandOf(id, title, entry);
  }
}

/** The command that carries out a fix that does not edit. */
export function commandOf(id: ActionFixId, title: string, subject: FixSubject): Command {
  const { sentAs, variable, ...ofNow } = subject;
  const { environment } = subject;
  const reported = sentAs === undefined ? ofNow : { ...ofNow, index: sentAs };
  switch (id) {
    case 'eccaex.setApiKey':
    case 'eccaex.verifyApiKey':
    case 'eccaex.rotateApiKey':
      return { title, command: id, arguments: [{ environment }] };
    case 'eccaex.selectEnvironment':
      return { title, command: id };
    case 'eccaex.sendInvoice':
      return { title, command: id, arguments: [ofNow] };
    case 'resend-same-body':
      return { title, command: '_eccaex.resendSameBody', arguments: [reported] };
    case 'copy-external-id':
      return { title, command: '_eccaex.copyExternalId', arguments: [reported] };
    case 'copy-request-id':
      return { title, command: '_eccaex.copyRequestId', arguments: [reported] };
    case 'refresh-currencies':
      return {
        title,
        command: '_eccaex.refreshMerchant',
        arguments: [{ environment, endpoint: 'currencies' }],
      };
    case 'refresh-payment-methods':
      return {
        title,
        command: '_eccaex.refreshMerchant',
        arguments: [{ environment, endpoint: 'payment-methods' }],
      };
    case 'define-placeholder':
      return { title, command: '_eccaex.defineVariable', arguments: [{ environment, variable }] };
    case 'call-again':
      return { title, command: 'eccaex.callEndpoint', arguments: [{ environment }] };
    case 'open-key-page':
      return { title, command: 'vscode.open', arguments: [Uri.parse(DOCUMENTATION.authentication)] };
    case 'open-base-url-setting':
      return { title, command: 'eccaex.setBaseUrl', arguments: [{ environment }] };
    case 'open-timeout-setting':
      return { title, command: 'workbench.action.openSettings', arguments: ['eccaex.timeoutSeconds'] };
    case 'trust-workspace':
      return { title, command: 'workbench.trust.manage' };
  }
}

/** What carries out a fix: an edit of the document whose text it was found for, or a command. */
export function effectOf(
  fix: Fix,
  uri: Uri,
  document: RequestDocument,
  subject: FixSubject,
): { readonly edit: WorkspaceEdit } | { readonly command: Command } {
  return 'edits' in fix
    ? { edit: editOf(fix.edits, uri, document) }
    : { command: commandOf(fix.id, fix.title, { ...subject, ...fix }) };
}

export function editOf(edits: readonly TextEdit[], uri: Uri, { lines }: RequestDocument): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { span, text } of edits) edit.replace(uri, toRange(lines.rangeOf(span)), text);
  return edit;
}
