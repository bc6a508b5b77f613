import { type QuickPickItem } from 'vscode';
import { pickOne } from '../shell/pickOne';
import type { HistoryEntry } from '../../core/journal/merge';
import { clip } from '../../core/phrases';
import { isObject } from '../../core/json';
import { amountOf, endOf, iconOf, nameOf } from './entryWords';
import { entriesIn } from './historyNodes';
import { notify } from '../shell/notify';

type EntryItem = QuickPickItem & { readonly entry: HistoryEntry };

/** Lets a person look for one send among these; what is typed is looked for in everything that an entry shows. */
export async function pickEntry(
  entries: readonly HistoryEntry[],
  title: string,
): Promise<HistoryEntry | undefined> {
  if (entries.length === 0) {
    void notify.info('The history of this workspace has no such request.');
    return undefined;
  }
  const picked = await pickOne(entries.map(itemOf), {
    title,
    placeHolder: 'Order, amount, outcome, request id, …',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.entry;
}

function itemOf(entry: HistoryEntry): EntryItem {
  const { answer, environment, at } = entry;
  const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(
    new Date(at),
  );
  const facts = [
    when,
    answer?.invoiceId && `invoice ${answer.invoiceId}`,
    answer?.requestId && `request ${answer.requestId}`,
  ];
  return {
    entry,
    label: nameOf(entry),
    description: [amountOf(entry), environment, endOf(entry)]
      .filter((fact) => fact !== undefined)
      .join(' · '),
    detail: clip(facts.filter((fact) => fact).join(' · '), 300),
    iconPath: iconOf(entry),
  };
}

/** The ids that a command is given: by the tree, with what is selected there, or as `{entry}` or `{entries}`. */
export function idsIn(first: unknown, second: unknown): string[] {
  const clicked = entriesIn([first]);
  if (clicked.length > 0) {
    const selected = entriesIn(Array.isArray(second) ? second : []);
    return (selected.length > 0 ? selected : clicked).map(({ id }) => id);
  }
  if (!isObject(first)) return [];
  const { entry, entries } = first;
  const ids: unknown[] = [entry, ...(Array.isArray(entries) ? (entries as unknown[]) : [])];
  return ids.filter((id) => typeof id === 'string');
}
