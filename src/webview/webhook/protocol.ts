import { isObject } from '../../core/json';
import type { Header } from '../../core/report/exchange';

/** One POST of the webhook to the handler; texts of a handler are as received. */
export interface ShownDelivery {
  /** ISO 8601. */
  readonly at: string;
  readonly cause: string;
  readonly url: string;
  /** `HTTP 500 Internal Server Error`; absent while it is under way. */
  readonly response?: string;
  readonly verdict: 'accepted' | 'would-be-retried' | 'under-way';
  readonly durationMs?: number;
  /** The beginning of the handler's body. */
  readonly body?: string;
}

/** A webhook, as it came. Nothing of it is trusted: what it says is shown as text. */
export interface ShownWebhook {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly trust: 'verified' | 'test' | 'unverified';
  /** In a few words. */
  readonly signature: string;
  /** In a sentence. */
  readonly signatureSentence: string;
  /** Names and values of what was used to verify it. */
  readonly scheme: readonly (readonly [name: string, value: string])[];
  /** ISO 8601. */
  readonly receivedAt: string;
  /** Names and values of the ids that there are. */
  readonly ids: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly Header[];
  /** Absent where the body is not text. */
  readonly text?: string;
  /** The beginning of the body, in hex. */
  readonly hex: string;
  /** In bytes. */
  readonly size: number;
  /** Whether its bytes are those that came: else it is not sent again. */
  readonly isWhole: boolean;
  readonly deliveries: readonly ShownDelivery[];
}

/** Absent: it is no longer kept. */
export interface ToView {
  readonly kind: 'show';
  readonly webhook: ShownWebhook | undefined;
}

/** What the page keeps for a reload of the window: which webhook it shows. */
export interface RestoredWebhook {
  readonly webhook: string;
}

/** The id of the webhook; `undefined` for what no page of this kind kept. */
export function readRestored(state: unknown): string | undefined {
  const id = isObject(state) ? state['webhook'] : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

const ACTIONS = ['ready', 'replay', 'replay-signed-now', 'edit', 'save', 'compare', 'explain'] as const;

export type FromView =
  { readonly kind: (typeof ACTIONS)[number] } | { readonly kind: 'copy'; readonly text: string };

/** `undefined` for what the page does not say. */
export function readMessage(message: unknown): FromView | undefined {
  if (!isObject(message)) return undefined;
  const { kind, text } = message;
  if (kind === 'copy') return typeof text === 'string' ? { kind, text } : undefined;
  const action = ACTIONS.find((one) => one === kind);
  return action && { kind: action };
}
