import { STATUS_CODES } from 'node:http';
import type { SentReport } from '../../app/outcomes/sentReport';
import { isWebLink } from '../../core/response/webLink';
import type { Exchange } from '../../core/report/exchange';
import { isPayable, leadingProblem, type Report } from '../../core/report/report';
import type { ShownAnswer, ShownInvoice, ShownProblem } from '../../webview/response/protocol';

/** Problems that the view shows; a request with more is looked at in its editor. */
const MOST_PROBLEMS = 20;

type Offers = Pick<ShownProblem, 'fixes' | 'isEdited'>;

/** What there is to see of a send, its bodies apart. */
export function shownAnswer(
  { report, exchange }: SentReport,
  id: string,
  host: string,
  kept: ShownAnswer['kept'],
  offersFor: (place: number) => Offers,
): ShownAnswer {
  const { outcome, environment, at, status, requestId, invoice } = report;
  const code = outcome === 'created' ? undefined : leadingProblem(report)?.code;
  return {
    id,
    outcome,
    headline: headlineOf(report),
    ...(code === undefined ? {} : { code }),
    environment,
    host: report.origin === undefined ? host : new URL(report.origin).host,
    at,
    ...(kept === undefined ? {} : { kept }),
    ...(status === undefined ? {} : { status: `HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trim() }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(exchange ? { exchange: withoutBodies(exchange) } : {}),
    problems: report.problems
      .slice(0, MOST_PROBLEMS)
      .map(({ severity, code: kind, message, guidance }, place) => ({
        severity,
        code: kind,
        message,
        guidance,
        ...offersFor(place),
      })),
    moreProblems: Math.max(0, report.problems.length - MOST_PROBLEMS),
    ...(invoice ? { invoice: shownInvoice(invoice, isPayable(report)) } : {}),
  };
}

function headlineOf({ outcome, environment, problems }: Report): string {
  switch (outcome) {
    case 'created':
      return 'Invoice created';
    case 'rejected':
      return `Rejected by ${environment}`;
    case 'invalid': {
      const errors = problems.filter(({ severity }) => severity === 'error').length;
      return `Not sent: ${errors} ${errors === 1 ? 'error' : 'errors'} in the file`;
    }
    case 'blocked':
      return 'Not sent';
    case 'unanswered':
      return 'No complete response';
    case 'unexpected':
      return 'Unexpected response';
    case 'cancelled':
      return 'Cancelled before it was sent';
  }
}

function withoutBodies({ request, response, timings }: Exchange): Exchange {
  const { method, url, headers } = request;
  const head = { method, url, headers };
  if (!response) return { request: head, timings };
  const { status, size, isUtf8 } = response;
  return { request: head, response: { status, headers: response.headers, size, isUtf8 }, timings };
}

function shownInvoice(invoice: NonNullable<Report['invoice']>, payable: boolean): ShownInvoice {
  const text = (name: string) => {
    const value = invoice[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const { payment_link: link } = invoice;
  return {
    amount: text('amount'),
    currency: text('currency'),
    status: text('status'),
    ids: ['invoice_id', 'external_id', 'customer_id']
      .map((name) => [name, text(name)] as const)
      .filter(([, value]) => value !== ''),
    paymentLink: typeof link === 'string' ? link : '',
    isPayable: payable,
    isWebLink: isWebLink(link),
  };
}
