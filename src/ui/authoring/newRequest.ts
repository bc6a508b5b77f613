import { Position, Uri, window, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import { SAMPLES } from '../../core/contract/fields';
import { requestSnippet } from '../shell/requestSnippet';
import type { Services } from '../shell/services';
import { parseDocument, requestWithIndex } from '../../core/document/document';
import { readArguments } from '../shell/commandArguments';
import { toRange, fileNameOf } from '../shell/convert';
import { notify } from '../shell/notify';
import { REQUEST_FILE_ENDING, treatAsRequest } from '../shell/requestDocuments';
import { notOpened } from '../../core/sharedWords';

/** Opens an unsaved request with the documented fields to fill in. */
export async function newInvoiceRequest({ settings, random }: Services): Promise<void> {
  const id = `order-${random.uuid().slice(0, 8)}`;
  const editor = await window.showTextDocument(await openUnsaved(`${id}.invoice.json`));
  await editor.insertSnippet(requestSnippet({ ...SAMPLES, external_id: id, ...settings.defaultUrls() }));
}

/**
 * Opens a text that is saved into the workspace folder under a free name. Without a folder on the disk, VS Code asks
 * where to save it. A request is checked from the start, and has the button above it that sends it.
 */
export async function openUnsaved(name: string, content = ''): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const document =
    folder?.scheme === 'file'
      ? await workspace.openTextDocument(await freeName(folder, name))
      : await workspace.openTextDocument({ language: 'json' });
  if (name.endsWith(REQUEST_FILE_ENDING)) treatAsRequest(document);
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(0, 0), content);
  if (content !== '') await workspace.applyEdit(edit);
  return document;
}

/** Opens a file at one request of it. */
export async function openRequest(first: unknown): Promise<void> {
  const { uris: [uri] = [], index = 0 } = readArguments(first);
  if (!uri) return;
  try {
    const document = await workspace.openTextDocument(uri);
    const parsed = parseDocument(document.getText());
    const request = requestWithIndex(parsed, index);
    const { offset } = request?.node ?? { offset: 0 };
    await window.showTextDocument(document, {
      selection: toRange(parsed.lines.rangeOf({ offset, length: 0 })),
    });
  } catch {
    void notify.error(notOpened(fileNameOf(uri.toString())));
  }
}

/** VS Code opens nothing unsaved under the name of a file that exists, and an open text under it stays as it is. */
async function freeName(folder: Uri, name: string): Promise<Uri> {
  for (let place = 1; ; place++) {
    const uri = Uri.joinPath(folder, place === 1 ? name : name.replace('.', `-${place}.`));
    const untitled = uri.with({ scheme: 'untitled' });
    const isOpen = workspace.textDocuments.some((one) => one.uri.toString() === untitled.toString());
    if (!isOpen && !(await exists(uri))) return untitled;
  }
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
