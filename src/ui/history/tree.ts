import { EventEmitter, TreeItem, TreeItemCollapsibleState, window, type TreeDataProvider } from 'vscode';
import type { History } from '../../app/history/history';
import { type HistoryEntry, matches, outcomeOf } from '../../core/journal/merge';
import type { HistoryView } from '../shell/services';
import { setContext } from '../shell/commandIds';
import { amountOf, dayOf, endOf, factsOf, iconOf, nameOf, timeOf } from './entryWords';

/** A send in the tree; also what its menus give to commands. */
export class EntryNode {
  constructor(readonly entry: HistoryEntry) {}
}

class GroupNode {
  constructor(
    readonly id: string,
    readonly label: string,
    readonly entries: readonly HistoryEntry[],
  ) {}
}

type Node = GroupNode | EntryNode;

/** The sends of this workspace, those first whose end nobody knows, the others by day. */
export class HistoryTree implements TreeDataProvider<Node>, HistoryView {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view = window.createTreeView<Node>('eccaex.history', {
    treeDataProvider: this,
    canSelectMany: true,
    showCollapseAll: true,
  });
  readonly #disposables: readonly { dispose(): unknown }[];
  #filter = '';

  constructor(private readonly history: History) {
    this.#disposables = [
      this.#view,
      this.#changed,
      history.onDidChange(() => this.#show()),
      this.#view.onDidChangeVisibility(({ visible }) => visible && void history.refresh()),
    ];
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
    return this.history.entries.filter((entry) => matches(entry, this.#filter));
  }

  /** The sends that are selected. */
  get selection(): readonly HistoryEntry[] {
    return this.#view.selection.flatMap((node) => (node instanceof EntryNode ? [node.entry] : []));
  }

  async reveal({ id }: HistoryEntry): Promise<void> {
    this.setFilter('');
    const node = this.getChildren().flatMap((group) => this.getChildren(group));
    const found = node.find((child) => child instanceof EntryNode && child.entry.id === id);
    if (found) await this.#view.reveal(found, { select: true, focus: true });
  }

  getParent(node: Node): Node | undefined {
    if (!(node instanceof EntryNode)) return undefined;
    return this.getChildren().find(
      (group) => group instanceof GroupNode && group.entries.some(({ id }) => id === node.entry.id),
    );
  }

  getTreeItem(node: Node): TreeItem {
    return node instanceof EntryNode ? entryItem(node.entry) : groupItem(node);
  }

  getChildren(node?: Node): Node[] {
    if (node instanceof EntryNode) return [];
    return node ? node.entries.map((entry) => new EntryNode(entry)) : groups(this.shown);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #show(): void {
    const { damaged, entries } = this.history;
    setContext('eccaex.historyEmpty', entries.length === 0);
    const count = this.shown.length;
    this.#view.description = this.#filter === '' ? '' : `“${this.#filter}”: ${count} of ${entries.length}`;
    const lines = damaged === 1 ? '1 damaged line was' : `${damaged} damaged lines were`;
    const empty = this.#filter !== '' && count === 0 ? [`Nothing has “${this.#filter}” in it.`] : [];
    this.#view.message = [...empty, ...(damaged > 0 ? [`${lines} skipped.`] : [])].join('\n');
    this.#showBadge(this.history.lost.length);
    this.#changed.fire(undefined);
  }

  /** Says on the view's icon how many invoices may have been created without anybody knowing. */
  #showBadge(lost: number): void {
    if (lost === (this.#view.badge?.value ?? 0)) return;
    const tooltip = lost === 1 ? '1 request without an answer' : `${lost} requests without an answer`;
    this.#view.badge = lost === 0 ? undefined : { value: lost, tooltip };
  }
}

function groups(entries: readonly HistoryEntry[]): GroupNode[] {
  const lost = entries.filter(({ state }) => state === 'lost');
  const now = new Date();
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    if (entry.state === 'lost') continue;
    const day = dayOf(entry, now);
    const same = days.get(day);
    if (same) same.push(entry);
    else days.set(day, [entry]);
  }
  return [
    ...(lost.length > 0 ? [new GroupNode('lost', 'Without an Answer', lost)] : []),
    ...[...days].map(([day, all]) => new GroupNode(new Date(all[0]?.at ?? 0).toDateString(), day, all)),
  ];
}

function groupItem({ id, label, entries }: GroupNode): TreeItem {
  const isOpen = id === 'lost' || label === 'Today';
  const item = new TreeItem(
    label,
    isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed,
  );
  item.id = id;
  item.description = String(entries.length);
  item.contextValue = id === 'lost' ? 'lost' : 'day';
  return item;
}

function entryItem(entry: HistoryEntry): TreeItem {
  const item = new TreeItem(nameOf(entry));
  // The icon says of most how they ended.
  const end = outcomeOf(entry) === 'created' ? undefined : endOf(entry);
  const facts = [end, amountOf(entry), entry.environment, timeOf(entry)];
  item.id = entry.id;
  item.description = facts.filter((fact) => fact !== undefined).join(' · ');
  item.iconPath = iconOf(entry);
  item.tooltip = factsOf(entry);
  item.contextValue = `entry.${entry.state}`;
  item.accessibilityInformation = { label: `${outcomeOf(entry)}: ${nameOf(entry)}, ${item.description}` };
  item.command = {
    command: 'eccaex.openHistoryEntry',
    title: 'Open',
    arguments: [{ entry: entry.id, preserveFocus: true }],
  };
  return item;
}
