import { type QuickPickItem, ThemeIcon } from 'vscode';
import { pickOne } from '../shell/pickOne';
import type { HistoryEntry } from '../../core/journal/merge';
import { inBackground } from '../shell/log';
import type { Services } from '../shell/services';
import { summaryOf } from './entryWords';
import { openSide } from './documents';
import { pickEntry } from './pick';
import { resendSame } from './resend';
import { stillUncertain } from './offerUnanswered';
import { clip } from '../../core/phrases';
import { copyText, notify } from '../shell/notify';

/** Lists the sends whose invoices may exist without anybody knowing, whatever the cause; for each there is what can be done about it. */
export async function showUnanswered(services: Services): Promise<void> {
  const { history } = services;
  await history.refresh();
  if (history.uncertain.length === 0) {
    void notify.info('Every request sent from this workspace has its response, or was dismissed.');
    return;
  }
  const entry = await pickEntry(history.uncertain, 'Requests without a response: their invoices may exist');
  if (!entry) return;
  const { externalId } = entry.request;
  const step = await pickOne<QuickPickItem & { readonly act: Act }>(
    [
      ...(externalId === undefined
        ? []
        : [
            {
              label: 'Copy external_id',
              description: clip(externalId),
              iconPath: new ThemeIcon('copy'),
              act: 'copy' as const,
            },
          ]),
      { label: 'Show what was sent', iconPath: new ThemeIcon('go-to-file'), act: 'open' },
      {
        label: `Resend the exact request to ${entry.environment}`,
        iconPath: new ThemeIcon('debug-rerun'),
        act: 'resend',
      },
      { label: 'Dismiss', iconPath: new ThemeIcon('check'), act: 'dismiss' },
    ],
    { title: `${summaryOf(entry)}: the invoice may have been created` },
  );
  if (step) await actOn(services, entry, step.act);
}

type Act = 'copy' | 'open' | 'resend' | 'dismiss';

async function actOn(services: Services, entry: HistoryEntry, act: Act): Promise<void> {
  if (act === 'copy') {
    await copyText(entry.request.externalId ?? '', 'external_id');
    return;
  }
  const now = await stillUncertain(services, entry);
  if (!now) return;
  if (act === 'open') await openSide(now, 'request');
  else if (act === 'resend') await resendSame(services, now);
  else await services.history.settle([entry.id]);
  if (act !== 'open' && services.history.uncertain.length > 0)
    inBackground(services.log, showUnanswered(services));
}
