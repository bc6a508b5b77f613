import type { Outcome } from '../report/report';
import type { HistoryEntry } from './merge';

/** What is known of a send: in flight, or how it ended. One whose end nobody knows is unanswered. */
export function outcomeOf({ state, answer }: HistoryEntry): Outcome | 'in flight' {
  return answer?.outcome ?? (state === 'in-flight' ? 'in flight' : 'unanswered');
}

/** Whether a send has every word of a query somewhere in what is known of it; case does not matter. */
export function matches(entry: HistoryEntry, query: string): boolean {
  const { request, answer } = entry;
  const facts = [
    ...[request.externalId, request.amount, request.currency, request.customerId, request.purpose],
    ...[entry.environment, outcomeOf(entry), entry.url, entry.path, entry.at],
    ...[answer?.status, answer?.requestId, answer?.invoiceId, answer?.code, answer?.message],
  ];
  const text = facts
    .filter((fact) => fact !== undefined)
    .join('\n')
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
