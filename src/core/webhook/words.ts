import { clip } from '../phrases';
import { verdictOf, type Delivery, type DeliveryEnd } from './delivery';
import { trustOf, type Webhook } from './webhook';

/** The receiver of a webhook did not respond in the time that the vendor documents. */
export const NO_RESPONSE_IN_TIME = 'no response within 15 s';

/** How far the time that a webhook was signed at is from now: `320 s old`, `12 s in the future`. */
export function ageOfSignature(seconds: number): string {
  return seconds < 0 ? `${-seconds} s in the future` : `${seconds} s old`;
}

/** What tells a webhook from others: the order it claims to be about. */
export function nameOfWebhook({ event }: Webhook): string {
  return clip(event.externalId ?? event.orderId ?? event.eventId ?? FORMS[event.form], 128);
}

const FORMS: Readonly<Record<Webhook['event']['form'], string>> = {
  event: 'Event without an order',
  empty: 'Empty body',
  packed: 'Compressed body',
  'not-text': 'Body that is not text',
  'not-json': 'Body that is not JSON',
  'other-shape': 'JSON that is not an event',
};

/** `verified (dev)`, `test event`, `wrong signature`. */
export function signatureWords(webhook: Webhook): string {
  const { state, environment, skewSeconds } = webhook.signature;
  switch (state) {
    case 'valid':
      return trustOf(webhook) === 'test' ? 'test event' : `verified (${environment ?? ''})`;
    case 'stale':
      return `stale by ${Math.abs(skewSeconds ?? 0)} s`;
    case 'invalid':
      return 'wrong signature';
    case 'unsigned':
      return 'unsigned';
    case 'no-secret':
      return 'not verified: no secret';
  }
}

/** `handler 200`, `handler 500, would be retried`, `not forwarded`. */
export function deliveryWords(delivery: Delivery | undefined): string {
  if (!delivery) return 'not forwarded';
  const { end } = delivery;
  if (!end) return 'sending to handler';
  return verdictOf(end) === 'accepted' ? endWords(end) : `${endWords(end)}, would be retried`;
}

/** `handler 500`, `handler not reached`. */
export function endWords(end: DeliveryEnd): string {
  switch (end.kind) {
    case 'response':
      return `handler ${end.status}`;
    case 'unreachable':
      return 'handler not reached';
    case 'broken':
      return 'handler closed the connection';
    case 'timeout':
      return NO_RESPONSE_IN_TIME;
    case 'stopped':
      return 'stopped before the response';
  }
}
