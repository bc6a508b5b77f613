import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { GUESS_HEADER } from '../core/webhook/outcomes';
import type { DataEnvelope, ErrorEnvelope } from '../core/contract/wire';

/** A whole HTTP response, not sent yet. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export type Details = Readonly<Record<string, unknown>>;

/** The `details` of a validation error, per wrong field. The shape is a guess: the vendor's is unknown. */
export type Complaints = Record<string, string[]>;

/** Ends the message of every error that the vendor's pages do not describe, for those who see no headers. */
const GUESS_NOTE = "(the sandbox's own guess: the vendor documents no answer for this)";

export function json(status: number, value: unknown, headers: Answer['headers'] = {}): Answer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** What the documented `GET` endpoints respond with; `paging` stands beside `data`. */
export function dataAnswer(data: unknown, paging: Readonly<Record<string, number>> = {}): Answer {
  const envelope: DataEnvelope<unknown> = { successful: true, data };
  return json(200, { ...envelope, ...paging });
}

/** The documented envelope with a `request_id` that no other response has. */
export function envelope(code: string, message: string, details?: Details): ErrorEnvelope {
  return {
    successful: false,
    request_id: randomUUID(),
    error: details === undefined ? { code, message } : { code, message, details },
  };
}

/** Marks a response that the vendor's pages do not describe. */
export function guessed({ headers, ...answer }: Answer): Answer {
  return { ...answer, headers: { ...headers, [GUESS_HEADER]: 'true' } };
}

/** An error for which the vendor documents neither the code nor the details. Marked as a guess, twice. */
export function guessedError(
  status: number,
  code: string,
  message: string,
  details?: Details,
  headers: Answer['headers'] = {},
): Answer {
  return guessed(json(status, envelope(code, `${message} ${GUESS_NOTE}`, details), headers));
}

/** Sends a response as one message with its length. Does nothing where the client has gone. */
export function send(res: ServerResponse, { status, headers, body }: Answer): void {
  res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  res.end(body);
}
