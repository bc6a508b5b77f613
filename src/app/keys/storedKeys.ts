import { ENVIRONMENTS, type Environment } from '../../core/environments/environment';
import type { ApiKey } from '../../core/environments/apiKey';
import type { OwnedKey } from '../../core/leaks/keyFinder';
import type { KeyStore } from '../ports';

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
