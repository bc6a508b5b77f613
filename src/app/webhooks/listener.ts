import { REMOTE_ENVIRONMENTS, type RemoteEnvironment } from '../../core/environments/environment';
import { parsePublicUrl, parseTarget } from '../../core/webhook/forwarding';
import { Signal } from '../../core/signal';
import type { Hmac } from '../../core/webhook/signature';
import type { Consent, StoredSecrets } from '../ports';
import { WebhookSecrets } from './secrets';
import type { ListenResult, Listening, WebhookListener } from './webhookPorts';
import { Webhooks, type WebhookPorts } from './webhooks';

/** The user's settings; never those of a workspace. */
export interface ListenerSettings {
  port(): number;
  /** Where the vendor reaches this listener, as it was written; empty where it cannot. */
  publicUrl(environment: RemoteEnvironment): string;
  /** What is wrong with the signature scheme that is set, as a sentence; `undefined` where nothing is. */
  schemeProblem(): string | undefined;
}

export interface ListenerPorts {
  readonly listener: WebhookListener;
  readonly settings: ListenerSettings;
  readonly webhooks: Pick<Webhooks, 'receive'>;
  readonly consent: Pick<Consent, 'isTrusted'>;
}

export interface RunningListener {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  readonly port: number;
  /** False where another window or program has the port that is set: public URLs lead there. */
  readonly isOnSetPort: boolean;
}

export type StartResult =
  | ({ readonly ok: true } & RunningListener)
  | { readonly ok: false; readonly reason: 'untrusted' }
  /** `detail`: a sentence. */
  | { readonly ok: false; readonly reason: 'failed'; readonly detail: string };

/** This window's listener for webhooks. */
export class Listener {
  #starting: Promise<ListenResult> | undefined;
  #running: (RunningListener & Pick<Listening, 'stop'>) | undefined;
  readonly #changed = new Signal();
  /** Told when it has started or stopped. */
  readonly onDidChange = this.#changed.subscribe;

  constructor(private readonly ports: ListenerPorts) {}

  get running(): RunningListener | undefined {
    return this.#running;
  }

  /** Starts it where it does not run yet: on the port that is set, or, where that is taken, on any free one. */
  async start(): Promise<StartResult> {
    if (!this.ports.consent.isTrusted()) return { ok: false, reason: 'untrusted' };
    // By another scheme than the one that is meant every webhook would seem forged.
    const problem = this.ports.settings.schemeProblem();
    if (problem !== undefined)
      return { ok: false, reason: 'failed', detail: `Correct eccaex.webhooks.signature: ${problem}` };
    const starting = (this.#starting ??= this.#listen());
    const result = await starting;
    // Stopped meanwhile, and perhaps started again.
    if (this.#starting !== starting) {
      if (result.ok) await result.listening.stop();
      return { ok: false, reason: 'failed', detail: 'The listener was stopped while it started.' };
    }
    if (!result.ok) {
      this.#starting = undefined;
      return { ok: false, reason: 'failed', detail: result.detail };
    }
    if (!this.#running) {
      const { listening } = result;
      const { url, port } = listening;
      const set = this.ports.settings.port();
      this.#running = { url, port, stop: () => listening.stop(), isOnSetPort: set === 0 || port === set };
      this.#changed.fire();
    }
    const { url, port, isOnSetPort } = this.#running;
    return { ok: true, url, port, isOnSetPort };
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#starting = undefined;
    this.#running = undefined;
    if (!running) return;
    await running.stop();
    this.#changed.fire();
  }

  async #listen(): Promise<ListenResult> {
    const { listener, settings, webhooks } = this.ports;
    const options = {
      isOwnHost: (host: string) => publicHosts(settings).has(host),
      receive: webhooks.receive.bind(webhooks),
    };
    const result = await listener.listen({ ...options, port: settings.port() });
    return result.ok || result.fault === 'other' ? result : listener.listen({ ...options, port: 0 });
  }
}

/** The public URL of an environment for a `callback_url`; `undefined` where none is set that can be one. */
export function publicUrlOf(
  settings: Pick<ListenerSettings, 'publicUrl'>,
  environment: RemoteEnvironment,
): string | undefined {
  return parsePublicUrl(settings.publicUrl(environment));
}

function publicHosts(settings: ListenerSettings): ReadonlySet<string> {
  const urls = REMOTE_ENVIRONMENTS.map((environment) => publicUrlOf(settings, environment));
  return new Set(urls.flatMap((url) => (url === undefined ? [] : [new URL(url).hostname])));
}

/** Everything about webhooks that one window has. */
export interface WebhookRoom {
  readonly webhooks: Webhooks;
  readonly listener: Listener;
  readonly secrets: WebhookSecrets;
  readonly hmac: Hmac;
}

export type RoomPorts = Omit<WebhookPorts, 'secrets'> &
  Omit<ListenerPorts, 'webhooks'> & { readonly keys: Pick<StoredSecrets, 'readWebhookSecrets'> };

/** Puts it together. `target`: where this workspace's webhooks went before, as a person typed it. */
export function openRoom(ports: RoomPorts, target: unknown): WebhookRoom {
  const secrets = new WebhookSecrets(ports.keys);
  const webhooks = new Webhooks({ ...ports, secrets });
  const before = typeof target === 'string' ? parseTarget(target) : undefined;
  if (typeof before === 'object') webhooks.forwardTo(before);
  return { webhooks, secrets, hmac: ports.hmac, listener: new Listener({ ...ports, webhooks }) };
}
