import { ApiKey } from '../../src/core/environments/apiKey';

export function apiKey(value: string): ApiKey {
  const key = ApiKey.parse(value);
  if (!(key instanceof ApiKey)) throw new Error(`Not a key: ${key}`);
  return key;
}
