import type { Environment } from '../environments/environment';
import type { Change, Header } from '../report/exchange';
import { verdictOf, type Delivery, type Verdict } from './delivery';
import type { WebhookEvent } from './event';
import type { SignatureScheme, Verification } from './signature';

/** One webhook, and what became of it. */
export interface Webhook {
  readonly id: string;
  /** ISO 8601, by the clock of this machine. */
  readonly receivedAt: string;
  /** `received` at the listener, or made here: for an outcome, or by editing another one. */
  readonly source: 'received' | 'made';
  /** The id of the webhook that it was made of by editing. */
  readonly madeOf?: string;
  /** As they came: in order, with their case, repeated ones too. */
  readonly headers: readonly Header[];
  /** The very bytes, unless `changed` says otherwise. */
  readonly body: Uint8Array;
  /** Why the journal has not kept it exactly: such a webhook is neither verified nor sent again. */
  readonly changed?: Change;
  /** What its body claims. Nothing of it is trusted unless {@link Webhook.signature} holds. */
  readonly event: WebhookEvent;
  readonly signature: Verification & { readonly scheme: SignatureScheme };
  /** To the developer's handler, oldest first. */
  readonly deliveries: readonly Delivery[];
}

/** How far a webhook is trusted: `test` holds with the sandbox's public secret, which proves no sender. */
export type Trust = 'verified' | 'test' | 'unverified';

export function trustOf({ signature }: Pick<Webhook, 'signature'>): Trust {
  const { state, environment } = signature;
  if (environment === null || (state !== 'valid' && state !== 'stale')) return 'unverified';
  return environment === 'sandbox' ? 'test' : 'verified';
}

/** How much is kept of webhooks that are trusted alike; the oldest go first. */
interface Bound {
  readonly count: number;
  /** Of bodies, headers and the kept parts of responses. */
  readonly bytes: number;
}

/**
 * Each kind of trust has room of its own: what anybody can send, also signed with the sandbox's public secret, never
 * pushes out what a merchant's own secret verified.
 */
export const WEBHOOK_BOUNDS: Readonly<Record<Trust, Bound>> = {
  verified: { count: 500, bytes: 16 * 1024 * 1024 },
  test: { count: 500, bytes: 16 * 1024 * 1024 },
  unverified: { count: 200, bytes: 8 * 1024 * 1024 },
};

/** What tells an invoice from others, as far as it is known. */
export interface InvoiceIds {
  readonly environment: Environment;
  readonly externalId?: string | undefined;
  readonly invoiceId?: string | undefined;
}

/**
 * Whether a webhook is about an invoice: its signature holds with a secret of the invoice's environment, and both have
 * the same `external_id`, or the vendor's `order_id` is the `invoice_id`, as in the vendor's examples. Where both ids
 * are known on both sides, both must agree.
 */
export function isAbout({ event, signature }: Webhook, invoice: InvoiceIds): boolean {
  if (signature.environment !== invoice.environment || trustOf({ signature }) === 'unverified') return false;
  const same = [
    [event.externalId, invoice.externalId],
    [event.orderId, invoice.invoiceId],
  ].flatMap(([claimed, known]) => (claimed && known ? [claimed === known] : []));
  return same.length > 0 && same.every((equal) => equal);
}

/** A webhook that came, or one of its deliveries. */
export interface Happening {
  readonly webhook: Webhook;
  /** Absent where it is the webhook itself. */
  readonly delivery?: Delivery;
}

/**
 * What happened to webhooks, in order. A delivery stays behind its webhook and those before it, also where their times
 * are the same or the clock was set back in between.
 */
export function happenings(webhooks: readonly Webhook[]): readonly Happening[] {
  return webhooks
    .flatMap((webhook) => {
      let at = webhook.receivedAt;
      const came: Happening & { at: string } = { webhook, at };
      return [
        came,
        ...webhook.deliveries.map((delivery) => {
          if (delivery.at > at) at = delivery.at;
          return { webhook, delivery, at };
        }),
      ];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What the command line prints of a webhook: one line of `--json`. */
export interface WebhookLine {
  readonly id: string;
  readonly receivedAt: string;
  readonly environment: Environment | null;
  readonly event: Omit<WebhookEvent, 'form'>;
  readonly signature: Pick<Verification, 'state' | 'skewSeconds'> & { readonly scheme: SignatureScheme };
  readonly delivery: {
    readonly url: string | null;
    readonly status: number | null;
    readonly durationMs: number | null;
    readonly verdict: Verdict;
  };
}

export function webhookLine({ id, receivedAt, event, signature, deliveries }: Webhook): WebhookLine {
  const { eventId, orderId, externalId, status } = event;
  const { state, skewSeconds, scheme, environment } = signature;
  const last = deliveries.at(-1);
  return {
    id,
    receivedAt,
    environment,
    event: { eventId, orderId, externalId, status },
    signature: { state, skewSeconds, scheme },
    delivery: {
      url: last?.url ?? null,
      status: last?.end?.kind === 'response' ? last.end.status : null,
      durationMs: last?.durationMs ?? null,
      verdict: last?.end ? verdictOf(last.end) : 'not-forwarded',
    },
  };
}
