import { Uri, workspace, type TextDocument } from 'vscode';
import type { FileLeaks } from '../../app/leaks/leakStore';
import { inBackground } from '../shell/log';
import type { FileEvents } from '../shell/fileEvents';
import { openDocument, isRequestDocument } from '../shell/requestDocuments';
import type { Services } from '../shell/services';

/** Nobody reads a warning while typing; a key is pasted, not typed. */
const PAUSE_MS = 250;

/** Where people write: not what VS Code shows of its own. */
const SCHEMES = new Set(['file', 'untitled', 'vscode-userdata']);

/** Looks for keys in documents as they are opened and written, and again in files that had some. */
export class LeakGuard {
  readonly #pending = new Map<string, NodeJS.Timeout>();
  /** The look at each file that began last: one that began before it may end after it, and knows less. */
  readonly #looks = new Map<string, symbol>();
  /** Files in which a search of the folder found keys: they are told of, open or not. */
  #searched = new Set<string>();
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(
    private readonly services: Services,
    private readonly files: FileEvents,
  ) {
    this.#disposables = [
      files.onDidChange((uri) => this.check(uri)),
      services.outcomes.onDidChange((change) => {
        if (change.kind === 'reported') this.check(change.uri);
      }),
      services.onDidChangeKey(() => this.checkAll()),
      workspace.onDidGrantWorkspaceTrust(() => this.checkAll()),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && isWatched(document)) this.#checkSoon(document.uri.toString());
      }),
      workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.path.endsWith('/.gitignore')) this.checkAll();
        else this.check(uri.toString());
      }),
      workspace.onDidDeleteFiles(({ files: deleted }) => {
        for (const uri of deleted) this.check(uri.toString());
      }),
    ];
    this.checkAll();
  }

  dispose(): void {
    for (const timer of this.#pending.values()) clearTimeout(timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** What a search of the folder has found takes the place of what the last one found. */
  searched(uris: readonly string[]): void {
    const gone = [...this.#searched].filter((uri) => !uris.includes(uri));
    this.#searched = new Set(uris);
    for (const uri of gone) this.check(uri);
  }

  checkAll(): void {
    const open = workspace.textDocuments.map(({ uri }) => uri.toString());
    for (const uri of new Set([...open, ...this.services.leaks.uris()])) this.check(uri);
  }

  check(uri: string): void {
    clearTimeout(this.#pending.get(uri));
    this.#pending.delete(uri);
    inBackground(this.services.log, this.#check(uri));
  }

  #checkSoon(uri: string): void {
    clearTimeout(this.#pending.get(uri));
    this.#pending.set(
      uri,
      setTimeout(() => this.check(uri), PAUSE_MS),
    );
  }

  async #check(uri: string): Promise<void> {
    const look = Symbol(uri);
    this.#looks.set(uri, look);
    const found = await this.#look(uri);
    if (this.#looks.get(uri) !== look) return;
    this.#looks.delete(uri);
    if (found) this.services.leaks.set(uri, found);
  }

  /** Nothing where there is nothing to tell. */
  async #look(uri: string): Promise<FileLeaks | undefined> {
    const scanner = await this.services.scanner();
    const document = this.files.isClosed(uri) ? undefined : openDocument(uri);
    if (!document) return this.#lookAtFile(uri);
    if (!isWatched(document)) return undefined;
    const { version } = document;
    const leaks = await scanner.check(document.getText(), placeOf(document.uri), isRequestDocument(document));
    // What was typed meanwhile is looked at next.
    return document.version === version ? { leaks, version } : undefined;
  }

  async #lookAtFile(uri: string): Promise<FileLeaks> {
    const { scanner, outcomes } = this.services;
    const wasStopped = outcomes
      .latest(uri)
      .some(({ report }) =>
        report.problems.some(({ code, source }) => code === 'key-in-file' && source === 'document'),
      );
    if (!this.#searched.has(uri) && !wasStopped) return { leaks: [] };
    return { leaks: await (await scanner()).checkFile(placeOf(Uri.parse(uri))) };
  }
}

/** Where a document is on this machine; nowhere, where it is no file of it. */
function placeOf(uri: Uri): { file: string; folder: string } | undefined {
  if (uri.scheme !== 'file') return undefined;
  return { file: uri.fsPath, folder: workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? '' };
}

function isWatched(document: TextDocument): boolean {
  return SCHEMES.has(document.uri.scheme);
}
