import { Signal } from '../../core/signal';
import type { Memento, SecretStorage } from 'vscode';
import type { KeyReading, KeyStore, LeftoverSecrets, StoredKey } from '../../app/ports';
import { ENVIRONMENTS, type Environment } from '../../core/environments/environment';
import { decodeStoredKey, encodeStoredKey } from './storedKeyCodec';
import { KeyAcceptances } from './keyAcceptances';

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
