import { EventEmitter, window, type TreeDataProvider, type TreeItem } from 'vscode';
import type { History } from '../../app/history/history';
import { type HistoryEntry, matches } from '../../core/journal/merge';
import { setContext } from '../shell/commandIds';
import type { HistoryView } from '../shell/services';
import { factsOf } from './entryWords';
import {
  childrenOf,
  entriesIn,
  EntryNode,
  type GroupNode,
  groups,
  parentOf,
  StepNode,
  treeItemOf,
  type HistoryNode,
  type Timeline,
} from './historyNodes';

/** In milliseconds: a send changes the history twice, and both are shown at once. */
const PAUSE_MS = 100;

/** The sends of this workspace, those first that may have an invoice that nobody knows of, the others by day. */
export class HistoryTree implements TreeDataProvider<HistoryNode>, HistoryView {
  readonly #changed = new EventEmitter<GroupNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view = window.createTreeView<HistoryNode>('eccaex.history', {
    treeDataProvider: this,
    canSelectMany: true,
    showCollapseAll: true,
  });
  readonly #disposables: readonly { dispose(): unknown }[];
  #filter = '';
  #groups: readonly GroupNode[] = [];
  #timeline: Timeline | undefined;
  #watching: { dispose(): void } | undefined;
  #pause: NodeJS.Timeout | undefined;

  constructor(private readonly history: History) {
    this.#disposables = [
      this.#view,
      this.#changed,
      history.onDidChange(() => this.#showSoon()),
      this.#view.onDidChangeVisibility(({ visible }) => visible && void history.refresh()),
    ];
  }

  /** Shows below each send what happened to its invoice. Loaded when the first webhook is. */
  attach(timeline: Timeline): void {
    this.#timeline = timeline;
    this.#watching = timeline.onDidChange(() => this.#changed.fire(undefined));
    this.#changed.fire(undefined);
  }

  get filter(): string {
    return this.#filter;
  }

  /** Shows the sends alone that have all these words. */
  setFilter(filter: string): void {
    this.#filter = filter.trim();
    setContext('eccaex.historyFiltered', this.#filter !== '');
    this.#show();
  }

  /** The sends that the filter lets through. */
  get shown(): readonly HistoryEntry[] {
    const { entries } = this.history;
    return this.#filter === '' ? entries : entries.filter((entry) => matches(entry, this.#filter));
  }

  /** The sends that are selected. */
  get selection(): readonly HistoryEntry[] {
    return entriesIn(this.#view.selection);
  }

  async reveal({ id }: HistoryEntry): Promise<void> {
    this.setFilter('');
    const entry = this.history.entry(id);
    if (entry) await this.#view.reveal(new EntryNode(entry), { select: true, focus: true });
  }

  getParent(node: HistoryNode): HistoryNode | undefined {
    if (node instanceof StepNode) return new EntryNode(node.entry);
    return parentOf(node, this.#groups);
  }

  getTreeItem(node: HistoryNode): TreeItem {
    const steps = node instanceof EntryNode ? this.#timeline?.of(node.entry) : [];
    return treeItemOf(node, steps !== undefined && steps.length > 0);
  }

  /** What a row shows when the mouse rests on it is made then. */
  resolveTreeItem(item: TreeItem, node: HistoryNode): TreeItem {
    if (node instanceof EntryNode) item.tooltip = factsOf(node.entry);
    return item;
  }

  getChildren(node?: HistoryNode): HistoryNode[] {
    if (node instanceof StepNode) return [];
    if (node instanceof EntryNode)
      return (this.#timeline?.of(node.entry) ?? []).map((step) => new StepNode(step, node.entry));
    if (node) return [...childrenOf(node)];
    this.#regroup();
    return [...this.#groups];
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#watching?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Not put off by further changes: many sends in a row are seen as they come. */
  #showSoon(): void {
    this.#pause ??= setTimeout(() => this.#show(), PAUSE_MS);
  }

  #show(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    const { damaged, entries } = this.history;
    setContext('eccaex.historyEmpty', entries.length === 0);
    const count = this.shown.length;
    this.#view.description = this.#filter === '' ? '' : `“${this.#filter}”: ${count} of ${entries.length}`;
    const lines = damaged === 1 ? '1 damaged line was' : `${damaged} damaged lines were`;
    const empty = this.#filter !== '' && count === 0 ? [`No entry matches “${this.#filter}”.`] : [];
    this.#view.message = [...empty, ...(damaged > 0 ? [`${lines} skipped.`] : [])].join('\n');
    this.#showBadge(this.history.uncertain.length);
    const changed = this.#regroup();
    // VS Code asks for every row that is not folded away of what it is told of.
    if (changed?.length !== 0) this.#changed.fire(changed);
  }

  /** Gives the groups that are not what they were; `undefined` where there are others. */
  #regroup(): GroupNode[] | undefined {
    const uncertain = new Set(this.history.uncertain);
    const before = this.#groups;
    const now = groups(this.shown, (entry) => uncertain.has(entry));
    const known = new Map(before.map((group) => [group.id, group]));
    this.#groups = now.map((group) => known.get(group.id) ?? group);
    const changed = now.flatMap((group) => {
      const same = known.get(group.id);
      return same?.become(group) ? [same] : [];
    });
    const isSame = before.length === now.length && now.every(({ id }, place) => id === before[place]?.id);
    return isSame ? changed : undefined;
  }

  /** Says on the view's icon how many invoices may have been created without anybody knowing. */
  #showBadge(count: number): void {
    if (count === (this.#view.badge?.value ?? 0)) return;
    const tooltip = count === 1 ? '1 request without response' : `${count} requests without response`;
    this.#view.badge = count === 0 ? undefined : { value: count, tooltip };
  }
}
