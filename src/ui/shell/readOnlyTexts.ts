import { Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';

/** Texts as read-only documents, to search, fold and compare as everywhere; each is known while it is open. */
export class ReadOnlyTexts implements TextDocumentContentProvider {
  /** By URI. */
  readonly #texts = new Map<string, string>();
  readonly #disposables: readonly { dispose(): unknown }[];
  #lastId = 0;

  constructor(private readonly scheme: string) {
    this.#disposables = [
      workspace.registerTextDocumentContentProvider(scheme, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? 'This response is no longer known.\n';
  }

  /** `name`: of a file; its ending decides the language. */
  async open(name: string, text: string): Promise<void> {
    await window.showTextDocument(this.add(name, text), { preview: false });
  }

  /** Gives the URI of a text that is opened next. */
  add(name: string, text: string): Uri {
    const uri = Uri.from({ scheme: this.scheme, path: `/${name}`, query: String(++this.#lastId) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
