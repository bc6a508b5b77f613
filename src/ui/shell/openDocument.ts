import { workspace, type TextDocument } from 'vscode';

export function openDocument(uri: string): TextDocument | undefined {
  return workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === uri);
}
