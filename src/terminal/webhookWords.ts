import { exactMomentOf } from '../core/times';
import type { DeliveryEnd } from '../core/webhook/delivery';
import { verdictOf } from '../core/webhook/delivery';
import type { BodyForm } from '../core/webhook/event';
import { trustOf, type Webhook } from '../core/webhook/webhook';
import { harmless } from './harmless';
import type { Output } from './output';
import { ageOfSignature, NO_RESPONSE_IN_TIME } from '../core/sharedWords';

/** A webhook on one line: `14:03:07 success order-1, signed by dev → HTTP 200 in 12 ms`. */
export function webhookWords(webhook: Webhook, { colors }: Output): string {
  const { event, deliveries } = webhook;
  const what =
    event.form === 'event'
      ? [event.status ?? 'no status', event.externalId ?? event.orderId ?? event.eventId ?? 'no id'].join(' ')
      : FORMS[event.form];
  const trust = trustOf(webhook);
  const color = trust === 'verified' ? colors.green : trust === 'test' ? colors.cyan : colors.yellow;
  const last = deliveries.at(-1);
  const delivery = last?.end ? ` → ${deliveryWords(last.end, last.durationMs, colors)}` : '';
  return `${exactMomentOf(new Date(webhook.receivedAt), new Date())} ${colors.bold(harmless(what))}, ${color(signatureWords(webhook))}${delivery}`;
}

const FORMS: Readonly<Record<Exclude<BodyForm, 'event'>, string>> = {
  empty: 'no body',
  packed: 'compressed body (not read)',
  'not-text': 'body that is not text',
  'not-json': 'body that is not JSON',
  'other-shape': 'JSON that is not an object',
};

function signatureWords({ signature: { state, environment, skewSeconds } }: Webhook): string {
  const signer = environment === 'sandbox' ? 'the public sandbox secret (test event)' : (environment ?? '');
  switch (state) {
    case 'valid':
      return `signed by ${signer}`;
    case 'stale':
      return `signed by ${signer}, but ${ageOfSignature(skewSeconds ?? 0)}`;
    case 'invalid':
      return 'signature does not match any secret';
    case 'unsigned':
      return 'not signed';
    case 'no-secret':
      return 'not verified: no webhook secret set';
  }
}

/** How a delivery ended: `HTTP 500 in 12 ms, would be retried`. */
function deliveryWords(end: DeliveryEnd, durationMs: number | undefined, colors: Output['colors']): string {
  const time = durationMs === undefined ? '' : ` in ${Math.round(durationMs)} ms`;
  return verdictOf(end) === 'accepted'
    ? colors.green(`${endWords(end)}${time}`)
    : colors.red(`${endWords(end)}${end.kind === 'response' ? time : ''}, would be retried`);
}

function endWords(end: DeliveryEnd): string {
  switch (end.kind) {
    case 'response':
      return `HTTP ${end.status}`;
    case 'unreachable':
      return `handler not reached (${harmless(end.detail)})`;
    case 'broken':
      return `handler broke off (${harmless(end.detail)})`;
    case 'timeout':
      return NO_RESPONSE_IN_TIME;
    case 'stopped':
      return 'stopped';
  }
}
