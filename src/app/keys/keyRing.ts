import { API_KEY_HEADER } from '../../core/contract/wire';
import type { ApiKey } from '../../core/environments/apiKey';
import { endpointUrl, parseBaseUrl, type BaseUrlFault } from '../../core/environments/baseUrl';
import { ENVIRONMENTS, type Environment, type RemoteEnvironment } from '../../core/environments/environment';
import { SANDBOX_ORIGIN } from '../../core/environments/sandboxKeys';
import { decodeEnvelope, isObject } from '../../core/response/decode';
import { parseJson } from '../../core/response/answer';
import { environmentsWith } from './storedKeys';
import type { HttpEnd, KeyReading, SendPorts } from '../ports';
import { redactor } from './redactor';
import { resolveTarget, type Resolution } from '../sending/target';

/** Where a key for an environment would be sent. */
export type KeyDestination =
  { readonly ok: true; readonly origin: string } | { readonly ok: false; readonly fault: BaseUrlFault };

type Answered =
  | { readonly result: 'accepted'; readonly origin: string }
  | {
      readonly result: 'refused';
      readonly origin: string;
      readonly status: number;
      readonly code: string;
      /** When the API took this key before, ISO 8601. */
      readonly acceptedAt?: string;
    }
  /** Neither: no answer, or one that says nothing of the key. */
  | { readonly result: 'unclear'; readonly origin: string; readonly why: string };

export type Verification =
  | Answered
  | { readonly result: 'not-sent'; readonly obstacle: Extract<Resolution, { ok: false }>['obstacle'] };

/** What came of a new key. Only `rotated` has changed anything. */
export type Rotation =
  | { readonly result: 'rotated'; readonly origin: string }
  | { readonly result: 'unverified'; readonly verification: Exclude<Answered, { result: 'accepted' }> }
  /** There is no base URL that a key may go to; or the storage has not taken it. */
  | { readonly result: 'unsafe' | 'not-stored' };

/** The keys of the environments: kept, compared, verified, forgotten. */
export class KeyRing {
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

  /** Asks the API with a `GET` that changes nothing. */
  async verify(environment: Environment, signal: AbortSignal): Promise<Verification> {
    const resolution = await resolveTarget(environment, this.ports);
    if (!resolution.ok) return { result: 'not-sent', obstacle: resolution.obstacle };
    const { baseUrl, key, keyDates } = resolution.target;
    const verification = await this.#ask(baseUrl, key, signal);
    if (verification.result === 'accepted' && keyDates)
      await this.ports.keys.accepted(environment, keyDates.storedAt, this.ports.clock.now());
    const acceptedAt = keyDates?.acceptedAt;
    if (verification.result === 'refused' && acceptedAt !== undefined) return { ...verification, acceptedAt };
    return verification;
  }

  /** Puts a new key in the place of the old one, once the API takes it. Nothing changes before that. */
  async rotate(environment: RemoteEnvironment, key: ApiKey, signal: AbortSignal): Promise<Rotation> {
    const destination = parseBaseUrl(this.ports.settings.baseUrl(environment));
    if (!destination.ok) return { result: 'unsafe' };
    const verification = await this.#ask(destination.url, key, signal);
    if (verification.result !== 'accepted') return { result: 'unverified', verification };
    const now = this.ports.clock.now();
    const storedAt = now.toISOString();
    // For the origin that was asked, whatever the settings say by now.
    const stored = { key, origin: destination.origin, storedAt };
    if (!(await this.ports.keys.write(environment, stored))) return { result: 'not-stored' };
    await this.ports.keys.accepted(environment, storedAt, now);
    return { result: 'rotated', origin: destination.origin };
  }

  async #ask(baseUrl: URL, key: ApiKey | undefined, signal: AbortSignal): Promise<Answered> {
    const result = await this.ports.http.exchange(
      {
        method: 'GET',
        url: endpointUrl(baseUrl, 'payment-methods'),
        headers: { Accept: 'application/json', ...(key ? { [API_KEY_HEADER]: key.reveal() } : {}) },
        timeoutMs: this.ports.settings.timeoutSeconds() * 1000,
      },
      signal,
    );
    return verdict(result, baseUrl.origin, redactor(key));
  }
}

function verdict(result: HttpEnd, origin: string, redact: (text: string) => string): Answered {
  switch (result.kind) {
    case 'answer': {
      const { status, body } = result;
      const json = parseJson(body);
      const envelope = decodeEnvelope(json, status);
      if (status === 401 || status === 403)
        return { result: 'refused', origin, status, code: redact(envelope?.error.code ?? `http-${status}`) };
      if (status >= 200 && status < 300 && isObject(json) && json['successful'] === true)
        return { result: 'accepted', origin };
      return { result: 'unclear', origin, why: `the answer was HTTP ${status}` };
    }
    case 'never-left':
    case 'reset':
      return { result: 'unclear', origin, why: `the server could not be reached (${result.detail})` };
    case 'timeout':
      return { result: 'unclear', origin, why: 'there was no answer in time' };
    case 'cancelled':
    case 'stopped':
      return { result: 'unclear', origin, why: 'it was stopped' };
    case 'not-http':
    case 'short':
    case 'too-large':
      return { result: 'unclear', origin, why: 'the answer could not be read' };
  }
}
