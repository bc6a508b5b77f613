import type { Environment } from '../../core/environments/environment';
import {
  eventOf,
  GUESS_HEADER,
  GUESSED_IN_EVENT,
  type Outcome,
  type PaidInvoice,
} from '../../core/webhook/outcomes';
import {
  IDEMPOTENCY_HEADER,
  sign,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
  type Hmac,
  type SignatureScheme,
} from '../../core/webhook/signature';
import type { Header } from '../../core/report/exchange';
import { headerOf } from '../../core/webhook/event';
import type { SigningObstacle, WebhookSecrets } from './secrets';
import type { IncomingWebhook } from './webhookPorts';

/** How a webhook that is made here is signed. `stale`: right, an hour ago. */
export type Signing = 'signed' | 'unsigned' | 'bad-signature' | 'stale';

/** An hour: longer ago than any tolerance that makes sense. */
const STALE_SECONDS = 3600;

/** Nobody has it. */
const WRONG_SECRET = 'a secret that nobody has';

export type Made =
  | { readonly ok: true; readonly webhook: IncomingWebhook }
  | { readonly ok: false; readonly obstacle: SigningObstacle };

export interface SigningPorts {
  readonly hmac: Hmac;
  readonly secrets: Pick<WebhookSecrets, 'forSigning'>;
}

/** The webhook of an outcome, as the sandbox would send it. */
export function webhookOf(
  outcome: Outcome,
  invoice: PaidInvoice,
  how: {
    readonly environment: Environment;
    readonly signing: Signing;
    readonly scheme: SignatureScheme;
    readonly now: Date;
  },
  ports: SigningPorts,
): Promise<Made> {
  const event = eventOf(outcome, invoice, how.now.getTime() / 1000);
  const body = new TextEncoder().encode(JSON.stringify(event));
  const headers = [
    { name: 'Content-Type', value: 'application/json' },
    { name: IDEMPOTENCY_HEADER, value: event.event_id },
    { name: GUESS_HEADER, value: GUESSED_IN_EVENT },
  ];
  return signedNow({ headers, body }, how, ports);
}

/** The same headers and bytes under a new signature of now; what they had of one before is left out. */
export async function signedNow(
  { headers, body }: IncomingWebhook,
  {
    environment,
    signing,
    scheme,
    now,
  }: {
    readonly environment: Environment;
    readonly signing: Signing;
    readonly scheme: SignatureScheme;
    readonly now: Date;
  },
  { hmac, secrets }: SigningPorts,
): Promise<Made> {
  const own = new Set([SIGNATURE_HEADER, TIMESTAMP_HEADER].map((name) => name.toLowerCase()));
  const others = headers.filter(({ name }) => !own.has(name.toLowerCase()));
  if (signing === 'unsigned') return { ok: true, webhook: { headers: others, body } };
  const found =
    signing === 'bad-signature'
      ? ({ ok: true, secret: WRONG_SECRET } as const)
      : await secrets.forSigning(environment);
  if (!found.ok) return found;
  const seconds = Math.floor(now.getTime() / 1000) - (signing === 'stale' ? STALE_SECONDS : 0);
  const key = headerOf(headers, IDEMPOTENCY_HEADER.toLowerCase()) ?? '';
  const { signature, timestamp } = sign(hmac, scheme, found.secret, body, seconds, key);
  const signed: Header[] = [
    ...others,
    { name: SIGNATURE_HEADER, value: signature },
    { name: TIMESTAMP_HEADER, value: timestamp },
  ];
  return { ok: true, webhook: { headers: signed, body } };
}

/** Why nothing is signed, and what to do; `variable`: where its secret is expected, for the command line. */
export function obstacleWords(obstacle: SigningObstacle, environment: Environment, source: string): string {
  switch (obstacle) {
    case 'prod':
      return 'The webhook secret of prod signs nothing here: a signed event could mark real orders as paid.';
    case 'same-as-prod':
      return `The webhook secret of ${environment} is also the one for prod, so it signs nothing here. Give each environment its own secret.`;
    case 'prod-unreadable':
      return `The webhook secret of prod cannot be read. The one for ${environment} may be the same, so it signs nothing here. Set the secret of prod again.`;
    case 'absent':
      return `No webhook secret for ${environment}. ${source}`;
    case 'unreadable':
      return `The webhook secret of ${environment} cannot be read. ${source}`;
  }
}
