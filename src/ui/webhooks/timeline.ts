import { ThemeColor, ThemeIcon } from 'vscode';
import type { SandboxServer } from '../../app/ports';
import type { WebhookRoom } from '../../app/webhooks/listener';
import type { HistoryEntry } from '../../core/journal/merge';
import type { Delivery, SandboxSending } from '../../core/webhook/delivery';
import { happenings, trustOf } from '../../core/webhook/webhook';
import type { Timeline, TimelineStep } from '../history/historyNodes';
import { iconOfDelivery, iconOfWebhook } from './webhookIcons';
import { deliveryWords, signatureWords } from '../../core/webhook/words';
import { sendingWords, timeWords } from './webhookWords';

type Room = Pick<WebhookRoom, 'webhooks' | 'listener'>;

/**
 * What happened to an invoice after it was created: its webhooks, what the handler made of each, and what the sandbox
 * still has to deliver.
 */
export function timelineOf(room: Room, sandbox: Pick<SandboxServer, 'sending' | 'onDidSend'>): Timeline {
  return {
    onDidChange: (listener) => {
      const both = [room.webhooks.onDidChange(listener), sandbox.onDidSend(listener)];
      return { dispose: () => both.forEach((one) => one.dispose()) };
    },
    of: (entry) => [...received(room, entry), ...sent(room, sandbox, entry)],
  };
}

function received({ webhooks }: Room, { environment, request, answer }: HistoryEntry): TimelineStep[] {
  const invoice = { environment, externalId: request.externalId, invoiceId: answer?.invoiceId };
  return happenings(webhooks.about(invoice)).map(({ webhook, delivery }) => ({
    command: 'eccaex.openWebhook',
    argument: { webhook: webhook.id, preserveFocus: true },
    ...(delivery
      ? {
          id: delivery.id,
          label: deliveryWords(delivery),
          description: `${CAUSES[delivery.cause]} · ${timeWords(delivery.at)}`,
          icon: iconOfDelivery(delivery),
        }
      : {
          id: webhook.id,
          label: webhook.event.status ?? 'webhook',
          description: `${trustOf(webhook) === 'test' ? 'webhook, test event' : `webhook, ${signatureWords(webhook)}`} · ${timeWords(webhook.receivedAt)}`,
          icon: iconOfWebhook({ ...webhook, deliveries: [] }),
        }),
  }));
}

const CAUSES: Readonly<Record<Delivery['cause'], string>> = {
  forward: 'forwarded',
  replay: 'replay',
  'replay-signed-now': 'replay, signed now',
  'replay-edited': 'edited',
};

/** The sandbox's attempts, where this window does not receive them itself, and what it waits for. */
function sent(
  { listener }: Room,
  sandbox: Pick<SandboxServer, 'sending'>,
  { environment, answer }: HistoryEntry,
): TimelineStep[] {
  const invoiceId = answer?.invoiceId;
  if (environment !== 'sandbox' || invoiceId === undefined) return [];
  const sending = sandbox.sending(invoiceId);
  if (!sending) return [];
  const { running } = listener;
  const isOwn = running !== undefined && new URL(running.url).origin === sending.origin;
  const click = { command: '_eccaex.controlSending', argument: { invoiceId } } as const;
  const attempts = sending.attempts.map(({ at, end }, place): TimelineStep => {
    const isTaken = end?.status !== undefined && end.status >= 200 && end.status < 300;
    return {
      ...click,
      id: `${invoiceId}.attempt.${place}`,
      label: end ? (end.fault ?? `HTTP ${end.status}`) : 'sending',
      description: `attempt ${place + 1} to ${sending.origin} · ${timeWords(new Date(at).toISOString())}`,
      icon: end ? (isTaken ? TAKEN : NOT_TAKEN) : new ThemeIcon('sync~spin'),
    };
  });
  const state = WAITING[sending.state];
  return [
    ...(isOwn ? [] : attempts),
    ...(state
      ? [
          {
            ...click,
            id: `${invoiceId}.sending`,
            label: state,
            description: sendingWords(sending),
            icon: new ThemeIcon('clock'),
          },
        ]
      : []),
  ];
}

const TAKEN = new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
const NOT_TAKEN = new ThemeIcon('error', new ThemeColor('list.errorForeground'));

const WAITING: Readonly<Partial<Record<SandboxSending['state'], string>>> = {
  'not-allowed': 'not delivered',
  waiting: 'not delivered yet',
  paused: 'retries paused',
  'given-up': 'sandbox gave up',
};
