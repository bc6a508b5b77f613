import { Signal } from '../../core/signal';
import type { Memento, SecretStorage } from 'vscode';
import { storedKeys } from '../../app/keys/storedKeys';
import type {
  KeyReading,
  KeyStore,
  LeftoverSecrets,
  SecretReading,
  StoredKey,
  StoredKeys,
} from '../../app/ports';
import {
  ENVIRONMENTS,
  REMOTE_ENVIRONMENTS,
  type Environment,
  type RemoteEnvironment,
} from '../../core/environments/environment';
import { isObject } from '../../core/json';
import { ApiKey } from '../../core/environments/apiKey';

const PREFIX = 'eccaex.apiKey.';
const WEBHOOK_PREFIX = 'eccaex.webhookSecret.';

/**
 * One SecretStorage entry per environment for its key, and one for its webhook secrets. A key that is to be sent is
 * read anew each time, so that another window's change counts at once; all of them are kept until VS Code tells of a
 * change, to be found in texts and taken out of them.
 */
export class SecretKeyStore implements KeyStore, LeftoverSecrets {
  readonly #acceptances: KeyAcceptances;
  readonly #accepted = new Signal<Environment>();
  /** Told when the API has taken the key of an environment. */
  readonly onDidAccept = this.#accepted.subscribe;

  constructor(
    private readonly secrets: SecretStorage,
    state: Memento,
  ) {
    this.#acceptances = new KeyAcceptances(state);
    this.#changes = secrets.onDidChange(() => (this.#all = undefined));
  }

  readonly #changes: { dispose(): void };
  #all: Promise<StoredKeys> | undefined;

  readAll(): Promise<StoredKeys> {
    return (this.#all ??= storedKeys(this));
  }

  dispose(): void {
    this.#changes.dispose();
  }

  async read(environment: Environment): Promise<KeyReading> {
    try {
      const text = await this.secrets.get(PREFIX + environment);
      if (text === undefined) return { state: 'absent' };
      const stored = decodeStoredKey(text);
      if (!stored) return { state: 'unreadable' };
      const acceptedAt = this.#acceptances.of(environment, stored.storedAt);
      return { state: 'present', stored: { ...stored, acceptedAt } };
    } catch {
      return { state: 'unreadable' };
    }
  }

  async write(environment: Environment, stored: StoredKey): Promise<boolean> {
    try {
      await this.secrets.store(PREFIX + environment, encodeStoredKey(stored));
      return true;
    } catch {
      // What the storage says of a failure is not shown: it may quote the value.
      return false;
    }
  }

  async remove(environment: Environment): Promise<boolean> {
    try {
      await this.secrets.delete(PREFIX + environment);
      await this.#acceptances.forget(environment);
      return true;
    } catch {
      return false;
    }
  }

  async readWebhookSecrets(environment: RemoteEnvironment): Promise<SecretReading> {
    try {
      const text = await this.secrets.get(WEBHOOK_PREFIX + environment);
      if (text === undefined) return { state: 'absent' };
      const secrets = decodeWebhookSecrets(text);
      return secrets ? { state: 'present', secrets } : { state: 'unreadable' };
    } catch {
      return { state: 'unreadable' };
    }
  }

  async writeWebhookSecrets(environment: RemoteEnvironment, secrets: readonly ApiKey[]): Promise<boolean> {
    const name = WEBHOOK_PREFIX + environment;
    try {
      if (secrets.length === 0) await this.secrets.delete(name);
      else await this.secrets.store(name, encodeWebhookSecrets(secrets));
      return true;
    } catch {
      return false;
    }
  }

  async accepted(environment: Environment, storedAt: string, at: Date): Promise<void> {
    await this.#acceptances.keep(environment, storedAt, at);
    this.#accepted.fire(environment);
  }

  async countLeftovers(): Promise<number> {
    return (await this.#leftovers()).length;
  }

  async removeLeftovers(): Promise<boolean> {
    try {
      for (const name of await this.#leftovers()) await this.secrets.delete(name);
      return true;
    } catch {
      return false;
    }
  }

  /** An older VS Code does not tell what it keeps. */
  async #leftovers(): Promise<string[]> {
    const secrets: { keys?: () => Thenable<string[]> } = this.secrets as object;
    try {
      const known = new Set([
        ...ENVIRONMENTS.map((environment) => PREFIX + environment),
        ...REMOTE_ENVIRONMENTS.map((environment) => WEBHOOK_PREFIX + environment),
      ]);
      return ((await secrets.keys?.()) ?? []).filter((name) => !known.has(name));
    } catch {
      return [];
    }
  }

  /** Told when the key or a webhook secret of an environment is another one, in another window too. */
  onDidChange(listener: (environment: Environment) => void): { dispose(): void } {
    return this.secrets.onDidChange(({ key }) => {
      const environment = ENVIRONMENTS.find((name) => key === PREFIX + name || key === WEBHOOK_PREFIX + name);
      if (environment) listener(environment);
    });
  }
}

const ACCEPTED_PREFIX = 'eccaex.keyAccepted.';

/**
 * When the API last took the key of each environment, in the extension's own state: that of a key that was
 * stored at another time does not count. Nothing here tells of the key itself.
 */
class KeyAcceptances {
  constructor(private readonly state: Memento) {}

  /** ISO 8601. */
  of(environment: Environment, storedAt: string): string | undefined {
    const kept = this.state.get<unknown>(ACCEPTED_PREFIX + environment);
    if (!isObject(kept) || kept['storedAt'] !== storedAt) return undefined;
    return typeof kept['at'] === 'string' ? kept['at'] : undefined;
  }

  async keep(environment: Environment, storedAt: string, at: Date): Promise<void> {
    await this.state.update(ACCEPTED_PREFIX + environment, { storedAt, at: at.toISOString() });
  }

  async forget(environment: Environment): Promise<void> {
    await this.state.update(ACCEPTED_PREFIX + environment, undefined);
  }
}

/** What one SecretStorage entry holds: `{"key", "origin", "storedAt"}`; an empty key stands for none. */
function encodeStoredKey({ key, origin, storedAt }: StoredKey): string {
  return JSON.stringify({ key: key?.reveal() ?? '', origin, storedAt });
}

/** `undefined` for what this extension did not write. */
export function decodeStoredKey(text: string): StoredKey | undefined {
  const value = parsed(text);
  if (!isObject(value)) return undefined;
  const { key: secret, origin, storedAt } = value;
  if (typeof secret !== 'string' || typeof origin !== 'string' || typeof storedAt !== 'string')
    return undefined;
  if (secret === '') return { key: undefined, origin, storedAt };
  const key = ApiKey.parse(secret);
  return key instanceof ApiKey ? { key, origin, storedAt } : undefined;
}

/** What one SecretStorage entry holds: `{"secrets": [newest, older]}`. */
function encodeWebhookSecrets(secrets: readonly ApiKey[]): string {
  return JSON.stringify({ secrets: secrets.map((secret) => secret.reveal()) });
}

/** `undefined` for what this extension did not write. */
function decodeWebhookSecrets(text: string): readonly ApiKey[] | undefined {
  const value = parsed(text);
  const texts: unknown = isObject(value) ? value['secrets'] : undefined;
  if (!Array.isArray(texts) || texts.length === 0) return undefined;
  const secrets = texts.map((one) => (typeof one === 'string' ? ApiKey.parse(one) : undefined));
  return secrets.every((secret) => secret instanceof ApiKey) ? secrets : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
