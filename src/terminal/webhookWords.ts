import { exactMomentOf } from '../core/times';
import { verdictOf, type Delivery } from '../core/webhook/delivery';
import { trustOf, type Webhook } from '../core/webhook/webhook';
import { deliveryWords, nameOfWebhook, signatureWords } from '../core/webhook/words';
import { harmless } from './harmless';
import type { Output } from './output';

/** A webhook on one line: `14:03:07 success order-1, verified (dev) → handler 200, 12 ms`. */
export function webhookWords(webhook: Webhook, { colors }: Output): string {
  const { event, deliveries } = webhook;
  const name = nameOfWebhook(webhook);
  const what = event.form === 'event' ? `${event.status ?? 'no status'} ${name}` : name;
  const trust = trustOf(webhook);
  const color = trust === 'verified' ? colors.green : trust === 'test' ? colors.cyan : colors.yellow;
  const last = deliveries.at(-1);
  const delivery = last?.end ? ` → ${endOf(last, colors)}` : '';
  return `${exactMomentOf(new Date(webhook.receivedAt), new Date())} ${colors.bold(harmless(what))}, ${color(signatureWords(webhook))}${delivery}`;
}

/** How a delivery ended: `handler 500, would be retried, 12 ms`, `handler not reached, would be retried (ECONNREFUSED)`. */
function endOf(delivery: Delivery, colors: Output['colors']): string {
  const { end, durationMs } = delivery;
  const detail = end && 'detail' in end ? ` (${harmless(end.detail)})` : '';
  const time = end?.kind === 'response' && durationMs !== undefined ? `, ${Math.round(durationMs)} ms` : '';
  const words = `${deliveryWords(delivery)}${detail}${time}`;
  return end && verdictOf(end) === 'accepted' ? colors.green(words) : colors.red(words);
}
