import { DiagnosticSeverity, languages, workspace, type Uri } from 'vscode';
import { DIAGNOSTIC_SOURCE } from '../shell/convert';
import { inBackground } from '../shell/log';
import { openDocument } from '../shell/requestDocuments';
import type { Services } from '../shell/services';
import { setContext } from '../shell/commandIds';

/** Ticks the steps of the walkthrough by what happened, however it came about; openSamples ticks its own. */
export class WalkthroughSteps {
  /** Open documents with an error of ours. */
  readonly #faulty = new Set<string>();
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(private readonly services: Services) {
    const { outcomes, onDidChangeKey, log } = services;
    const lookForKey = () => inBackground(log, this.#lookForKey());
    this.#disposables = [
      outcomes.onDidChange((change) => {
        if (change.kind !== 'reported') return;
        const sent = outcomes.latest(change.uri, 'sandbox');
        if (sent.some(({ report }) => report.outcome === 'created'))
          setContext('eccaex.createdInSandbox', true);
      }),
      languages.onDidChangeDiagnostics(({ uris }) => uris.forEach((uri) => this.#look(uri))),
      onDidChangeKey((environment) => {
        if (environment === 'dev') lookForKey();
      }),
      workspace.onDidGrantWorkspaceTrust(lookForKey),
    ];
    lookForKey();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #lookForKey(): Promise<void> {
    if (!workspace.isTrusted) return;
    const { state } = await this.services.keyRing.read('dev');
    if (state === 'present') setContext('eccaex.devKeySet', true);
  }

  /** The errors of a document that was closed are gone, and not fixed. */
  #look(uri: Uri): void {
    const name = uri.toString();
    const isFaulty = languages
      .getDiagnostics(uri)
      .some(({ source, severity }) => source === DIAGNOSTIC_SOURCE && severity === DiagnosticSeverity.Error);
    if (isFaulty) this.#faulty.add(name);
    else if (this.#faulty.delete(name) && openDocument(name)) setContext('eccaex.errorFixed', true);
  }
}
