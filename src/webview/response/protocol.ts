import { isObject } from '../../core/json';
import type { Exchange } from '../../core/report/exchange';
import type { Outcome } from '../../core/report/report';
import type { Severity } from '../../core/problems/problem';

/** What the view shows: one request, and what is known of its last send. Texts of a server are as received. */
export interface ShownRequest {
  readonly uri: string;
  /** Its place in a batch. */
  readonly index: number;
  /** `order.invoice.json`, or `batch.invoice.json · 2 of 5` */
  readonly name: string;
  /** Whether the view stays with this request when another one is sent. */
  readonly isPinned: boolean;
  /** The send of the history that is shown; absent where it is the last one of this window. */
  readonly entry?: string;
  readonly state:
    | { readonly kind: 'unknown' }
    | {
        readonly kind: 'sending';
        readonly environment: string;
        readonly host: string;
        /** ISO 8601. */
        readonly since: string;
        /** Whether this window sends it: what another one sends is stopped there. */
        readonly isOwn: boolean;
      }
    | ({ readonly kind: 'answered' } & ShownAnswer);
}

/** The requests that were sent together, or stand in one file; no rows where that is one request alone. */
export interface ShownBatch {
  readonly rows: readonly ShownElement[];
  /** What “Send the Rest” would send, and where to. */
  readonly rest: { readonly count: number; readonly environment: string };
}

export interface ShownElement {
  readonly uri: string;
  readonly index: number;
  /** Its name, where the requests are of several files. */
  readonly file?: string;
  readonly externalId: string;
  /** `1500.00 UAH` */
  readonly amount: string;
  readonly outcome: Outcome;
  /** The outcome, as people read it. */
  readonly words: string;
  /** Of the problem that decided the outcome. */
  readonly code?: string;
}

export interface ShownAnswer {
  /** Another one for each send. */
  readonly id: string;
  readonly outcome: Outcome;
  readonly headline: string;
  /** `rejected` and others: the code. */
  readonly code?: string;
  readonly environment: string;
  readonly host: string;
  /** ISO 8601. */
  readonly at: string;
  /** Where it comes from, if it is none of this window's: the history keeps of large bodies the beginning alone. */
  readonly kept?: 'whole' | 'shortened' | 'redacted';
  /** `HTTP 201 Created` */
  readonly status?: string;
  readonly requestId?: string;
  /** Its bodies are sent apart: they are large, and do not change. */
  readonly exchange?: Exchange;
  readonly problems: readonly ShownProblem[];
  /** Problems beyond those. */
  readonly moreProblems: number;
  readonly invoice?: ShownInvoice;
}

export interface ShownProblem {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly guidance: readonly string[];
  /** Whether the text that it is about was changed since. */
  readonly isEdited: boolean;
  readonly fixes: readonly { readonly id: string; readonly title: string }[];
}

export interface ShownInvoice {
  readonly amount: string;
  readonly currency: string;
  readonly status: string;
  /** Names and values of the ids that there are. */
  readonly ids: readonly (readonly [name: string, value: string])[];
  readonly paymentLink: string;
  /** Whether the sandbox has it, where a payment can be simulated. */
  readonly isPayable: boolean;
  /** Only then is it opened, or made a QR code of. */
  readonly isWebLink: boolean;
}

export type ToView =
  | { readonly kind: 'show'; readonly request: ShownRequest }
  | { readonly kind: 'batch'; readonly batch: ShownBatch }
  | {
      readonly kind: 'bodies';
      readonly id: string;
      /** UTF-8: VS Code copies bytes, where it would write a text as JSON in JSON. */
      readonly sent: Uint8Array | undefined;
      readonly received: Uint8Array | undefined;
    };

/** What the view asks for. It names things; what they are is looked up by whoever is asked. */
export type FromView =
  | {
      readonly kind:
        | 'ready'
        | 'cancel'
        | 'send'
        | 'send-rest'
        | 'pin'
        | 'open-link'
        | 'copy-link'
        | 'simulate'
        | 'open-editor';
    }
  | { readonly kind: 'select'; readonly uri: string; readonly index: number }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'problem' | 'docs'; readonly place: number }
  | { readonly kind: 'fix'; readonly place: number; readonly id: string };

/** What of a request is restored when the window is loaded anew. */
export interface RestoredState {
  readonly uri: string;
  readonly index: number;
  /** Of the history. */
  readonly entry?: string;
  readonly isPinned?: boolean;
}

export function readState(state: unknown): RestoredState | undefined {
  if (!isObject(state)) return undefined;
  const { uri, index, entry, isPinned } = state;
  if (typeof uri !== 'string' || !isPlace(index)) return undefined;
  return {
    uri,
    index,
    ...(typeof entry === 'string' ? { entry } : {}),
    ...(isPinned === true ? { isPinned } : {}),
  };
}

/** `undefined` for what the view does not say: nothing is taken on trust from a page that shows a server's texts. */
export function readMessage(message: unknown): FromView | undefined {
  if (!isObject(message)) return undefined;
  const { kind, uri, index, place, id, text } = message;
  switch (kind) {
    case 'ready':
    case 'cancel':
    case 'send':
    case 'send-rest':
    case 'pin':
    case 'open-link':
    case 'copy-link':
    case 'simulate':
    case 'open-editor':
      return { kind };
    case 'select':
      return typeof uri === 'string' && isPlace(index) ? { kind, uri, index } : undefined;
    case 'copy':
      return typeof text === 'string' ? { kind, text } : undefined;
    case 'problem':
    case 'docs':
      return isPlace(place) ? { kind, place } : undefined;
    case 'fix':
      return isPlace(place) && typeof id === 'string' ? { kind, place, id } : undefined;
    default:
      return undefined;
  }
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
