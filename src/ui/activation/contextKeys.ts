import { window } from 'vscode';
import { isRequestDocument } from '../shell/requestDocuments';
import type { Services } from '../shell/services';
import { setContext } from '../shell/commandIds';

/** Keeps the keys that the manifest's `when` clauses read. */
export class ContextKeys {
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor({ sandbox, outcomes }: Services) {
    const showSandbox = () => setContext('eccaex.sandboxRunning', sandbox.isRunning());
    const showEditor = () => {
      const document = window.activeTextEditor?.document;
      setContext('eccaex.requestEditor', document !== undefined && isRequestDocument(document));
      const uri = document?.uri.toString() ?? '';
      setContext('eccaex.sentEditor', outcomes.isSent(uri));
    };
    this.#disposables = [
      sandbox.onDidChange(showSandbox),
      window.onDidChangeActiveTextEditor(showEditor),
      outcomes.onDidChange(({ kind }) => {
        if (kind === 'reported' || kind === 'kept') showEditor();
      }),
    ];
    showEditor();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
