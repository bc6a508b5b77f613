import { commands, window, type QuickPickItem } from 'vscode';
import type { HistoryEntry } from '../../core/journal/merge';
import { inBackground } from '../background';
import type { Services } from '../services';
import { amountOf, nameOf } from './entryWords';
import { openSide } from './documents';
import { pickEntry } from './pick';
import { resendSame } from './resend';
import { notify } from '../notify';

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
  else if (choice === SEND_AGAIN) await actOn(services, only, 'resend');
  else if (choice === 'Show' && isOne) await showInTree(services, only);
  else if (choice === 'Show') await showUnanswered(services);
}

/** Lists them; for each there is what can be done about it. */
export async function showUnanswered(services: Services): Promise<void> {
  const { history } = services;
  await history.refresh();
  if (history.lost.length === 0) {
    void notify.info('Every request that was sent from this workspace has its answer, or was dismissed.');
    return;
  }
  const entry = await pickEntry(history.lost, 'Sent, and VS Code ended before the answer came');
  if (!entry) return;
  const step = await window.showQuickPick<QuickPickItem & { readonly act: Act }>(
    [
      { label: '$(go-to-file) Show what was sent', act: 'open' },
      { label: `$(debug-rerun) Send the very same request again to ${entry.environment}`, act: 'resend' },
      { label: '$(check) Dismiss', act: 'dismiss' },
    ],
    { title: `${summaryOf(entry)}: the invoice may have been created` },
  );
  if (step) await actOn(services, entry, step.act);
}

type Act = 'open' | 'resend' | 'dismiss';

async function actOn(services: Services, entry: HistoryEntry, act: Act): Promise<void> {
  // Meanwhile another window may have done something about it.
  await services.history.refresh();
  const now = services.history.entry(entry.id);
  if (now?.state !== 'lost') {
    void notify.info(`${nameOf(entry)} was taken care of already.`);
    return;
  }
  if (act === 'open') await openSide(now, 'request');
  else if (act === 'resend') await resendSame(services, now);
  else await services.history.settle([entry.id]);
  if (act !== 'open' && services.history.lost.length > 0)
    inBackground(services.log, showUnanswered(services));
}

async function showInTree({ historyTree }: Services, entry: HistoryEntry): Promise<void> {
  await commands.executeCommand('eccaex.history.focus');
  await historyTree.reveal(entry);
}

function summaryOf(entry: HistoryEntry): string {
  const amount = amountOf(entry);
  return amount === undefined ? nameOf(entry) : `${nameOf(entry)} (${amount})`;
}
