import { ENDPOINTS } from '../../core/contract/endpoints';
import type { ApiKey } from '../../core/environments/apiKey';
import { endpointUrl, parseBaseUrl, type BaseUrlFault } from '../../core/environments/baseUrl';
import { ENVIRONMENTS, type Environment, type RemoteEnvironment } from '../../core/environments/environment';
import { SANDBOX_ORIGIN } from '../../core/environments/sandboxKeys';
import { decodeEnvelope } from '../../core/response/decode';
import { isObject } from '../../core/json';
import { stopOf, type Report } from '../../core/report/report';
import { parseJson } from '../../core/response/answer';
import { Signal } from '../../core/signal';
import { environmentsWith } from './storedKeys';
import type { HttpEnd, KeyReading, SendPorts, StoredKey } from '../ports';
import { redactor } from '../../core/leaks/redactor';
import { callApi } from '../api/callApi';
import { resolveTarget, type Resolution } from '../api/target';

/** Where a key for an environment would be sent. */
export type KeyDestination =
  { readonly ok: true; readonly origin: string } | { readonly ok: false; readonly fault: BaseUrlFault };

/** What the API said of a key that was sent to it. */
export type KeyVerdict =
  | { readonly result: 'accepted'; readonly origin: string }
  | {
      readonly result: 'refused';
      readonly origin: string;
      readonly status: number;
      readonly code: string;
      /** When the API took this key before, ISO 8601. */
      readonly acceptedAt?: string;
    }
  /** Neither: no response, or one that says nothing of the key. */
  | { readonly result: 'unclear'; readonly origin: string; readonly why: string };

export type Verification =
  | KeyVerdict
  | { readonly result: 'not-sent'; readonly obstacle: Extract<Resolution, { ok: false }>['obstacle'] };

/** What the API said of a stored key when it was last asked in this window. */
export interface LastVerification {
  readonly verdict: KeyVerdict;
  readonly at: Date;
}

/** What came of a new key. Only `rotated` has changed anything. */
export type Rotation =
  | { readonly result: 'rotated'; readonly origin: string }
  | { readonly result: 'unverified'; readonly verification: Exclude<KeyVerdict, { result: 'accepted' }> }
  /** There is no base URL that a key may go to; or the storage has not taken it. */
  | { readonly result: 'unsafe' | 'not-stored' };

/** The keys of the environments: kept, compared, verified, forgotten. */
export class KeyRing {
  readonly #last = new Map<Environment, LastVerification & { readonly storedAt: string }>();
  readonly #verified = new Signal<Environment>();
  /** Told when the API was asked about the key of an environment. */
  readonly onDidVerify = this.#verified.subscribe;

  constructor(private readonly ports: Pick<SendPorts, 'http' | 'keys' | 'settings' | 'sandbox' | 'clock'>) {}

  destination(environment: Environment): KeyDestination {
    if (environment === 'sandbox') return { ok: true, origin: SANDBOX_ORIGIN };
    return parseBaseUrl(this.ports.settings.baseUrl(environment));
  }

  read(environment: Environment): Promise<KeyReading> {
    return this.ports.keys.read(environment);
  }

  /** The other environments that hold the same key. */
  othersWith(key: ApiKey, environment: Environment): Promise<Environment[]> {
    return environmentsWith(key, environment, this.ports.keys);
  }

  /** Keeps a key for the origin that the environment has now. False where it could not be kept. */
  async keep(environment: Environment, key: ApiKey | undefined): Promise<boolean> {
    const destination = this.destination(environment);
    if (!destination.ok) return false;
    const storedAt = this.ports.clock.now().toISOString();
    return this.ports.keys.write(environment, { key, origin: destination.origin, storedAt });
  }

  async forget(environments: readonly Environment[]): Promise<boolean> {
    const removed = await Promise.all(environments.map((environment) => this.ports.keys.remove(environment)));
    return removed.every((done) => done);
  }

  /** The environments with a key in the storage, readable or not. */
  async stored(): Promise<Environment[]> {
    const readings = await Promise.all(ENVIRONMENTS.map((environment) => this.ports.keys.read(environment)));
    return ENVIRONMENTS.filter((_, place) => readings[place]?.state !== 'absent');
  }

  /** What the API last said of the very key that is stored. */
  lastVerification(environment: Environment, { storedAt }: StoredKey): LastVerification | undefined {
    const last = this.#last.get(environment);
    return last?.storedAt === storedAt ? last : undefined;
  }

