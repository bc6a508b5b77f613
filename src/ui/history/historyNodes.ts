import { type ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { type HistoryEntry, isPayableEntry, outcomeOf } from '../../core/journal/merge';
import { fileNameOf } from '../shell/convert';
import { countWords, leadingOutcome } from '../shell/outcomeIcons';
import { amountOf, dayOf, endOf, iconOf, nameOf, timeOf } from './entryWords';
import type { CommandId } from '../shell/commandIds';

/** A send in the tree; also what its menus give to commands. */
export class EntryNode {
  /** `isUncertain`: it stands among those without a response. */
  constructor(
    readonly entry: HistoryEntry,
    readonly isUncertain = false,
  ) {}
}

/** The requests of one send, as long as there are several; those without an invoice first. */
class BatchNode {
  constructor(
    readonly id: string,
    readonly entries: readonly HistoryEntry[],
    readonly isRest = false,
  ) {}
}

/** The sends that nodes stand for, each once. */
export function entriesIn(nodes: readonly unknown[]): readonly HistoryEntry[] {
  return [
    ...new Set(
      nodes.flatMap((node) => {
        if (node instanceof BatchNode) return node.entries;
        return node instanceof EntryNode ? [node.entry] : [];
      }),
    ),
  ];
}

/** VS Code knows a row by its node: a group stays the same one while its entries change. */
export class GroupNode {
  constructor(
    readonly id: string,
    public label: string,
    public entries: readonly HistoryEntry[],
  ) {}

  /** Becomes what the group is now. False where it is that already. */
  become({ label, entries }: GroupNode): boolean {
    const before = this.entries;
    const isSame =
      label === this.label &&
      entries.length === before.length &&
      entries.every((entry, place) => entry === before[place]);
    this.label = label;
    this.entries = entries;
    return !isSame;
  }
}

/** One thing that happened to an invoice after it was created. */
export interface TimelineStep {
  readonly id: string;
  /** When it is clicked; with one argument. */
  readonly command: CommandId;
  readonly argument: object;
  readonly label: string;
  readonly description: string;
  readonly icon: ThemeIcon;
}

/** What happened to invoices after they were created, oldest first. */
export interface Timeline {
  of(entry: HistoryEntry): readonly TimelineStep[];
  readonly onDidChange: (listener: () => void) => { dispose(): void };
}

export class StepNode {
  constructor(
    readonly step: TimelineStep,
    readonly entry: HistoryEntry,
  ) {}
}

export type HistoryNode = GroupNode | BatchNode | EntryNode | StepNode;

const UNCERTAIN = 'uncertain';

/** What may have an invoice that nobody knows of, and all others by day. */
export function groups(
  entries: readonly HistoryEntry[],
  isUncertain: (entry: HistoryEntry) => boolean,
): GroupNode[] {
  const now = new Date();
  const uncertain: HistoryEntry[] = [];
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    if (isUncertain(entry)) {
      uncertain.push(entry);
      continue;
    }
    const day = new Date(entry.at).toDateString();
    const same = days.get(day);
    if (same) same.push(entry);
    else days.set(day, [entry]);
  }
  return [
    ...(uncertain.length > 0 ? [new GroupNode(UNCERTAIN, 'Without Response', uncertain)] : []),
    // What a day is called takes longer than to tell it from others: once for each.
    ...[...days].flatMap(([day, all]) => (all[0] ? [new GroupNode(day, dayOf(all[0], now), all)] : [])),
  ];
}

/** As many rows as a person looks through: VS Code keeps every row that is not folded away. */
const MOST_ROWS = 200;

type Holder = GroupNode | BatchNode;
type Row = Holder | EntryNode;

const idOf = (row: Row): string => (row instanceof EntryNode ? row.entry.id : row.id);

/** The first rows of a group or a batch, and the others in one of their own. */
export function childrenOf(holder: Holder): readonly Row[] {
  const rows = holder instanceof BatchNode ? inBatch(holder) : rowsOf(holder);
  if (rows.length <= MOST_ROWS) return rows;
  const rest = entriesIn(rows.slice(MOST_ROWS));
  const id = `${holder.id}+`;
  const more = holder instanceof BatchNode ? new BatchNode(id, rest, true) : new GroupNode(id, 'More', rest);
  return [...rows.slice(0, MOST_ROWS), more];
}

