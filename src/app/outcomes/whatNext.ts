import { stopOf, type Outcome, type Report } from '../../core/report/report';
import type { SentReport } from './sentReport';

/** Of several sends, the one to look at first: what stopped all others, then what says most of why there is no invoice. */
export function firstToSee(sent: readonly SentReport[]): SentReport | undefined {
  let first: SentReport | undefined;
  for (const one of sent) {
    if (one.report.outcome === 'created' || one.report.problems.length === 0) continue;
    if (!first || rankOf(one.report) < rankOf(first.report)) first = one;
  }
  return first;
}

const RANK: Readonly<Record<Outcome, number>> = {
  rejected: 1,
  unexpected: 2,
  unanswered: 2,
  blocked: 3,
  invalid: 4,
  cancelled: 5,
  created: 5,
};

function rankOf(report: Report): number {
  return stopOf(report) ? 0 : RANK[report.outcome];
}

/** What certainly brought no invoice, and nothing in its text speaks against: it can be sent again as its file is now. */
export function withoutInvoice(sent: readonly SentReport[]): SentReport[] {
  return sent.filter(({ report: { outcome } }) => WITHOUT_INVOICE.has(outcome));
}

const WITHOUT_INVOICE: ReadonlySet<Outcome> = new Set(['rejected', 'blocked', 'cancelled']);

const MAY_BE_CREATED: ReadonlySet<Outcome> = new Set(['created', 'unanswered', 'unexpected']);

/**
 * What sends of a file to one environment have left over, where it brought invoices, or may have: to send all of the
 * file would create these twice. `undefined` where it brought none.
 */
export function leftOver(sent: readonly SentReport[]): readonly SentReport[] | undefined {
  return sent.some(({ report }) => MAY_BE_CREATED.has(report.outcome)) ? withoutInvoice(sent) : undefined;
}
