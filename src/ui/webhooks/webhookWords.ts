import { STATUS_CODES } from 'node:http';
import { exactMomentOf } from '../../core/times';
import type { DeliveryEnd, SandboxSending } from '../../core/webhook/delivery';
import { trustOf, type Webhook } from '../../core/webhook/webhook';
import { ageOfSignature, endWords } from '../../core/webhook/words';

/** What the signature says, in a sentence. */
export function signatureSentence(webhook: Webhook): string {
  const { state, environment, skewSeconds } = webhook.signature;
  switch (state) {
    case 'valid':
      return trustOf(webhook) === 'test'
        ? 'Signed with the sandbox’s public secret. This proves no sender.'
        : `Verified with the webhook secret of ${environment ?? ''}.`;
    case 'stale':
      return `The signature holds, but it is ${ageOfSignature(skewSeconds ?? 0)}. A handler should refuse it.`;
    case 'invalid':
      return 'The signature matches no stored secret. Do not trust this event.';
    case 'unsigned':
      return 'There is no signature. Do not trust this event.';
    case 'no-secret':
      return 'There is no webhook secret to verify this with. Set one to know who sent it.';
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
export function responseWords(end: DeliveryEnd): string {
  return end.kind === 'response'
    ? `HTTP ${end.status} ${STATUS_CODES[end.status] ?? ''}`.trim()
    : endWords(end);
}

/** `02:54:11` today, `Nov 26, 02:54:11` else. */
export function timeWords(iso: string): string {
  return exactMomentOf(new Date(iso), new Date());
}
