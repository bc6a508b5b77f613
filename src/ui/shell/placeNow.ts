import { Uri, workspace } from 'vscode';
import { parseDocument, type RequestDocument } from '../../core/document/document';
import { fileNameOf } from './convert';
import { notify } from './notify';

/**
 * The place of a request that was sent in its file as it is now; `undefined` where the file has it no more, which is
 * said. What cannot be read, or is no JSON, is told of by whoever sends it: there `before` is given back.
 */
export async function placeNow(
  uri: string,
  before: number,
  find: (document: RequestDocument) => number | undefined,
): Promise<number | undefined> {
  const document = parseDocument(await textOf(uri));
  const found = find(document);
  if (found !== undefined || document.syntaxError) return found ?? before;
  const name = fileNameOf(uri);
  void notify.warn(
    `${name} no longer has the request that was sent. Nothing was sent: look for it in the file.`,
  );
  return undefined;
}

async function textOf(uri: string): Promise<string> {
  try {
    return (await workspace.openTextDocument(Uri.parse(uri))).getText();
  } catch {
    return '';
  }
}