  /** What sends have shown of the keys that are stored: that the API takes them, or rejects them. */
  async heard(reports: readonly Report[]): Promise<void> {
    const telling = reports.filter((report) => report.outcome === 'created' || isKeyRefused(report));
    // A batch has thousands, and the last of an environment tells most.
    const last = new Map(
      [...telling].sort((a, b) => a.at.localeCompare(b.at)).map((report) => [report.environment, report]),
    );
    await Promise.all([...last.values()].map((report) => this.#heard(report)));
  }

  async #heard(report: Report): Promise<void> {
    const { environment, origin, at, status, error } = report;
    if (environment === 'sandbox' || origin === undefined || status === undefined) return;
    const reading = await this.ports.keys.read(environment);
    if (reading.state !== 'present' || reading.stored.origin !== origin) return;
    const { storedAt, acceptedAt } = reading.stored;
    const last = this.lastVerification(environment, reading.stored);
    const when = new Date(at);
    // A key that was stored after the send, or verified since, is not what the response was about.
    if (storedAt > at || (last && last.at >= when)) return;
    const verdict: KeyVerdict = isKeyRefused(report)
      ? {
          result: 'refused',
          origin,
          status,
          code: error?.code ?? `http-${status}`,
          ...(acceptedAt === undefined ? {} : { acceptedAt }),
        }
      : { result: 'accepted', origin };
    this.#last.set(environment, { storedAt, verdict, at: when });
    this.#verified.fire(environment);
  }

  /** Asks the API with a `GET` that changes nothing. */
  async verify(environment: Environment, signal: AbortSignal): Promise<Verification> {
    const resolution = await resolveTarget(environment, this.ports);
    if (!resolution.ok) return { result: 'not-sent', obstacle: resolution.obstacle };
    const { baseUrl, key, keyDates } = resolution.target;
    const answered = await this.#ask(baseUrl, key, signal);
    if (!keyDates) return answered;
    const { storedAt, acceptedAt } = keyDates;
    const verification =
      answered.result === 'refused' && acceptedAt !== undefined ? { ...answered, acceptedAt } : answered;
    await this.#keep(environment, storedAt, verification);
    return verification;
  }

  async #keep(environment: Environment, storedAt: string, verdict: KeyVerdict): Promise<void> {
    const at = this.ports.clock.now();
    this.#last.set(environment, { storedAt, verdict, at });
    if (verdict.result === 'accepted') await this.ports.keys.accepted(environment, storedAt, at);
    this.#verified.fire(environment);
  }

  /** Puts a new key in the place of the old one, once the API takes it. Nothing changes before that. */
  async rotate(environment: RemoteEnvironment, key: ApiKey, signal: AbortSignal): Promise<Rotation> {
    const destination = parseBaseUrl(this.ports.settings.baseUrl(environment));
    if (!destination.ok) return { result: 'unsafe' };
    const verification = await this.#ask(destination.url, key, signal);
    if (verification.result !== 'accepted') return { result: 'unverified', verification };
    const storedAt = this.ports.clock.now().toISOString();
    // For the origin that was asked, whatever the settings say by now.
    const stored = { key, origin: destination.origin, storedAt };
    if (!(await this.ports.keys.write(environment, stored))) return { result: 'not-stored' };
    await this.#keep(environment, storedAt, verification);
    return { result: 'rotated', origin: destination.origin };
  }

  async #ask(baseUrl: URL, key: ApiKey | undefined, signal: AbortSignal): Promise<KeyVerdict> {
    const { method, path } = ENDPOINTS['payment-methods'];
    const url = endpointUrl(baseUrl, path);
    const { result } = await callApi({ method, url }, { key }, this.ports, signal);
    return verdict(result, baseUrl.origin, redactor(key));
  }
}

const isKeyRefused = (report: Report): boolean => stopOf(report) === 'key-refused';

function verdict(result: HttpEnd, origin: string, redact: (text: string) => string): KeyVerdict {
  switch (result.kind) {
    case 'answer': {
      const { status, body } = result;
      const json = parseJson(body);
      const envelope = decodeEnvelope(json, status);
      if (status === 401 || status === 403)
        return { result: 'refused', origin, status, code: redact(envelope?.error.code ?? `http-${status}`) };
      if (status >= 200 && status < 300 && isObject(json) && json['successful'] === true)
        return { result: 'accepted', origin };
      return { result: 'unclear', origin, why: `the response was HTTP ${status}` };
    }
    case 'never-left':
    case 'reset':
      return { result: 'unclear', origin, why: `the server could not be reached (${result.detail})` };
    case 'timeout':
      return { result: 'unclear', origin, why: 'no response arrived in time' };
    case 'cancelled':
    case 'stopped':
      return { result: 'unclear', origin, why: 'you stopped it' };
    case 'not-http':
    case 'short':
    case 'too-large':
      return { result: 'unclear', origin, why: 'the response could not be read' };
  }
}
