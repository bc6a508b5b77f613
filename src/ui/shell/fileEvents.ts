import { EventEmitter, TabInputText, window, workspace, type Tab } from 'vscode';
import { openDocument } from './requestDocuments';
import type { Services } from './services';

/**
 * What becomes of files: reports follow a rename, and go when a file is closed or deleted.
 * A file is closed with its last tab; its document can live on for minutes after that.
 */
export class FileEvents {
  readonly #closed = new Set<string>();
  readonly #renaming = new Set<string>();
  readonly #changed = new EventEmitter<string>();
  readonly #disposables: readonly { dispose(): unknown }[];

  /** A file was opened or closed. */
  readonly onDidChange = this.#changed.event;

  constructor({ outcomes }: Services) {
    const closed = (uri: string) => {
      if (!this.#isBeingRenamed(uri)) outcomes.forget(uri);
      this.#closed.add(uri);
      this.#changed.fire(uri);
    };
    const opened = (uri: string) => {
      this.#closed.delete(uri);
      this.#changed.fire(uri);
    };
    this.#disposables = [
      this.#changed,
      workspace.onDidOpenTextDocument(({ uri }) => opened(uri.toString())),
      workspace.onDidCloseTextDocument(({ uri }) => {
        // A change of the language mode closes a document and opens it again at once.
        queueMicrotask(() => {
          if (!openDocument(uri.toString())) closed(uri.toString());
        });
      }),
      window.tabGroups.onDidChangeTabs((tabs) => {
        for (const uri of urisOf(tabs.closed)) if (!isInTab(uri)) closed(uri);
        for (const uri of urisOf(tabs.opened)) if (this.#closed.has(uri)) opened(uri);
      }),
      workspace.onWillRenameFiles(({ files }) => {
        for (const { oldUri } of files) this.#renaming.add(oldUri.toString());
      }),
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) {
          this.#renaming.delete(oldUri.toString());
          outcomes.rename(oldUri.toString(), newUri.toString());
        }
      }),
      workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) if (!openDocument(uri.toString())) outcomes.forget(uri.toString());
      }),
    ];
  }

  isClosed(uri: string): boolean {
    return this.#closed.has(uri);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #isBeingRenamed(uri: string): boolean {
    return [...this.#renaming].some((renamed) => uri === renamed || uri.startsWith(`${renamed}/`));
  }
}

function urisOf(tabs: readonly Tab[]): string[] {
  return tabs.flatMap(({ input }) => (input instanceof TabInputText ? [input.uri.toString()] : []));
}

function isInTab(uri: string): boolean {
  return window.tabGroups.all.some(({ tabs }) => urisOf(tabs).includes(uri));
}
