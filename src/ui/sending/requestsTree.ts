import { isDeepStrictEqual } from 'node:util';
import {
  DiagnosticSeverity,
  EventEmitter,
  languages,
  window,
  workspace,
  type TreeDataProvider,
  type TreeItem,
  type Uri,
} from 'vscode';
import type { LastOutcome } from '../../app/outcomes/outcomes';
import type { RequestFiles } from '../../app/ports';
import { DIAGNOSTIC_SOURCE } from '../shell/convert';
import {
  openDocument,
  findRequestFiles,
  isRequestDocument,
  watchRequestFiles,
} from '../shell/requestDocuments';
import type { Services } from '../shell/services';
import { setContext } from '../shell/commandIds';
import { FileNode, MoreFilesNode, treeItemOf, type RequestsNode } from './requestNodes';

/** Long enough for a branch that is checked out. */
const PAUSE_MS = 200;

/** As many files as a person looks through; a row says how many more there are. */
const MOST_LISTED = 1000;

/** As many files as are looked into to find the batches among them; a further one is shown as a single request. */
const MOST_READ = 200;

/** The request files of the workspace with the outcome of their last send. Files are looked for once they are shown. */
export class RequestsTree implements TreeDataProvider<RequestsNode> {
  readonly #changed = new EventEmitter<FileNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view = window.createTreeView<RequestsNode>('eccaex.requests', {
    treeDataProvider: this,
    showCollapseAll: true,
  });
  readonly #disposables: { dispose(): unknown }[];
  /** Files with an error. */
  readonly #faulty = new Set<string>();
  /** The requests of a file that is a batch, as long as nothing says that it has changed. */
  readonly #batches = new Map<string, number | undefined>();
  /** The files that are listed, by URI. */
  #nodes: ReadonlyMap<string, FileNode> = new Map();
  #pause: NodeJS.Timeout | undefined;
  /** Files may have come, gone or changed since they were listed. */
  #isListOld = false;
  /** A row of today has a time, one of another day its date, too. */
  #listedOn = '';
  #isWatching = false;

  constructor(
    private readonly services: Services,
    private readonly files: RequestFiles,
  ) {
    const { outcomes } = services;
    this.#disposables = [
      this.#view,
      this.#changed,
      outcomes.onDidChange(({ kind }) => {
        if (kind === 'reported' || kind === 'kept') this.#refreshSoon();
      }),
      workspace.onDidSaveTextDocument(({ uri }) => {
        if (this.#batches.delete(uri.toString())) this.#listSoon();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('eccaex.requestFiles')) this.#listSoon();
      }),
      languages.onDidChangeDiagnostics(({ uris }) => this.#count(uris)),
    ];
  }

  async getChildren(node?: RequestsNode): Promise<RequestsNode[]> {
    if (node instanceof FileNode) {
      const reading = await this.files.read(node.uri.toString());
      return reading.ok ? (await import('./batchElements')).elementsOf(node, reading.text) : [];
    }
    if (node) return [];
    this.#watch();
    const uris = await findRequestFiles();
    // Only now that is known: the view says so.
    setContext('eccaex.noRequestFiles', uris.length === 0);
    const listed = uris.slice(0, MOST_LISTED);
    const sizes = await Promise.all(listed.slice(0, MOST_READ).map((uri) => this.#batchSize(uri)));
    const nodes = listed.map((uri, place) => {
      const node = this.#nodes.get(uri.toString()) ?? new FileNode(uri);
      node.batchSize = sizes[place];
      node.outcomes = this.#outcomesOf(node);
      return node;
    });
    this.#nodes = new Map(nodes.map((one) => [one.uri.toString(), one]));
    this.#listedOn = this.#today;
    const more = uris.length - listed.length;
    return more > 0 ? [...nodes, new MoreFilesNode(more)] : nodes;
  }

  getTreeItem(node: RequestsNode): TreeItem {
    return treeItemOf(node, this.services.clock.now());
  }

  dispose(): void {
    clearTimeout(this.#pause);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Begins with the first look at the tree. */
  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.#disposables.push(
      watchRequestFiles((uri) => {
        this.#batches.delete(uri.toString());
        this.#listSoon();
      }),
    );
  }

  async #batchSize(uri: Uri): Promise<number | undefined> {
    const name = uri.toString();
    if (!this.#batches.has(name)) {
      const reading = await this.files.read(name);
      const isBatch = reading.ok && /^\ufeff?\s*\[/.test(reading.text);
      this.#batches.set(
        name,
        isBatch ? (await import('./batchElements')).batchSizeOf(reading.text) : undefined,
      );
    }
    return this.#batches.get(name);
  }

  get #today(): string {
    return this.services.clock.now().toDateString();
  }

  #outcomesOf({ uri, batchSize = 1 }: FileNode): readonly LastOutcome[] {
    return this.services.outcomes.of(uri.toString()).filter(({ index }) => index < batchSize);
  }

  #listSoon(): void {
    this.#isListOld = true;
    this.#refreshSoon();
  }

  #refreshSoon(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#refresh(), PAUSE_MS);
  }

  /** To look for the files takes a search of the workspace: after a send only the rows that it changes are told anew. */
  #refresh(): void {
    const isListOld = this.#isListOld || (this.#nodes.size > 0 && this.#listedOn !== this.#today);
    this.#isListOld = false;
    const changed = [...this.#nodes.values()].filter((node) => this.#isNews(node));
    if (isListOld) this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire(changed);
  }

  /** Whether the last sends of a file came to something else than its row says. */
  #isNews(node: FileNode): boolean {
    const before = node.outcomes;
    node.outcomes = this.#outcomesOf(node);
    return !isDeepStrictEqual(node.outcomes, before);
  }

  #isOurs(uri: Uri): boolean {
    const open = openDocument(uri.toString());
    const isRequest = open ? isRequestDocument(open) : uri.path.endsWith('.invoice.json');
    return isRequest || this.services.outcomes.latest(uri.toString()).length > 0;
  }

  /** Says on the view's icon how many request files have an error now. Keys are found in other files, too. */
  #count(uris: readonly Uri[]): void {
    for (const uri of uris) {
      const isFaulty =
        this.#isOurs(uri) &&
        languages
          .getDiagnostics(uri)
          .some(
            ({ source, severity }) => source === DIAGNOSTIC_SOURCE && severity === DiagnosticSeverity.Error,
          );
      if (isFaulty) this.#faulty.add(uri.toString());
      else this.#faulty.delete(uri.toString());
    }
    const { size } = this.#faulty;
    if (size === (this.#view.badge?.value ?? 0)) return;
    const tooltip = size === 1 ? '1 request file has errors' : `${size} request files have errors`;
    this.#view.badge = size === 0 ? undefined : { value: size, tooltip };
  }
}
