import { storedKeys } from '../../src/app/keys/storedKeys';
import type { KeyStore, StoredSecrets } from '../../src/app/ports';
import { ApiKey } from '../../src/core/environments/apiKey';

export function apiKey(value: string): ApiKey {
  const key = ApiKey.parse(value);
  if (!(key instanceof ApiKey)) throw new Error(`Not a key: ${key}`);
  return key;
}

/** A store without a key or a webhook secret. */
export const NO_KEYS = storeOf({});

/** A store that reads in this way. */
export function storeOf(
  reads: Partial<StoredSecrets>,
): Pick<KeyStore, 'read' | 'readWebhookSecrets' | 'readAll'> {
  const store: StoredSecrets = {
    read: () => Promise.resolve({ state: 'absent' }),
    readWebhookSecrets: () => Promise.resolve({ state: 'absent' }),
    ...reads,
  };
  return { ...store, readAll: () => storedKeys(store) };
}
