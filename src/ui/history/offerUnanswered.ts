import { commands } from 'vscode';
import type { HistoryEntry } from '../../core/journal/merge';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { summaryOf } from './entryWords';
import { stillLost } from './stillLost';

const SEND_AGAIN = 'Send the Very Same Again';

/** Tells of the sends whose end nobody knows, because VS Code ended before the answer came. Sends nothing by itself. */
export async function offerUnanswered(services: Services): Promise<void> {
  const { history } = services;
  await history.refresh();
  const { lost } = history;
  const [only] = lost;
  if (!only) return;
  const isOne = lost.length === 1;
  const message = isOne
    ? `${summaryOf(only)} was sent to ${only.environment}, and VS Code ended before the answer came. The invoice may have been created.`
    : `${lost.length} requests were sent, and VS Code ended before the answers came. Their invoices may have been created.`;
  const choice = await notify.warn(message, 'Show', ...(isOne ? [SEND_AGAIN] : []), 'Dismiss');
  if (choice === 'Dismiss') await history.settle(lost.map(({ id }) => id));
  else if (choice === 'Show' && isOne) await showInTree(services, only);
  else if (choice === 'Show') await commands.executeCommand('eccaex.showUnanswered');
  else if (choice === SEND_AGAIN && (await stillLost(services, only)))
    await commands.executeCommand('eccaex.resendSameRequest', { entry: only.id });
}

async function showInTree({ historyTree }: Services, entry: HistoryEntry): Promise<void> {
  await commands.executeCommand('eccaex.history.focus');
  await historyTree.reveal(entry);
}
