import { commands, type LogOutputChannel } from 'vscode';
import type { HistoryEntry } from '../../core/journal/merge';
import { copyText, notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { summaryOf, nameOf } from './entryWords';
import type { JournalTrouble } from '../../app/ports';

const SEND_AGAIN = 'Resend Exact Request';

/** Tells of the sends whose end nobody knows, because VS Code ended before the response came. Sends nothing by itself. */
export async function offerUnanswered(services: Services): Promise<void> {
  const { history } = services;
  await history.refresh();
  const { lost } = history;
  const [only] = lost;
  if (!only) return;
  const isOne = lost.length === 1;
  const message = isOne
    ? `${summaryOf(only)} was sent to ${only.environment}, and VS Code closed before the response arrived. The invoice may have been created.`
    : `${lost.length} requests were sent, and VS Code closed before the responses arrived. Their invoices may have been created.`;
  // With the external_ids, the invoices can be looked for: that comes before anything that sends.
  const ids = lost.flatMap(({ request }) => request.externalId ?? []);
  const copy = ids.length === 1 ? 'Copy external_id' : `Copy ${ids.length} external_ids`;
  const choice = await notify.warn(
    message,
    ...(ids.length > 0 ? [copy] : []),
    'Show',
    ...(isOne ? [SEND_AGAIN] : []),
    'Dismiss',
  );
  if (choice === copy) await copyText(ids.join('\n'), ids.length === 1 ? 'external_id' : 'external_ids');
  else if (choice === 'Dismiss') await history.settle(lost.map(({ id }) => id));
  else if (choice === 'Show' && isOne) await showInTree(services, only);
  else if (choice === 'Show') await commands.executeCommand('eccaex.showUnanswered');
  else if (choice === SEND_AGAIN && (await stillUncertain(services, only)))
    await commands.executeCommand('eccaex.resendSameRequest', { entry: only.id });
}

async function showInTree({ historyTree }: Services, entry: HistoryEntry): Promise<void> {
  await commands.executeCommand('eccaex.history.focus');
  await historyTree.reveal(entry);
}

/** A send that may have an invoice as it is now: another window may have done something about it, which is said. */
export async function stillUncertain(
  { history }: Pick<Services, 'history'>,
  entry: HistoryEntry,
): Promise<HistoryEntry | undefined> {
  await history.refresh();
  const now = history.uncertain.find(({ id }) => id === entry.id);
  if (now) return now;
  void notify.info(`${nameOf(entry)} was taken care of already.`);
  return undefined;
}

const WORDS: Readonly<Record<JournalTrouble, (reason: string) => string>> = {
  append: (reason) =>
    `The history cannot be written: ${reason}. Requests are sent anyway, and are written once that works. If this window closes or crashes before, the history does not have them.`,
  compact: (reason) =>
    `The history cannot be cleaned up: ${reason}. New requests are kept, and old ones stay on the disk.`,
  read: (reason) => `The history cannot be read: ${reason}. It may be out of date.`,
  'take-over': (reason) =>
    `The history of an earlier release is not shown: ${reason}. Move its files there yourself while VS Code is closed.`,
};

/** Says what the journal cannot do, and what that means. */
export function tellOfTrouble(log: LogOutputChannel): (reason: string, what: JournalTrouble) => void {
  return (reason, what) => {
    const text = WORDS[what](reason);
    log.warn(text);
    void notify.warn(text);
  };
}
