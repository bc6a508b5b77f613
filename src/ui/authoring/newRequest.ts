import { Position, Uri, window, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import { SAMPLES } from '../../core/contract/fields';
import { requestSnippet } from '../shell/requestSnippet';
import type { Services } from '../shell/services';
import { parseDocument, requestWithIndex } from '../../core/document/document';
import { readArguments } from '../shell/commandArguments';
import { toRange, fileNameOf } from '../shell/convert';
import { notify } from '../shell/notify';

/** Opens an unsaved request with the documented fields to fill in. */
export async function newInvoiceRequest({ settings, random }: Services): Promise<void> {
  const id = `order-${random.uuid().slice(0, 8)}`;
  const editor = await window.showTextDocument(await openUnsaved(`${id}.invoice.json`));
  await editor.insertSnippet(requestSnippet({ ...SAMPLES, external_id: id, ...settings.defaultUrls() }));
}

/**
 * With the name of a request file it is checked from the start, and can be sent with the button above it. `place`: the
 * folder it is for where no folder is open.
 */
export async function openUnsaved(name: string, content = '', place?: Uri): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? place;
  // What is not saved yet can have a place on the disk alone.
  if (folder?.scheme !== 'file') return workspace.openTextDocument({ language: 'json', content });
  const uri = await freeName(folder, name);
  const document = await workspace.openTextDocument(uri);
  const edit = new WorkspaceEdit();
  edit.insert(uri, new Position(0, 0), content);
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
    void notify.error(`${fileNameOf(uri.toString())} cannot be opened any more.`);
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
