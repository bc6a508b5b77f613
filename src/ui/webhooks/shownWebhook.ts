import { headerOf, textOf } from '../../core/webhook/event';
import { verdictOf, type Delivery } from '../../core/webhook/delivery';
import { trustOf, type Webhook } from '../../core/webhook/webhook';
import type { ShownDelivery, ShownWebhook } from '../../webview/webhook/protocol';
import { nameOfWebhook, signatureWords } from '../../core/webhook/words';
import { responseWords, signatureSentence } from './webhookWords';

/** Of a body that is not text, in bytes. */
const HEX_BYTES = 4096;

/** What there is to see of a webhook. */
export function shownWebhook(webhook: Webhook): ShownWebhook {
  const { id, headers, body, event, signature, receivedAt, deliveries, changed } = webhook;
  const { scheme, skewSeconds } = signature;
  const text = textOf(body, headerOf(headers, 'content-type'));
  const ids = [
    ['external_id', event.externalId],
    ['order_id', event.orderId],
    ['event_id', event.eventId],
  ] as const;
  return {
    id,
    name: nameOfWebhook(webhook),
    status: event.status ?? 'No status',
    trust: trustOf(webhook),
    signature: signatureWords(webhook),
    signatureSentence: signatureSentence(webhook),
    scheme: [
      ['Signature', signatureSentence(webhook)],
      ['Received minus signed', skewSeconds === null ? 'not known' : `${skewSeconds} s`],
      ['Scheme', 'Your setting, or our assumption: the vendor does not document one.'],
      ...Object.entries(scheme).map(([name, value]) => [name, String(value)] as const),
    ],
    receivedAt,
    ids: ids.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
    headers,
    ...(text === undefined ? {} : { text }),
    hex: Array.from(body.subarray(0, HEX_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(' '),
    size: body.length,
    isWhole: changed === undefined,
    deliveries: deliveries.map(shownDelivery),
  };
}

const CAUSES: Readonly<Record<Delivery['cause'], string>> = {
  forward: 'forwarded',
  replay: 'replayed',
  'replay-signed-now': 'replayed, signed now',
  'replay-edited': 'edited and sent',
};

function shownDelivery({ at, cause, url, end, durationMs }: Delivery): ShownDelivery {
  return {
    at,
    cause: CAUSES[cause],
    url,
    verdict: end ? verdictOf(end) : 'under-way',
    ...(end ? { response: responseWords(end) } : {}),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(end?.kind === 'response' ? { body: new TextDecoder().decode(end.body) } : {}),
  };
}
