import { Signal } from '../../core/signal';
import type { Memento, SecretStorage } from 'vscode';
import type { KeyReading, KeyStore, LeftoverSecrets, StoredKey } from '../../app/ports';
import { ENVIRONMENTS, type Environment } from '../../core/environments/environment';
import { isObject } from '../../core/json';
import { ApiKey } from '../../core/environments/apiKey';

const PREFIX = 'eccaex.apiKey.';

/** One SecretStorage entry per environment. Nothing is kept in memory, so that other windows' changes count at once. */
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
      const known = new Set(ENVIRONMENTS.map((environment) => PREFIX + environment));
      return ((await secrets.keys?.()) ?? []).filter((name) => !known.has(name));
    } catch {
      return [];
    }
  }

  /** Also for changes made in another window. */
  onDidChange(listener: (environment: Environment) => void): { dispose(): void } {
    return this.secrets.onDidChange(({ key }) => {
      const environment = ENVIRONMENTS.find((name) => key === PREFIX + name);
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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { key: secret, origin, storedAt } = value;
  if (typeof secret !== 'string' || typeof origin !== 'string' || typeof storedAt !== 'string')
    return undefined;
  if (secret === '') return { key: undefined, origin, storedAt };
  const key = ApiKey.parse(secret);
  return key instanceof ApiKey ? { key, origin, storedAt } : undefined;
}
