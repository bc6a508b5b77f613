import { commands, window } from 'vscode';
import { outcomeOf, type HistoryEntry } from '../../core/journal/merge';
import type { History } from '../../app/history/history';
import type { Report } from '../../core/report/report';
import { isObject } from '../../core/json';
import { compare, openSide, type Side } from './documents';
import { createBugReport, exportHar } from './exports';
import { nameOf } from './entryWords';
import { idsIn, pickEntry } from './pick';
import { resendFile, resendSame } from './resend';
import { showUnanswered } from './unanswered';
import type { ResponseView } from '../response/responseView';
import type { Services } from '../shell/services';
import type { CommandHandlers } from '../shell/registrar';
import { notify } from '../shell/notify';
import { goneFromHistory } from '../../core/sharedWords';

type HistoryHandlers = Pick<
  CommandHandlers,
  | 'eccaex.openHistoryEntry'
  | 'eccaex.openHistoryAnswer'
  | 'eccaex.openSentRequest'
  | 'eccaex.showUnanswered'
  | 'eccaex.compareResponses'
  | 'eccaex.compareRequests'
  | 'eccaex.resendSameRequest'
  | 'eccaex.resendFile'
  | 'eccaex.dismissUnanswered'
  | 'eccaex.exportHar'
  | 'eccaex.createBugReport'
  | 'eccaex.deleteHistoryEntry'
  | 'eccaex.clearHistory'
  | 'eccaex.filterHistory'
  | 'eccaex.clearHistoryFilter'
>;

/** The commands on what was sent before. Each takes `{entry: id}` or `{entries: [id]}`, else asks. */
export function historyHandlers(services: Services, view: ResponseView): HistoryHandlers {
  const { history, historyTree } = services;
  return {
    'eccaex.openHistoryEntry': (...given) =>
      open(services, given, async (entry, preserveFocus) => {
        if (!(await view.showPast(entry, preserveFocus))) void notify.warn(goneFromHistory(nameOf(entry)));
      }),
    'eccaex.openHistoryAnswer': (...given) => open(services, given, (entry) => openSide(entry, 'answer')),
    'eccaex.openSentRequest': (...given) => open(services, given, (entry) => openSide(entry, 'request')),
    'eccaex.showUnanswered': () => showUnanswered(services),
    'eccaex.compareResponses': (...given) => compareTwo(services, 'answer', ...given),
    'eccaex.compareRequests': (...given) => compareTwo(services, 'request', ...given),
    'eccaex.resendSameRequest': (...given) =>
      withOne(services, given, 'Send which request again?', resendSame),
    'eccaex.resendFile': (...given) => withOne(services, given, 'Send which file again?', resendFile),
    'eccaex.dismissUnanswered': async (...given) => {
      // Only of those that are shown: what is read anew may be among them, too, and nobody has seen it.
      const { uncertain } = history;
      const entries = names(given) ? await entriesOf(history, given) : uncertain;
      await history.settle(entries.map(({ id }) => id));
    },
    'eccaex.exportHar': async (...given) => {
      const entries = await entriesOf(history, given);
      await exportHar(services, names(given) ? entries : historyTree.shown);
    },
    'eccaex.createBugReport': async (...given) => {
      const entries = await entriesOf(history, given);
      if (names(given)) return createBugReport(services, entries);
      const picked = await pickEntry(history.entries, 'Report which request?');
      return picked && createBugReport(services, [picked]);
    },
    'eccaex.deleteHistoryEntry': (...given) => remove(services, ...given),
    'eccaex.clearHistory': () => clear(services),
    'eccaex.filterHistory': async () => {
      await commands.executeCommand('eccaex.history.focus');
      const filter = await window.showInputBox({
        title: 'Filter the history',
        prompt: 'Filter by order, amount, environment, outcome or request id',
        value: historyTree.filter,
      });
      if (filter !== undefined) historyTree.setFilter(filter);
    },
    'eccaex.clearHistoryFilter': () => historyTree.setFilter(''),
  };
}