/** A batch is one row, where its newest request is. What may have an invoice is a row of its own: each needs a look. */
function rowsOf({ id, entries }: GroupNode): readonly (EntryNode | BatchNode)[] {
  if (id.startsWith(UNCERTAIN)) return entries.map((entry) => new EntryNode(entry, true));
  const together = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const key = entry.batch ?? entry.id;
    const same = together.get(key);
    if (same) same.push(entry);
    else together.set(key, [entry]);
  }
  return [...together].map(([key, own]) => {
    const [only, ...others] = own;
    return only && others.length === 0 ? new EntryNode(only) : new BatchNode(`${id} ${key}`, own);
  });
}

function inBatch({ entries }: BatchNode): readonly EntryNode[] {
  const isCreated = (entry: HistoryEntry) => Number(outcomeOf(entry) === 'created');
  return [...entries]
    .sort((a, b) => isCreated(a) - isCreated(b) || a.index - b.index)
    .map((entry) => new EntryNode(entry));
}

/** The row that a node is below; none for those at the top. */
export function parentOf(node: Row, top: readonly GroupNode[]): Holder | undefined {
  const [first] = entriesOf(node);
  const holds = ({ entries }: Holder) => entries.some(({ id }) => id === first?.id);
  let parent: Holder | undefined;
  let level: readonly Row[] = top;
  while (!level.some((row) => idOf(row) === idOf(node))) {
    parent = level.find((row): row is Holder => !(row instanceof EntryNode) && holds(row));
    if (!parent) return undefined;
    level = childrenOf(parent);
  }
  return parent;
}

const entriesOf = (row: Row): readonly HistoryEntry[] =>
  row instanceof EntryNode ? [row.entry] : row.entries;

/** `hasSteps`: whether something is known to have happened to the invoice of an entry. */
export function treeItemOf(node: HistoryNode, hasSteps: boolean): TreeItem {
  if (node instanceof StepNode) return stepItem(node.step);
  if (node instanceof BatchNode) return batchItem(node);
  return node instanceof EntryNode ? entryItem(node, hasSteps) : groupItem(node);
}

function groupItem({ id, label, entries }: GroupNode): TreeItem {
  const isOpen = id === UNCERTAIN || label === 'Today';
  const isMore = id.endsWith('+');
  const item = new TreeItem(
    label,
    isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed,
  );
  item.id = id;
  item.description = String(entries.length);
  item.contextValue = id === UNCERTAIN ? UNCERTAIN : isMore ? 'more' : 'day';
  return item;
}

/** `3 requests`, and what they came to. */
function batchItem({ id, entries, isRest }: BatchNode): TreeItem {
  const [first] = entries;
  const label = isRest ? 'More' : `${entries.length.toLocaleString('en')} requests`;
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.contextValue = isRest ? 'more' : 'batch';
  if (!first || isRest) {
    item.description = entries.length.toLocaleString('en');
    return item;
  }
  const outcomes = entries.map((entry) => ({ outcome: outcomeOf(entry) }));
  const leading = entries.find((entry) => outcomeOf(entry) === leadingOutcome(outcomes));
  const files = new Set(entries.map(({ uri }) => uri));
  const where = files.size === 1 ? fileNameOf(first.uri) : `${files.size} files`;
  item.description = [countWords(outcomes), first.environment, timeOf(first), where].join(' · ');
  item.iconPath = iconOf(leading ?? first);
  item.tooltip = `${label} sent together: ${item.description}`;
  item.accessibilityInformation = { label: `${label}: ${item.description}` };
  return item;
}

function stepItem({ id, command, argument, label, description, icon }: TimelineStep): TreeItem {
  const item = new TreeItem(label);
  item.id = id;
  item.description = description;
  item.iconPath = icon;
  item.accessibilityInformation = { label: `${label}, ${description}` };
  item.contextValue = 'step';
  item.command = { command, title: 'Open', arguments: [argument] };
  return item;
}

function entryItem({ entry, isUncertain }: EntryNode, hasSteps: boolean): TreeItem {
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
  const state = isUncertain ? UNCERTAIN : entry.state;
  item.contextValue = `entry.${state}${isPayableEntry(entry) ? '.sandbox' : ''}`;
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
