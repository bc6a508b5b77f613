import { window, type QuickPickItem } from 'vscode';
import type { HistoryEntry } from '../../core/journal/merge';
import { inBackground } from '../shell/log';
import type { Services } from '../shell/services';
import { summaryOf } from './entryWords';
import { openSide } from './documents';
import { pickEntry } from './pick';
import { resendSame } from './resend';
import { stillLost } from './offerUnanswered';
import { notify } from '../shell/notify';

/** Lists the sends whose end nobody knows; for each there is what can be done about it. */
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
  const now = await stillLost(services, entry);
  if (!now) return;
  if (act === 'open') await openSide(now, 'request');
  else if (act === 'resend') await resendSame(services, now);
  else await services.history.settle([entry.id]);
  if (act !== 'open' && services.history.lost.length > 0)
    inBackground(services.log, showUnanswered(services));
}