/** Whether sends are named: one that is gone does not stand for all of them. */
const names = ([first, second]: readonly unknown[]): boolean => idsIn(first, second).length > 0;

/** The sends that are named. What was sent a moment ago is among them, and among those to pick from after this. */
async function entriesOf(history: History, [first, second]: readonly unknown[]): Promise<HistoryEntry[]> {
  const ids = idsIn(first, second);
  if (ids.length === 0 || ids.some((id) => !history.entry(id))) await history.refresh();
  return ids.flatMap((id) => history.entry(id) ?? []);
}

async function withOne(
  services: Services,
  given: readonly unknown[],
  title: string,
  work: (services: Services, entry: HistoryEntry) => Promise<Report | undefined>,
): Promise<Report | undefined> {
  const [named] = await entriesOf(services.history, given);
  const entry = named ?? (await pickEntry(services.history.entries, title));
  return entry && work(services, entry);
}

/** `preserveFocus`: whoever clicks through a list stays in it. */
async function open(
  { history }: Services,
  given: readonly unknown[],
  show: (entry: HistoryEntry, preserveFocus: boolean) => Promise<void>,
): Promise<void> {
  const [named] = await entriesOf(history, given);
  const entry = named ?? (await pickEntry(history.entries, 'Open from the history'));
  const [first] = given;
  if (entry) await show(entry, isObject(first) && first['preserveFocus'] === true);
}

async function compareTwo({ history }: Services, side: Side, ...given: readonly unknown[]): Promise<void> {
  const named = await entriesOf(history, given);
  const { entries } = history;
  const one = named[0] ?? (await pickEntry(entries, `Compare the ${side} of…`));
  if (!one) return;
  const others = entries.filter(({ id }) => id !== one.id);
  const other = named[1] ?? (await pickEntry(others, `Compare the ${side} of ${nameOf(one)} with that of…`));
  if (other) await compare(one, other, side);
}

async function remove({ history, historyTree }: Services, ...given: readonly unknown[]): Promise<boolean> {
  const [first] = given;
  const isByKey = isObject(first) && first['selection'] === true;
  const named = isByKey ? [...historyTree.selection] : await entriesOf(history, given);
  // VS Code tells what is selected, not what has the focus: whoever only moved it to a row is asked.
  const picked = named.length > 0 ? undefined : await pickEntry(history.entries, 'Delete from the history');
  const entries = picked ? [picked] : named;
  const [only] = entries;
  if (!only) return false;
  const what = entries.length === 1 ? nameOf(only) : `${entries.length} sends`;
  const isInFlight = entries.some((entry) => outcomeOf(entry) === 'in flight');
  const detail = isInFlight
    ? 'The response has not arrived yet, and will not be kept.'
    : 'This removes what was sent and what came back from the disk. It changes nothing at the API.';
  if (!(await isConfirmed(`Delete ${what} from the history?`, detail))) return false;
  return tellIfKept(await history.delete(entries.map(({ id }) => id)), what);
}

async function clear({ history }: Services): Promise<boolean> {
  const detail =
    'This removes everything that was sent from this workspace, and what came back, from the disk. It changes nothing at the API.';
  if (!(await isConfirmed('Delete the whole history of this workspace?', detail))) return false;
  return tellIfKept(await history.clear(), 'All of the history');
}

function tellIfKept(remains: readonly string[], what: string): boolean {
  const [first] = remains;
  if (first === undefined) return true;
  const others = remains.length > 1 ? ` and ${remains.length - 1} more` : '';
  void notify.error(`${what} could not be deleted completely. It may still be in ${first}${others}.`);
  return false;
}

async function isConfirmed(question: string, detail: string): Promise<boolean> {
  // VS Code focuses the first button: what destroys is not it.
  return (await notify.ask(question, detail, 'Keep', 'Delete')) === 'Delete';
}
