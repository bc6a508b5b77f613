import { commands, EventEmitter, Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import type { History } from '../../app/history/history';
import type { HistoryEntry } from '../../core/journal/merge';
import { HISTORY_SCHEME } from '../shell/requestDocuments';
import { nameOf } from './entryWords';

export type Side = 'request' | 'answer';

/** Read-only documents of what was sent and of what came back. Their texts are read from the disk when they are shown. */
export class HistoryDocuments implements TextDocumentContentProvider {
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(private readonly history: History) {
    this.#disposables = [
      this.#changed,
      workspace.registerTextDocumentContentProvider(HISTORY_SCHEME, this),
      // A response can come in, and a send can be deleted, while it is shown.
      history.onDidChange(() => {
        for (const { uri } of workspace.textDocuments)
          if (uri.scheme === HISTORY_SCHEME) this.#changed.fire(uri);
      }),
    ];
  }

  async provideTextDocumentContent({ query, path }: Uri): Promise<string> {
    const entry = this.history.entry(query);
    const kept = entry && (await this.history.read(entry));
    if (!kept) return 'This send is no longer in the history.\n';
    if (path.endsWith('.request.json')) return kept.sent.body;
    const { keptAnswer } = await import('../../app/outcomes/keptReport');
    return keptAnswer(kept, entry.state !== 'in-flight') ?? 'The response has not arrived yet.\n';
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

export async function openSide(entry: HistoryEntry, side: Side): Promise<void> {
  const document = await workspace.openTextDocument(uriOf(entry, side));
  await window.showTextDocument(document, { preview: true });
}

/** The older one stands on the left. */
export async function compare(one: HistoryEntry, other: HistoryEntry, side: Side): Promise<void> {
  const [left, right] = one.at <= other.at ? [one, other] : [other, one];
  const title = `${nameOf(left)} ↔ ${nameOf(right)} (${side})`;
  await commands.executeCommand('vscode.diff', uriOf(left, side), uriOf(right, side), title);
}

function uriOf(entry: HistoryEntry, side: Side): Uri {
  const name = nameOf(entry).replace(/[^\p{L}\p{N}._-]+/gu, '-');
  return Uri.from({ scheme: HISTORY_SCHEME, path: `/${name}.${side}.json`, query: entry.id });
}
