import type { StoredSecrets } from '../../src/app/ports';
import { ApiKey } from '../../src/core/environments/apiKey';

export function apiKey(value: string): ApiKey {
  const key = ApiKey.parse(value);
  if (!(key instanceof ApiKey)) throw new Error(`Not a key: ${key}`);
  return key;
}

/** A store without a key or a webhook secret. */
export const NO_KEYS: StoredSecrets = {
  read: () => Promise.resolve({ state: 'absent' }),
  readWebhookSecrets: () => Promise.resolve({ state: 'absent' }),
};
