import type { Header } from '../report/exchange';

/** How long the vendor waits for a handler. Source: the vendor's documentation of webhooks. */
export const DELIVERY_TIMEOUT_MS = 15_000;

/** Of a handler's response, in bytes: what is kept of its body. */
export const KEPT_RESPONSE = 64 * 1024;

/** How a POST to a handler ended. */
export type DeliveryEnd =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: readonly Header[];
      /** Its beginning, {@link KEPT_RESPONSE} bytes at most. */
      readonly body: Uint8Array;
      /** In bytes, as far as it was read. */
      readonly size: number;
    }
  /** Nothing listens there, or the name has no address. `detail`: the code of Node, `ECONNREFUSED`. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** The connection ended before the whole response was there. */
  | { readonly kind: 'broken'; readonly detail: string }
  | { readonly kind: 'timeout' }
  /** The window was closed, or the command interrupted, before the response. */
  | { readonly kind: 'stopped' };

/** What the vendor would make of it: any 2xx within 15 s, else it sends the webhook again. */
export type Verdict = 'accepted' | 'would-be-retried' | 'not-forwarded';

/** One POST of a webhook to a handler. */
export interface Delivery {
  readonly id: string;
  /** ISO 8601, when it began. */
  readonly at: string;
  readonly url: string;
  /** `forward`: as it came in. The others: sent again from here. */
  readonly cause: 'forward' | 'replay' | 'replay-signed-now' | 'replay-edited';
  /** Absent while it is under way. */
  readonly end?: DeliveryEnd;
  /** Until the last byte of the response. */
  readonly durationMs?: number;
}

export function verdictOf(end: DeliveryEnd): Exclude<Verdict, 'not-forwarded'> {
  return end.kind === 'response' && end.status >= 200 && end.status < 300 ? 'accepted' : 'would-be-retried';
}

/**
 * What the listener responds to the sender of a webhook that it forwarded: the handler's status, 502 where there was no
 * whole response, 504 where there was none in time.
 */
export function statusForSender(end: DeliveryEnd): number {
  switch (end.kind) {
    case 'response':
      // What HTTP does not know as a final status cannot be passed on.
      return end.status >= 200 && end.status <= 599 ? end.status : 502;
    case 'timeout':
      return 504;
    case 'unreachable':
    case 'broken':
    case 'stopped':
      return 502;
  }
}

/** A webhook that the sandbox sends, on a schedule of its own. */
export interface SandboxSending {
  /** Of the `callback_url`. */
  readonly origin: string;
  readonly attempts: readonly SandboxAttempt[];
  /**
   * `not-allowed`: nobody has allowed the origin; `waiting`: for the next attempt; `paused`: for a person;
   * `given-up`: after the last attempt.
   */
  readonly state: 'not-allowed' | 'sending' | 'waiting' | 'paused' | 'delivered' | 'given-up';
  /** Unix milliseconds; while it waits. */
  readonly nextAt?: number;
}

export interface SandboxAttempt {
  /** Unix milliseconds. */
  readonly at: number;
  /** Absent while it is under way. `fault`: in words, where there was no response. */
  readonly end?: {
    readonly status?: number | undefined;
    readonly fault?: string | undefined;
    readonly durationMs: number;
  };
}
