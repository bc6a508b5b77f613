import type { Environment } from '../environments/environment';
import type { Change, Exchange } from '../report/exchange';
import type { DeliveryRecord, WebhookRecord } from './webhookRecord';
import type { Report } from '../report/report';

/** A request that was about to leave. */
export interface SentRecord {
  readonly kind: 'sent';
  readonly id: string;
  /** ISO 8601, by the clock of then. */
  readonly at: string;
  /** Larger than that of every send that this window knew of; see `nextOrder`. Absent in earlier releases. */
  readonly order?: number;
  readonly uri: string;
  readonly index: number;
  readonly environment: Environment;
  /** The same for all requests of one send; absent where that sent one, and in earlier releases. A UUID. */
  readonly batch?: string;
  readonly url: string;
  readonly body: string;
  /** Absent: the body is the very one that was sent. */
  readonly changed?: Change;
}

/** What came of it. */
export interface AnsweredRecord {
  readonly kind: 'answered';
  readonly id: string;
  /** The body that was sent stands in the `sent` record alone. */
  readonly report: Report;
  /** Absent where nothing went over the wire. */
  readonly exchange?: Exchange;
  readonly changed?: Change;
}

/** A send without a response that nobody needs to be told of any longer. */
interface SettledRecord {
  readonly kind: 'settled';
  readonly id: string;
}

/** Whatever the journal holds of this send is to go. */
interface DeletedRecord {
  readonly kind: 'deleted';
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** The session that sent it. It can write of the send again while it runs, so the record stays that long. */
  readonly session?: string;
}

/** The first line of a file. A file without one is of an earlier release. */
export interface HeaderRecord {
  readonly kind: 'journal';
  readonly format: number;
  /** Files that this one was made of. They no longer count, whether they are still there or not. */
  readonly replaces: readonly string[];
}

/** The lines that follow were written by this session; in a file that was made of others. */
export interface SessionRecord {
  readonly kind: 'session';
  readonly session: string;
}

/** What this release writes. A file with a larger number belongs to a later release, and is left alone. */
export const FORMAT = 2;

/** One line about a send or a webhook. */
export type JournalRecord =
  SentRecord | AnsweredRecord | SettledRecord | DeletedRecord | WebhookRecord | DeliveryRecord;

/** Ends with the line break. */
export function encodeRecord(record: JournalRecord | HeaderRecord | SessionRecord): string {
  return `${JSON.stringify(record)}\n`;
}
