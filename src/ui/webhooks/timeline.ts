import type { HistoryEntry } from '../../core/journal/merge';
import type { Delivery } from '../../core/webhook/delivery';
import { happenings, trustOf } from '../../core/webhook/webhook';
import type { Webhooks } from '../../app/webhooks/webhooks';
import type { Timeline, TimelineStep } from '../history/historyNodes';
import { iconOfDelivery, iconOfWebhook, deliveryWords, signatureWords, timeWords } from './webhookWords';

/** What happened to an invoice after it was created: its webhooks, and what the handler made of each. */
export function timelineOf(webhooks: Webhooks): Timeline {
  return {
    onDidChange: webhooks.onDidChange,
    of: (entry) => stepsOf(webhooks, entry),
  };
}

function stepsOf(webhooks: Webhooks, { environment, request, answer }: HistoryEntry): TimelineStep[] {
  const invoice = { environment, externalId: request.externalId, invoiceId: answer?.invoiceId };
  return happenings(webhooks.about(invoice)).map(({ webhook, delivery }) =>
    delivery
      ? {
          id: delivery.id,
          webhook: webhook.id,
          label: deliveryWords(delivery),
          description: `${CAUSES[delivery.cause]} · ${timeWords(delivery.at)}`,
          icon: iconOfDelivery(delivery),
        }
      : {
          id: webhook.id,
          webhook: webhook.id,
          label: webhook.event.status ?? 'webhook',
          description: `${trustOf(webhook) === 'test' ? 'webhook, test event' : `webhook, ${signatureWords(webhook)}`} · ${timeWords(webhook.receivedAt)}`,
          icon: iconOfWebhook({ ...webhook, deliveries: [] }),
        },
  );
}

const CAUSES: Readonly<Record<Delivery['cause'], string>> = {
  forward: 'forwarded',
  replay: 'replay',
  'replay-signed-now': 'replay, signed now',
  'replay-edited': 'edited',
};
