import type { Range } from '../document/positions';
import type { Environment } from '../environments/environment';
import type { FixId } from '../fixes/fix';
import type { Severity } from '../problems/problem';

export const OUTCOMES = [
  'created',
  'rejected',
  'invalid',
  'blocked',
  'unanswered',
  'unexpected',
  'cancelled',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** What people read for an outcome; the API's own codes say more where there is one. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  created: 'created',
  rejected: 'rejected',
  invalid: 'has errors',
  blocked: 'not sent',
  unanswered: 'no response',
  unexpected: 'unexpected response',
  cancelled: 'canceled',
};

export interface ReportedProblem {
  readonly code: string;
  readonly severity: Severity;
  /** `document`: the text alone shows it. `api`: the attempt to send it does. */
  readonly source: 'document' | 'api';
  /** RFC 6901; `""` for the whole request. */
  readonly pointer: string;
  /** Zero-based, UTF-16, in the text that was read. */
  readonly range: Range;
  readonly message: string;
  readonly guidance: readonly string[];
  readonly docs: string;
  readonly retryable: boolean;
  /** Stable ids, best first. */
  readonly fixes: readonly FixId[];
}

/** What a send gives: to the caller of the command, as a line of the CLI, to the history. */
export interface Report {
  /** The file's path; the URI where it is no file. */
  readonly file: string;
  /** Place in a batch. */
  readonly index: number;
  readonly environment: Environment;
  /** Absent where the base URL has none. */
  readonly origin?: string;
  readonly outcome: Outcome;
  /** ISO 8601: when it was sent, or found not to be sendable. */
  readonly at: string;
  /** HTTP status, when there was a response. */
  readonly status?: number;
  readonly requestId?: string;
  /** From the first byte sent to the last one received, in milliseconds; absent where nothing was sent. */
  readonly durationMs?: number;
  /** The very body that was sent. */
  readonly body?: string;
  /**
   * As received; a number that JavaScript would round or write in another way, such as `1.10`, is the text of its
   * digits. Of one that is larger than `LARGEST_VALUE` long texts and lists are cut off, but for what is documented.
   */
  readonly invoice?: Readonly<Record<string, unknown>>;
  /** As received, with the same exception. */
  readonly error?: { readonly code: string; readonly message: string; readonly details?: unknown };
  readonly problems: readonly ReportedProblem[];
}

/** The problem that decided the outcome, or the nearest to that. */
export function leadingProblem({ problems }: Report): ReportedProblem | undefined {
  return problems.find(({ severity }) => severity === 'error') ?? problems[0];
}

/**
 * Whether an invoice may exist of which nobody knows: a request was sent, and no response says for certain that there is
 * none. `code`: of the leading problem.
 */
export function invoiceMayExist(outcome: Outcome, code: string | undefined): boolean {
  // A redirect or a refusal by something in front of the API created nothing.
  return outcome === 'unanswered' || (outcome === 'unexpected' && !/^(?:redirect$|http-4)/.test(code ?? ''));
}

/** Whether a send created an invoice in the sandbox, where a payment can be simulated. */
export function isPayable({ environment, outcome, invoice }: Report): boolean {
  return environment === 'sandbox' && outcome === 'created' && typeof invoice?.['invoice_id'] === 'string';
}

/** Why the rest of a send is not sent after a response: what it says holds for every other request. */
export function stopOf({ status }: Report): 'key-refused' | 'rate-limited' | undefined {
  if (status === 401 || status === 403) return 'key-refused';
  return status === 429 ? 'rate-limited' : undefined;
}
