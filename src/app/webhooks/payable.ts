import type { HistoryEntry } from '../../core/journal/merge';
import type { Report } from '../../core/report/report';

/** Whether a send created an invoice in the sandbox, where a payment can be simulated. */
export function isPayable({ environment, outcome, invoice }: Report): boolean {
  return environment === 'sandbox' && outcome === 'created' && typeof invoice?.['invoice_id'] === 'string';
}

/** The same of a send in the history. */
export function isPayableEntry({ environment, answer }: HistoryEntry): boolean {
  return environment === 'sandbox' && answer?.outcome === 'created' && answer.invoiceId !== undefined;
}
