import { ThemeIcon, ThemeColor } from 'vscode';
import { clip } from '../../core/phrases';
import { type HistoryEntry, outcomeOf } from '../../core/journal/merge';
import { fileNameOf } from '../shell/convert';
import { momentOf } from '../../core/times';
import { nameOfOutcome } from '../shell/outcomeIcons';

/** What a send is called: its order, or else its file. */
export function nameOf({ request, uri }: HistoryEntry): string {
  return clip(request.externalId ?? fileNameOf(uri)) || 'request';
}

/** `1500.00 UAH` */
export function amountOf({ request }: HistoryEntry): string | undefined {
  const parts = [request.amount, request.currency].filter((part) => part !== undefined);
  return parts.length > 0 ? clip(parts.join(' ')) : undefined;
}

/** `created`, `RATE_NOT_FOUND`, `unexpected response: http-502` */
export function endOf(entry: HistoryEntry): string {
  if (entry.state === 'lost' || entry.state === 'settled') return 'no response, VS Code closed';
  const outcome = outcomeOf(entry);
  const code = entry.answer?.code;
  if (outcome === 'created' || code === undefined) return nameOfOutcome(outcome);
  return outcome === 'rejected' ? clip(code) : `${nameOfOutcome(outcome)}: ${clip(code)}`;
}

/** To make one takes longer than a hundred rows do. */
let dates: Intl.DateTimeFormat | undefined;

export function timeOf({ at }: HistoryEntry): string {
  return momentOf(new Date(at), new Date());
}

/** `today`, `yesterday`, or the date. */
export function dayOf({ at }: HistoryEntry, now: Date): string {
  const day = new Date(at);
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (day.toDateString() === now.toDateString()) return 'Today';
  if (day.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return (dates ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })).format(day);
}

export function iconOf(entry: HistoryEntry): ThemeIcon {
  switch (outcomeOf(entry)) {
    case 'created':
      return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
    case 'in flight':
      return new ThemeIcon('loading~spin');
    case 'unanswered':
      return new ThemeIcon('question', new ThemeColor('list.warningForeground'));
    case 'unexpected':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    default:
      return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
  }
}

/** All that is known, one fact a line. */
export function factsOf(entry: HistoryEntry): string {
  const { answer } = entry;
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ['Outcome', endOf(entry)],
    ['Status', answer?.status],
    ['Amount', amountOf(entry)],
    ['External id', entry.request.externalId],
    ['Invoice', answer?.invoiceId],
    ['Request id', answer?.requestId],
    ['Environment', `${entry.environment} (${new URL(entry.url).host})`],
    ['Sent', entry.at],
    ['Took', answer?.durationMs === undefined ? undefined : `${answer.durationMs} ms`],
    ['File', fileNameOf(entry.uri) + (entry.index > 0 ? ` #${entry.index}` : '')],
    ['Body', entry.changed && `kept ${entry.changed}`],
  ];
  return facts
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${clip(String(value), 200)}`]))
    .join('\n');
}

/** `order-1 (1500.00 UAH)` */
export function summaryOf(entry: HistoryEntry): string {
  const amount = amountOf(entry);
  return amount === undefined ? nameOf(entry) : `${nameOf(entry)} (${amount})`;
}
