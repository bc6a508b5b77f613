import {
  EventEmitter,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type ThemeIcon,
  type TreeDataProvider,
} from 'vscode';
import type { History } from '../../app/history/history';
import { type HistoryEntry, matches, outcomeOf } from '../../core/journal/merge';
import type { HistoryView } from '../shell/services';
import { isPayableEntry } from '../../app/webhooks/payable';
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

/** One thing that happened to an invoice after it was created. */
export interface TimelineStep {
  readonly id: string;
  /** What opens when it is clicked. */
  readonly webhook: string;
  readonly label: string;
  readonly description: string;
  readonly icon: ThemeIcon;
}

/** What happened to invoices after they were created, oldest first. */
export interface Timeline {
  of(entry: HistoryEntry): readonly TimelineStep[];
  readonly onDidChange: (listener: () => void) => { dispose(): void };
}

class StepNode {
  constructor(
    readonly step: TimelineStep,
    readonly entry: HistoryEntry,
  ) {}
}

type Node = GroupNode | EntryNode | StepNode;

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
  #timeline: Timeline | undefined;
  #watching: { dispose(): void } | undefined;

  constructor(private readonly history: History) {
    this.#disposables = [
      this.#view,
      this.#changed,
      history.onDidChange(() => this.#show()),
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
    return this.#view.selection.flatMap((node) => (node instanceof EntryNode ? [node.entry] : []));
  }

  async reveal({ id }: HistoryEntry): Promise<void> {
    this.setFilter('');
    const entry = this.history.entry(id);
    if (entry) await this.#view.reveal(new EntryNode(entry), { select: true, focus: true });
  }

  getParent(node: Node): Node | undefined {
    if (node instanceof StepNode) return new EntryNode(node.entry);
    const [first] = node instanceof EntryNode ? [node.entry] : node.entries;
    const isNode = (child: Node) =>
      child instanceof GroupNode
        ? node instanceof GroupNode && child.id === node.id
        : node instanceof EntryNode && child.entry.id === node.entry.id;
    for (
      let group = groups(this.shown).find((one) => one.entries.some(({ id }) => id === first?.id));
      group;
    ) {
      if (isNode(group)) return undefined;
      const children: Node[] = childrenOf(group);
      if (children.some(isNode)) return group;
      const last = children.at(-1);
      group = last instanceof GroupNode ? last : undefined;
    }
    return undefined;
  }

  getTreeItem(node: Node): TreeItem {
    if (node instanceof StepNode) return stepItem(node.step);
    if (!(node instanceof EntryNode)) return groupItem(node);
    const steps = this.#timeline?.of(node.entry) ?? [];
    return entryItem(node.entry, steps.length > 0);
  }

  /** What a row shows when the mouse rests on it is made then. */
  resolveTreeItem(item: TreeItem, node: Node): TreeItem {
    if (node instanceof EntryNode) item.tooltip = factsOf(node.entry);
    return item;
  }

  getChildren(node?: Node): Node[] {
    if (node instanceof StepNode) return [];
    if (node instanceof EntryNode)
      return (this.#timeline?.of(node.entry) ?? []).map((step) => new StepNode(step, node.entry));
    return node ? childrenOf(node) : groups(this.shown);
  }

  dispose(): void {
    this.#watching?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #show(): void {
    const { damaged, entries } = this.history;
    setContext('eccaex.historyEmpty', entries.length === 0);
    const count = this.shown.length;
    this.#view.description = this.#filter === '' ? '' : `“${this.#filter}”: ${count} of ${entries.length}`;
    const lines = damaged === 1 ? '1 damaged line was' : `${damaged} damaged lines were`;
    const empty = this.#filter !== '' && count === 0 ? [`No entry matches “${this.#filter}”.`] : [];
    this.#view.message = [...empty, ...(damaged > 0 ? [`${lines} skipped.`] : [])].join('\n');
    this.#showBadge(this.history.lost.length);
    this.#changed.fire(undefined);
  }

  /** Says on the view's icon how many invoices may have been created without anybody knowing. */
  #showBadge(lost: number): void {
    if (lost === (this.#view.badge?.value ?? 0)) return;
    const tooltip = lost === 1 ? '1 request without response' : `${lost} requests without response`;
    this.#view.badge = lost === 0 ? undefined : { value: lost, tooltip };
  }
}

function groups(entries: readonly HistoryEntry[]): GroupNode[] {
  const lost = entries.filter(({ state }) => state === 'lost');
  const now = new Date();
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    if (entry.state === 'lost') continue;
    const day = new Date(entry.at).toDateString();
    const same = days.get(day);
    if (same) same.push(entry);
    else days.set(day, [entry]);
  }
  return [
    ...(lost.length > 0 ? [new GroupNode('lost', 'Without Response', lost)] : []),
    // What a day is called takes longer than to tell it from others: once for each.
    ...[...days].flatMap(([day, all]) => (all[0] ? [new GroupNode(day, dayOf(all[0], now), all)] : [])),
  ];
}

/** As many rows as a person looks through: VS Code keeps every row that is not folded away. */
const MOST_ROWS = 200;

/** The first rows of a group, and the others in a group of their own. */
function childrenOf({ id, entries }: GroupNode): Node[] {
  const rows = entries.slice(0, MOST_ROWS).map((entry) => new EntryNode(entry));
  const rest = entries.slice(MOST_ROWS);
  return rest.length > 0 ? [...rows, new GroupNode(`${id}+`, 'More', rest)] : rows;
}

function groupItem({ id, label, entries }: GroupNode): TreeItem {
  const isOpen = id === 'lost' || label === 'Today';
  const isMore = id.endsWith('+');
  const item = new TreeItem(
    label,
    isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed,
  );
  item.id = id;
  item.description = String(entries.length);
  item.contextValue = id === 'lost' ? 'lost' : isMore ? 'more' : 'day';
  return item;
}

function stepItem({ id, webhook, label, description, icon }: TimelineStep): TreeItem {
  const item = new TreeItem(label);
  item.id = id;
  item.description = description;
  item.iconPath = icon;
  item.accessibilityInformation = { label: `${label}, ${description}` };
  item.contextValue = 'step';
  item.command = {
    command: 'eccaex.openWebhook',
    title: 'Open',
    arguments: [{ webhook, preserveFocus: true }],
  };
  return item;
}

function entryItem(entry: HistoryEntry, hasSteps: boolean): TreeItem {
  const name = nameOf(entry);
  const amount = amountOf(entry);
  const item = new TreeItem(
    amount ?? name,
    hasSteps ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  // The icon says of most how they ended.
  const end = outcomeOf(entry) === 'created' ? undefined : endOf(entry);
  // The id last: where there is no room for it, the tooltip has it.
  const facts = [end, entry.environment, timeOf(entry), amount === undefined ? undefined : name];
  item.id = entry.id;
  item.description = facts.filter((fact) => fact !== undefined).join(' · ');
  item.iconPath = iconOf(entry);
  // Of the sandbox's invoices, a payment can be simulated.
  item.contextValue = `entry.${entry.state}${isPayableEntry(entry) ? '.sandbox' : ''}`;
  item.accessibilityInformation = {
    label: `${outcomeOf(entry)}: ${name}, ${[amount, item.description].filter((part) => part !== undefined).join(' · ')}`,
  };
  item.command = {
    command: 'eccaex.openHistoryEntry',
    title: 'Open',
    arguments: [{ entry: entry.id, preserveFocus: true }],
  };
  return item;
}
