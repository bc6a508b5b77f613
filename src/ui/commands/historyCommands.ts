import { commands, window } from 'vscode';
import { outcomeOf } from '../../core/journal/search';
import type { HistoryEntry } from '../../core/journal/merge';
import type { Report } from '../../core/report/report';
import { isObject } from '../../core/response/decode';
import { compare, openSide, type Side } from '../history/documents';
import { createBugReport, exportHar } from '../history/exports';
import { nameOf } from '../history/entryWords';
import { idsIn, pickEntry } from '../history/pick';
import { resendFile, resendSame } from '../history/resend';
import { showUnanswered } from '../history/unanswered';
import type { ResponseView } from '../response/responseView';
import type { Services } from '../services';
import type { CommandHandlers } from './registrar';
import { notify } from '../notify';

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
        if (!(await view.showPast(entry, preserveFocus)))
          void notify.warn(`${nameOf(entry)} is no longer in the history.`);
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
      const entries = entriesOf(services, ...given);
      await history.settle((names(given) ? entries : history.lost).map(({ id }) => id));
    },
    'eccaex.exportHar': async (...given) => {
      const entries = entriesOf(services, ...given);
      await exportHar(services, names(given) ? entries : historyTree.shown);
    },
    'eccaex.createBugReport': async (...given) => {
      const entries = entriesOf(services, ...given);
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
        prompt: 'Words that a send has: order, amount, environment, outcome, request id, …',
        value: historyTree.filter,
      });
      if (filter !== undefined) historyTree.setFilter(filter);
    },
    'eccaex.clearHistoryFilter': () => historyTree.setFilter(''),
  };
}

/** Whether sends are named: one that is gone does not stand for all of them. */
const names = ([first, second]: readonly unknown[]): boolean => idsIn(first, second).length > 0;

function entriesOf({ history }: Services, first: unknown, second: unknown): HistoryEntry[] {
  return idsIn(first, second).flatMap((id) => history.entry(id) ?? []);
}

async function withOne(
  services: Services,
  [first, second]: readonly unknown[],
  title: string,
  work: (services: Services, entry: HistoryEntry) => Promise<Report | undefined>,
): Promise<Report | undefined> {
  const [given] = entriesOf(services, first, second);
  // What was sent a moment ago is to be among them.
  if (!given) await services.history.refresh();
  const entry = given ?? (await pickEntry(services.history.entries, title));
  return entry && work(services, entry);
}

/** `preserveFocus`: whoever clicks through a list stays in it. */
async function open(
  services: Services,
  [first, second]: readonly unknown[],
  show: (entry: HistoryEntry, preserveFocus: boolean) => Promise<void>,
): Promise<void> {
  const [given] = entriesOf(services, first, second);
  const entry = given ?? (await pickEntry(services.history.entries, 'Open from the history'));
  if (entry) await show(entry, isObject(first) && first['preserveFocus'] === true);
}

async function compareTwo(services: Services, side: Side, first: unknown, second: unknown): Promise<void> {
  const { entries } = services.history;
  const given = entriesOf(services, first, second);
  const one = given[0] ?? (await pickEntry(entries, `Compare the ${side} of…`));
  if (!one) return;
  const others = entries.filter(({ id }) => id !== one.id);
  const other = given[1] ?? (await pickEntry(others, `Compare the ${side} of ${nameOf(one)} with that of…`));
  if (other) await compare(one, other, side);
}

async function remove(services: Services, first: unknown, second: unknown): Promise<boolean> {
  const isByKey = isObject(first) && first['selection'] === true;
  const given = isByKey ? [...services.historyTree.selection] : entriesOf(services, first, second);
  const isNamed = isByKey || given.length > 0;
  const picked = isNamed ? undefined : await pickEntry(services.history.entries, 'Delete from the history');
  const entries = picked ? [picked] : given;
  const [only] = entries;
  if (!only) return false;
  const what = entries.length === 1 ? nameOf(only) : `${entries.length} sends`;
  const isInFlight = entries.some((entry) => outcomeOf(entry) === 'in flight');
  const detail = isInFlight
    ? 'The answer is not in yet: it will not be kept.'
    : 'This removes what was sent and what came back from the disk. It changes nothing at the API.';
  if (!(await isConfirmed(`Delete ${what} from the history?`, detail))) return false;
  return tellIfKept(await services.history.delete(entries.map(({ id }) => id)), what);
}

async function clear({ history }: Services): Promise<boolean> {
  const detail =
    'This removes everything that was sent from this workspace, and what came back, from the disk. It changes nothing at the API.';
  if (!(await isConfirmed('Delete the whole history of this workspace?', detail))) return false;
  return tellIfKept(await history.clear(), 'All of the history');
}

function tellIfKept(isDeleted: boolean, what: string): boolean {
  if (!isDeleted)
    void notify.error(
      `${what} could not be deleted: the files of the history cannot be written. Some or all of it is still on the disk.`,
    );
  return isDeleted;
}

async function isConfirmed(question: string, detail: string): Promise<boolean> {
  const choice = await notify.ask(question, detail, 'Delete');
  return choice !== undefined;
}
