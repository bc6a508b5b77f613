import { ApiKey } from '../../core/environments/apiKey';
import { isObject } from '../../core/json';
import type { StoredKey } from '../../app/ports';

/** What one SecretStorage entry holds: `{"key", "origin", "storedAt"}`; an empty key stands for none. */
export function encodeStoredKey({ key, origin, storedAt }: StoredKey): string {
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
