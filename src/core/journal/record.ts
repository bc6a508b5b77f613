import type { Environment } from '../environments/environment';
import type { Exchange } from '../report/exchange';
import type { Report } from '../report/report';

/** Why a text in the journal is not to the letter what went over the wire. */
export type Change = 'shortened' | 'redacted';

/** A request that was about to leave. */
export interface SentRecord {
  readonly kind: 'sent';
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly uri: string;
  readonly index: number;
  readonly environment: Environment;
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

/** A send without an answer that nobody needs to be told of any more. */
export interface SettledRecord {
  readonly kind: 'settled';
  readonly id: string;
}

/** Whatever the journal holds of this send is to go. */
export interface DeletedRecord {
  readonly kind: 'deleted';
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
}

/** One line of the journal. */
export type JournalRecord = SentRecord | AnsweredRecord | SettledRecord | DeletedRecord;

/** Ends with the line break. */
export function encodeRecord(record: JournalRecord): string {
  return `${JSON.stringify(record)}\n`;
}
