import type {
  Departure,
  FileReading,
  HttpCourse,
  HttpEnd,
  HttpRequest,
  HttpResult,
  KeyReading,
  OutsideFile,
  SecretReading,
  SendEnd,
  SendPorts,
  SendSummary,
  StoredKey,
  StoredKeys,
} from '../../src/app/ports';
import type { ApiKey } from '../../src/core/environments/apiKey';
import { ENVIRONMENTS, type Environment } from '../../src/core/environments/environment';
import type { Report } from '../../src/core/report/report';
import { apiKey } from './keys';
import { storedKeys } from '../../src/app/keys/storedKeys';

export const KEY = 'live_0123456789abcdef';
export const ORIGIN = 'https://api.example';

export const created = (further: object = {}): HttpEnd =>
  answer(201, { invoice_id: 'i-1', payment_link: 'https://pay.example/i-1', ...further });

export function answer(status: number, body: unknown, location?: string): HttpEnd {
  return { kind: 'answer', status, location, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

export const refused = (status: number, code: string, message = ''): HttpEnd =>
  answer(status, { successful: false, request_id: 'r-1', error: { code, message } });

/** Everything that sending needs, as a world that a test arranges and then looks at. */
export class World implements SendPorts {
  /** By URI: a text, or how reading it fails. */
  readonly texts = new Map<string, string | Exclude<FileReading, { ok: true }>>();
  readonly stored = new Map<Environment, KeyReading>();
  readonly webhookSecrets = new Map<Environment, SecretReading>();
  baseUrls: Partial<Record<Environment, string>> = {};
  variables: Readonly<Record<string, string>> = {};
  sandboxUrl: string | Error = 'http://127.0.0.1:4321/api/v1';
  /** What `{{$webhookUrl}}` stands for. */
  webhookAddress: string | undefined = undefined;
  trusted = true;
  confirmsProd = true;
  outside: readonly OutsideFile[] = [];
  confirmed = true;
  concurrent = 2;
  course: HttpCourse = { timings: { total: 12.3 }, added: [] };
  /** What the server does with a request. */
  respond: (request: HttpRequest, signal: AbortSignal) => HttpEnd | Promise<HttpEnd> = () => created();

  /** What happened, in order: `read file:///a.json`, `key dev`, `confirm`, `journal`, `POST https://…`. */
  readonly events: string[] = [];
  readonly requests: HttpRequest[] = [];
  readonly summaries: SendSummary[] = [];
  /** What was written down, and what came of it. */
  readonly journaled: { readonly request: Departure; report?: Report }[] = [];
  #uuids = 0;

  constructor() {
    for (const environment of ENVIRONMENTS) this.giveKey(environment);
    this.stored.delete('sandbox');
  }

  giveKey(
    environment: Environment,
    value = KEY,
    origin = ORIGIN,
    storedAt = '2026-01-01T00:00:00.000Z',
  ): void {
    this.stored.set(environment, {
      state: 'present',
      stored: { key: apiKey(value), origin, storedAt },
    });
  }

  readonly http = {
    exchange: async (request: HttpRequest, signal: AbortSignal): Promise<HttpResult> => {
      this.events.push(`${request.method} ${request.url}`);
      this.requests.push(request);
      return { ...(await this.respond(request, signal)), course: this.course };
    },
  };

  readonly keys = {
    read: (environment: Environment): Promise<KeyReading> => {
      this.events.push(`key ${environment}`);
      return Promise.resolve(this.stored.get(environment) ?? { state: 'absent' });
    },
    readAll: (): Promise<StoredKeys> => storedKeys(this.keys),
    write: (environment: Environment, stored: StoredKey): Promise<boolean> => {
      this.stored.set(environment, { state: 'present', stored });
      return Promise.resolve(true);
    },
    readWebhookSecrets: (environment: Environment): Promise<SecretReading> =>
      Promise.resolve(this.webhookSecrets.get(environment) ?? { state: 'absent' }),
    writeWebhookSecrets: (environment: Environment, secrets: readonly ApiKey[]): Promise<boolean> => {
      if (secrets.length === 0) this.webhookSecrets.delete(environment);
      else this.webhookSecrets.set(environment, { state: 'present', secrets });
      return Promise.resolve(true);
    },
    accepted: (environment: Environment, storedAt: string, at: Date): Promise<void> => {
      const reading = this.stored.get(environment);
      if (reading?.state === 'present' && reading.stored.storedAt === storedAt)
        this.stored.set(environment, {
          state: 'present',
          stored: { ...reading.stored, acceptedAt: at.toISOString() },
        });
      return Promise.resolve();
    },
    remove: (environment: Environment): Promise<boolean> => {
      this.stored.delete(environment);
      return Promise.resolve(true);
    },
  };

  readonly webhookUrl = (environment: Environment) => {
    this.events.push(`webhook url ${environment}`);
    return Promise.resolve(this.webhookAddress);
  };

  readonly settings = {
    baseUrl: (environment: Environment) => this.baseUrls[environment] ?? `${ORIGIN}/api/v1`,
    webhookUrl: () => this.webhookAddress,
    timeoutSeconds: () => 30,
    concurrency: () => this.concurrent,
    variables: () => this.variables,
    confirmsProd: () => this.confirmsProd,
    defaultUrls: () => ({}),
  };

  readonly sandbox = {
    baseUrl: (): Promise<string> => {
      this.events.push('sandbox');
      return this.sandboxUrl instanceof Error
        ? Promise.reject(this.sandboxUrl)
        : Promise.resolve(this.sandboxUrl);
    },
    isRunning: () => true,
    simulate: () => Promise.resolve({ ok: false, refusal: 'unknown-invoice' } as const),
    sending: () => undefined,
    control: () => Promise.resolve(),
    onDidSend: () => ({ dispose: () => undefined }),
    stop: () => Promise.resolve(),
    onDidChange: () => ({ dispose: () => undefined }),
  };

  readonly files = {
    read: (uri: string): Promise<FileReading> => {
      this.events.push(`read ${uri}`);
      const found = this.texts.get(uri) ?? { ok: false, fault: 'unreadable', detail: 'no such file' };
      return Promise.resolve(typeof found === 'string' ? { ok: true, text: found } : found);
    },
  };

  readonly consent = {
    isTrusted: () => this.trusted,
    filesOutside: (uris: readonly string[]): Promise<readonly OutsideFile[]> =>
      Promise.resolve(this.outside.filter(({ uri }) => uris.includes(uri))),
    confirm: (summary: SendSummary): Promise<boolean> => {
      this.events.push('confirm');
      this.summaries.push(summary);
      return Promise.resolve(this.confirmed);
    },
  };

  readonly journal = {
    begin: (request: Departure): Promise<(end: SendEnd) => Promise<void>> => {
      this.events.push('journal');
      const entry: World['journaled'][number] = { request };
      this.journaled.push(entry);
      return Promise.resolve(({ report }) => Promise.resolve(void (entry.report = report)));
    },
  };

  readonly clock = {
    now: () => new Date('2026-01-02T03:04:05.678Z'),
  };

  readonly random = {
    uuid: () => `uuid-${++this.#uuids}`,
    randomInt: (min: number) => min,
  };
}

/** Answers that a test gives when it wants to: `give` takes the oldest request that waits for one. */
export class Held {
  readonly #waiting: ((result: HttpEnd) => void)[] = [];

  readonly respond = (): Promise<HttpEnd> => new Promise((resolve) => this.#waiting.push(resolve));

  get count(): number {
    return this.#waiting.length;
  }

  give(result: HttpEnd = created()): void {
    const next = this.#waiting.shift();
    if (!next) throw new Error('No request waits for an answer.');
    next(result);
  }

  giveAll(result: HttpEnd = created()): void {
    while (this.count > 0) this.give(result);
  }
}

/** Lets everything happen that waits for nothing from outside. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
