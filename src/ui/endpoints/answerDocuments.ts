import { Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import { ENDPOINT_SCHEME } from '../requestDocuments';

/** The data of answers as read-only documents, to search, fold and compare as everywhere. */
export class AnswerDocuments implements TextDocumentContentProvider {
  /** By URI, for as long as the document is open. */
  readonly #texts = new Map<string, string>();
  readonly #disposables: readonly { dispose(): unknown }[];
  #lastId = 0;

  constructor() {
    this.#disposables = [
      workspace.registerTextDocumentContentProvider(ENDPOINT_SCHEME, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? 'This answer is no longer known.\n';
  }

  async open(name: string, data: unknown): Promise<void> {
    const uri = Uri.from({ scheme: ENDPOINT_SCHEME, path: `/${name}.json`, query: String(++this.#lastId) });
    this.#texts.set(uri.toString(), `${JSON.stringify(data, null, 2)}\n`);
    await window.showTextDocument(uri, { preview: false });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
