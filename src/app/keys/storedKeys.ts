import { ENVIRONMENTS, REMOTE_ENVIRONMENTS, type Environment } from '../../core/environments/environment';
import type { ApiKey } from '../../core/environments/apiKey';
import type { OwnedKey } from '../../core/leaks/keyFinder';
import type { KeyStore, StoredSecrets } from '../ports';
import { redactorOf } from '../../core/leaks/redactor';

interface Stored {
  readonly keys: readonly OwnedKey[];
  /** The environments of which something cannot be read. */
  readonly unreadable: readonly Environment[];
}

/** The keys and webhook secrets of all environments. */
export async function storedKeys(store: StoredSecrets): Promise<Stored> {
  const [apiKeys, secrets] = await Promise.all([storedApiKeys(store), storedWebhookSecrets(store)]);
  return {
    keys: [...apiKeys.keys, ...secrets.keys],
    unreadable: [...new Set([...apiKeys.unreadable, ...secrets.unreadable])],
  };
}

/** The webhook secrets of all environments, of each the newest first. */
export async function storedWebhookSecrets(
  store: Pick<StoredSecrets, 'readWebhookSecrets'>,
): Promise<Stored> {
  const readings = await Promise.all(
    REMOTE_ENVIRONMENTS.map(async (environment) => ({
      environment,
      reading: await store.readWebhookSecrets(environment),
    })),
  );
  return {
    keys: readings.flatMap(({ environment, reading }) =>
      reading.state === 'present'
        ? reading.secrets.map((key): OwnedKey => ({ environment, key, isWebhookSecret: true }))
        : [],
    ),
    unreadable: unreadableOf(readings),
  };
}

async function storedApiKeys(store: Pick<KeyStore, 'read'>): Promise<Stored> {
  const readings = await Promise.all(
    ENVIRONMENTS.map(async (environment) => ({ environment, reading: await store.read(environment) })),
  );
  return {
    keys: readings.flatMap(({ environment, reading }) =>
      reading.state === 'present' && reading.stored.key ? [{ environment, key: reading.stored.key }] : [],
    ),
    unreadable: unreadableOf(readings),
  };
}

function unreadableOf(
  readings: readonly { readonly environment: Environment; readonly reading: { readonly state: string } }[],
): Environment[] {
  return readings.flatMap(({ environment, reading }) =>
    reading.state === 'unreadable' ? [environment] : [],
  );
}

/** The other environments that hold the same key: each should have its own, as the vendor advises. */
export async function environmentsWith(
  key: ApiKey,
  except: Environment,
  store: Pick<KeyStore, 'read'>,
): Promise<Environment[]> {
  const { keys } = await storedApiKeys(store);
  return keys
    .filter((other) => other.environment !== except && other.key.equals(key))
    .map(({ environment }) => environment);
}

/** Takes every key and webhook secret that is stored out of a text. */
export class KeyRedactor {
  #redact: Promise<(text: string) => string> | undefined;

  constructor(private readonly keys: StoredSecrets) {}

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
