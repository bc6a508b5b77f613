import { ENVIRONMENTS, REMOTE_ENVIRONMENTS, type Environment } from '../../core/environments/environment';
import type { ApiKey } from '../../core/environments/apiKey';
import type { OwnedKey } from '../../core/leaks/keyFinder';
import type { KeyStore, StoredKeys, StoredSecrets } from '../ports';
import { redactorOf } from '../../core/leaks/redactor';

type Stored = Omit<StoredKeys, 'redact'>;

/** For where no key may be read. */
export const NOTHING_STORED: StoredKeys = { keys: [], unreadable: [], redact: (text) => text };

/** The keys and webhook secrets of all environments. */
export async function storedKeys(store: StoredSecrets): Promise<StoredKeys> {
  const [apiKeys, secrets] = await Promise.all([storedApiKeys(store), storedWebhookSecrets(store)]);
  const keys = [...apiKeys.keys, ...secrets.keys];
  return {
    keys,
    unreadable: [...new Set([...apiKeys.unreadable, ...secrets.unreadable])],
    redact: redactorOf(keys),
  };
}

/** Other windows tell late that they stored a key: the one that was just read for an environment counts. */
export function withKey(stored: StoredKeys, environment: Environment, key: ApiKey): StoredKeys {
  if (stored.keys.some((owned) => owned.key.equals(key))) return stored;
  const keys = [...stored.keys, { environment, key }];
  return { ...stored, keys, redact: redactorOf(keys) };
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

/** The API keys of all environments. */
export async function storedApiKeys(store: Pick<KeyStore, 'read'>): Promise<Stored> {
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
  store: Pick<KeyStore, 'readAll'>,
): Promise<Environment[]> {
  const { keys } = await store.readAll();
  return keys
    .filter((other) => !other.isWebhookSecret && other.environment !== except && other.key.equals(key))
    .map(({ environment }) => environment);
}
