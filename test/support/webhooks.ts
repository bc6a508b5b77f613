import { once } from 'node:events';
import * as http from 'node:http';
import { connect } from 'node:net';
import { systemHmac, systemClock, systemRandom } from '../../src/adapters/system';
import { webhookForwarder } from '../../src/adapters/http/webhookForwarder';
import { webhookListener } from '../../src/adapters/http/webhookListener';
import type { SecretReading } from '../../src/app/ports';
import { WebhookSecrets } from '../../src/app/webhooks/secrets';
import { Webhooks } from '../../src/app/webhooks/webhooks';
import type { Listening, Timer } from '../../src/app/webhooks/webhookPorts';
import type { Environment } from '../../src/core/environments/environment';
import {
  DEFAULT_SCHEME,
  IDEMPOTENCY_HEADER,
  sign,
  SANDBOX_WEBHOOK_SECRET,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
} from '../../src/core/webhook/signature';
import { eventOf } from '../../src/core/webhook/outcomes';
import { parseTarget } from '../../src/core/webhook/forwarding';
import { apiKey } from './keys';

/** Time that passes when a test says so; what is told of changes is told at once. */
class HandTimer implements Timer {
  readonly #waiting = new Set<{ readonly ms: number; readonly callback: () => void }>();

  elapsed(): number {
    return performance.now();
  }

  after(ms: number, callback: () => void): () => void {
    const wait = { ms, callback };
    this.#waiting.add(wait);
    return () => this.#waiting.delete(wait);
  }

  /** Everything that waits for at least so long is due. */
  pass(ms: number): void {
    for (const wait of [...this.#waiting]) {
      if (wait.ms > ms) continue;
      this.#waiting.delete(wait);
      wait.callback();
    }
  }
}

/** The listener, the engine and the forwarder over real sockets. */
export class WebhookWorld {
  readonly timer = new HandTimer();
  readonly stored = new Map<Environment, SecretReading>();
  readonly secrets = new WebhookSecrets({
    readWebhookSecrets: (environment) => Promise.resolve(this.stored.get(environment) ?? { state: 'absent' }),
  });
  readonly webhooks = new Webhooks({
    forwarder: webhookForwarder,
    secrets: this.secrets,
    settings: { scheme: () => DEFAULT_SCHEME, toleranceSeconds: () => 300 },
    hmac: systemHmac,
    clock: systemClock,
    timer: this.timer,
    newId: systemRandom.uuid,
  });
  listening!: Listening;

  static async start(ownHosts: readonly string[] = []): Promise<WebhookWorld> {
    const world = new WebhookWorld();
    const result = await webhookListener.listen({
      port: 0,
      isOwnHost: (host) => ownHosts.includes(host),
      receive: (incoming) => world.webhooks.receive(incoming),
    });
    if (!result.ok) throw new Error(result.detail);
    world.listening = result.listening;
    return world;
  }

  give(environment: Environment, ...secrets: readonly string[]): void {
    this.stored.set(environment, { state: 'present', secrets: secrets.map(apiKey) });
    this.secrets.changed();
  }

  forwardTo(url: string): void {
    const target = parseTarget(url);
    if (typeof target === 'string') throw new Error(target);
    this.webhooks.forwardTo(target);
  }

  async stop(): Promise<void> {
    this.webhooks.dispose();
    await this.listening.stop();
  }
}

export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A webhook of a success, as the sandbox or somebody with another secret sends it. */
export function signedWebhook(
  body: Buffer | string = successBody(),
  secret = SANDBOX_WEBHOOK_SECRET,
  atSeconds = Date.now() / 1000,
): SignedWebhook {
  const bytes = Buffer.from(body);
  const { signature, timestamp } = sign(systemHmac, DEFAULT_SCHEME, secret, bytes, atSeconds, 'key-1');
  return {
    headers: {
      'Content-Type': 'application/json',
      [SIGNATURE_HEADER]: signature,
      [TIMESTAMP_HEADER]: timestamp,
      [IDEMPOTENCY_HEADER]: 'key-1',
    },
    body: bytes,
  };
}

export function successBody(externalId = 'order-1', orderId = 'invoice-1'): Buffer {
  const invoice = { orderId, externalId, amount: '1500.00', currency: 'UAH' };
  return Buffer.from(JSON.stringify(eventOf('success', invoice, Date.now() / 1000)));
}

export interface Answered {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Posts on a connection of its own. */
export async function post(
  url: string,
  { headers, body }: { readonly headers?: http.OutgoingHttpHeaders; readonly body?: Buffer | string },
  method = 'POST',
): Promise<Answered> {
  const request = http.request(url, { method, agent: false, headers: headers ?? {} });
  // A server that is stopped while the rest of a refused body is on its way resets the connection.
  request.on('error', () => undefined);
  request.end(body);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

/** Sends bytes as they are, and gives what comes back until the connection ends. */
export async function exchangeBytes(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}
