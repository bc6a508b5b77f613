import { URI } from 'vscode-uri';
import { nonEmptyString, isObject } from '../json';
import { parseJson } from '../response/answer';
import { leadingProblem, type Outcome } from '../report/report';
import { trustOf, type Trust } from '../webhook/webhook';
import type { DeliveryRecord, WebhookRecord } from './webhookRecord';
import type { AnsweredRecord, JournalRecord, SentRecord } from './record';

/** Of a text that is only searched, in UTF-16: all summaries are in memory. */
const LONGEST = 200;

/** Of a record, what a list of sends shows and is searched by: bodies stay on the disk. */
export type Summary =
  | SentSummary
  | AnsweredSummary
  | WebhookSummary
  | { readonly kind: 'delivery'; readonly id: string }
  | Exclude<JournalRecord, SentRecord | AnsweredRecord | WebhookRecord | DeliveryRecord>;

export interface WebhookSummary {
  readonly kind: 'webhook';
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly order: number;
  readonly trust: Trust;
  /** Of its body, about. */
  readonly bytes: number;
}

export interface SentSummary extends Omit<SentRecord, 'body'> {
  /** Of the file, as its URI has it, without escapes. */
  readonly path: string;
  /** As far as the body says it. */
  readonly request: {
    readonly externalId?: string;
    readonly amount?: string;
    readonly currency?: string;
    readonly customerId?: string;
    readonly purpose?: string;
  };
}

export interface AnsweredSummary {
  readonly kind: 'answered';
  readonly id: string;
  readonly outcome: Outcome;
  readonly status?: number;
  readonly requestId?: string;
  readonly durationMs?: number;
  readonly invoiceId?: string;
  /** Of the problem that decided the outcome. */
  readonly code?: string;
  readonly message?: string;
}

export function summaryOf(record: JournalRecord): Summary {
  switch (record.kind) {
    case 'sent': {
      const { body, ...rest } = record;
      return { ...rest, path: URI.parse(rest.uri).path, request: requestIn(body) };
    }
    case 'answered':
      return answeredSummary(record);
    case 'webhook': {
      const { kind, id, at, order = Date.parse(at), bodyBase64 } = record;
      return { kind, id, at, order, trust: trustOf(record), bytes: Math.ceil((bodyBase64.length * 3) / 4) };
    }
    case 'delivery':
      return { kind: record.kind, id: record.id };
    default:
      return record;
  }
}

/** What tells a request from others, as far as its body says it. */
export function requestIn(body: string): SentSummary['request'] {
  const value = parseJson(body);
  if (!isObject(value)) return {};
  const externalId = nonEmptyString(value['external_id']);
  const amount = nonEmptyString(value['amount']);
  const currency = nonEmptyString(value['currency_code']);
  const customerId = nonEmptyString(value['customer_id']);
  const purpose = nonEmptyString(value['purpose']);
  return {
    ...(externalId && { externalId }),
    ...(amount && { amount }),
    ...(currency && { currency }),
    ...(customerId && { customerId: customerId.slice(0, LONGEST) }),
    ...(purpose && { purpose: purpose.slice(0, LONGEST) }),
  };
}

function answeredSummary({ id, report }: AnsweredRecord): AnsweredSummary {
  const { outcome, status, requestId, durationMs, invoice } = report;
  const invoiceId = nonEmptyString(invoice?.['invoice_id']);
  const { code, message } = leadingProblem(report) ?? {};
  return {
    kind: 'answered',
    id,
    outcome,
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(invoiceId === undefined ? {} : { invoiceId }),
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message: message.slice(0, LONGEST) }),
  };
}
