import { STATUS_CODES } from 'node:http';
import { clip } from '../../core/phrases';
import { exactMomentOf } from '../../core/times';
import { verdictOf, type Delivery, type SandboxSending } from '../../core/webhook/delivery';
import { trustOf, type Webhook } from '../../core/webhook/webhook';

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

/** What the signature says, in a sentence. */
export function signatureSentence(webhook: Webhook): string {
  const { state, environment, skewSeconds } = webhook.signature;
  switch (state) {
    case 'valid':
      return trustOf(webhook) === 'test'
        ? 'Signed with the sandbox’s public secret. This proves no sender.'
        : `Verified with the webhook secret of ${environment ?? ''}.`;
    case 'stale':
      return `The signature holds, but its time is ${Math.abs(skewSeconds ?? 0)} s ${(skewSeconds ?? 0) < 0 ? 'ahead' : 'old'}. A handler should refuse it.`;
    case 'invalid':
      return 'The signature matches no stored secret. Do not trust this event.';
    case 'unsigned':
      return 'There is no signature. Do not trust this event.';
    case 'no-secret':
      return 'There is no webhook secret to verify this with. Set one to know who sent it.';
  }
}

/** `handler 200`, `handler 500, would be retried`, `not forwarded`. */
export function deliveryWords(delivery: Delivery | undefined): string {
  if (!delivery) return 'not forwarded';
  const { end } = delivery;
  if (!end) return 'sending to handler';
  const retried = verdictOf(end) === 'accepted' ? '' : ', would be retried';
  return `${endWords(end)}${retried}`;
}

function endWords(end: NonNullable<Delivery['end']>): string {
  switch (end.kind) {
    case 'response':
      return `handler ${end.status}`;
    case 'unreachable':
      return 'handler not reached';
    case 'broken':
      return 'handler closed the connection';
    case 'timeout':
      return 'handler took over 15 s';
    case 'stopped':
      return 'stopped before the response';
  }
}

/** What becomes of a webhook that the sandbox sends: `sandbox, next attempt 02:54:11`. */
export function sendingWords({ origin, attempts, state, nextAt }: SandboxSending): string {
  const tried = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
  switch (state) {
    case 'not-allowed':
      return `${origin} is not allowed`;
    case 'sending':
      return `sending to ${origin}`;
    case 'waiting':
      return `next attempt ${timeWords(new Date(nextAt ?? 0).toISOString())}`;
    case 'paused':
    case 'given-up':
      return `after ${tried}`;
    case 'delivered':
      return `delivered to ${origin} after ${tried}`;
  }
}

/** `HTTP 500 Internal Server Error` */
export function responseWords(end: NonNullable<Delivery['end']>): string {
  return end.kind === 'response'
    ? `HTTP ${end.status} ${STATUS_CODES[end.status] ?? ''}`.trim()
    : endWords(end);
}

/** `02:54:11` today, `Nov 26, 02:54:11` else. */
export function timeWords(iso: string): string {
  return exactMomentOf(new Date(iso), new Date());
}
