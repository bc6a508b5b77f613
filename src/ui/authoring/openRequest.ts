import { window, workspace } from 'vscode';
import { parseDocument, requestWithIndex } from '../../core/document/document';
import { readArguments } from '../shell/commandArguments';
import { toRange } from '../shell/convert';
import { fileNameOf } from '../shell/fileName';
import { notify } from '../shell/notify';

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
