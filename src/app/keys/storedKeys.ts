import { ENVIRONMENTS, type Environment } from '../../core/environments/environment';
import type { ApiKey } from '../../core/environments/apiKey';
import type { OwnedKey } from '../../core/leaks/keyFinder';
import type { KeyStore } from '../ports';
import { redactorOf } from '../../core/leaks/redactor';

/** The keys of all environments, and those environments whose key cannot be read. */
export async function storedKeys(
  keys: Pick<KeyStore, 'read'>,
): Promise<{ readonly keys: readonly OwnedKey[]; readonly unreadable: readonly Environment[] }> {
  const readings = await Promise.all(
    ENVIRONMENTS.map(async (environment) => ({ environment, reading: await keys.read(environment) })),
  );
  return {
    keys: readings.flatMap(({ environment, reading }) =>
      reading.state === 'present' && reading.stored.key ? [{ environment, key: reading.stored.key }] : [],
    ),
    unreadable: readings.flatMap(({ environment, reading }) =>
      reading.state === 'unreadable' ? [environment] : [],
    ),
  };
}

/** The other environments that hold the same key: each should have its own, as the vendor advises. */
export async function environmentsWith(
  key: ApiKey,
  except: Environment,
  store: Pick<KeyStore, 'read'>,
): Promise<Environment[]> {
  const { keys } = await storedKeys(store);
  return keys
    .filter((other) => other.environment !== except && other.key.equals(key))
    .map(({ environment }) => environment);
}

/** Takes every key that is stored out of a text. */
export class KeyRedactor {
  #redact: Promise<(text: string) => string> | undefined;

  constructor(private readonly keys: Pick<KeyStore, 'read'>) {}

  /** The keys are read once: a batch writes down thousands of requests. */
  get(): Promise<(text: string) => string> {
    return (this.#redact ??= this.#read());
  }

  /** Some key is another one now. */
  changed(): void {
    this.#redact = undefined;
  }

  async #read(): Promise<(text: string) => string> {
    const { keys } = await storedKeys(this.keys);
    return redactorOf(keys);
  }
}
