import type { RemoteEnvironment } from '../../core/environments/environment';
import { SANDBOX_WEBHOOK_SECRET, type WebhookSecret } from '../../core/webhook/signature';
import type { StoredSecrets } from '../ports';
import { storedWebhookSecrets } from '../keys/storedKeys';

/** Why nothing is signed with the secret of an environment. */
export type SigningObstacle =
  /** Whoever signs as prod can forge paid orders on a live shop. */
  | 'prod'
  /** It is the very secret that prod has. */
  | 'same-as-prod'
  /** Nobody can tell whether it is: prod's cannot be read. */
  | 'prod-unreadable'
  | 'absent'
  | 'unreadable';

export type SigningSecret =
  { readonly ok: true; readonly secret: string } | { readonly ok: false; readonly obstacle: SigningObstacle };

/** The webhook secrets: which to verify with, and which may sign. */
export class WebhookSecrets {
  #known: Promise<readonly WebhookSecret[]> | undefined;

  constructor(private readonly store: Pick<StoredSecrets, 'readWebhookSecrets'>) {}

  /**
   * All that a webhook is verified with, the sandbox's last. They are read once: a flood brings thousands of webhooks.
   */
  known(): Promise<readonly WebhookSecret[]> {
    return (this.#known ??= this.#read());
  }

  /** Some secret is another one now. */
  changed(): void {
    this.#known = undefined;
  }

  /** The newest secret of an environment, where it may sign. */
  async forSigning(environment: RemoteEnvironment | 'sandbox'): Promise<SigningSecret> {
    if (environment === 'sandbox') return { ok: true, secret: SANDBOX_WEBHOOK_SECRET };
    if (environment === 'prod') return { ok: false, obstacle: 'prod' };
    const [own, prod] = await Promise.all([
      this.store.readWebhookSecrets(environment),
      this.store.readWebhookSecrets('prod'),
    ]);
    if (own.state !== 'present') return { ok: false, obstacle: own.state };
    const newest = own.secrets[0];
    if (!newest) return { ok: false, obstacle: 'absent' };
    if (prod.state === 'unreadable') return { ok: false, obstacle: 'prod-unreadable' };
    const isProds = prod.state === 'present' && prod.secrets.some((secret) => secret.equals(newest));
    return isProds ? { ok: false, obstacle: 'same-as-prod' } : { ok: true, secret: newest.reveal() };
  }

  async #read(): Promise<readonly WebhookSecret[]> {
    const { keys } = await storedWebhookSecrets(this.store);
    return [
      ...keys
        .map(({ environment, key }) => ({ environment, secret: key.reveal() }))
        // Everybody knows it: under another name it would let anybody pass for the vendor.
        .filter(({ secret }) => secret !== SANDBOX_WEBHOOK_SECRET),
      { environment: 'sandbox', secret: SANDBOX_WEBHOOK_SECRET },
    ];
  }
}
