import { ApiKey } from './apiKey';

/** What keys of the sandbox are bound to: its address changes at each start. */
export const SANDBOX_ORIGIN = 'sandbox';

/** The keys that the sandbox knows. They are no secrets; `undefined` sends none. */
export const SANDBOX_KEYS: readonly { readonly key: string | undefined; readonly answer: string }[] = [
  { key: 'sandbox_active', answer: 'accepted' },
  { key: 'sandbox_revoked', answer: 'API_KEY_INVALID' },
  { key: 'sandbox_owner_blocked', answer: 'OWNER_BLOCKED' },
  { key: 'sandbox_merchant_blocked', answer: 'MERCHANT_BLOCKED' },
  { key: 'sandbox_not_active', answer: 'MERCHANT_NOT_ACTIVE' },
  { key: undefined, answer: 'API_KEY_MISSING' },
];

/** Whether a key is one of the sandbox's own, which everybody may know. */
export function isSandboxKey(key: ApiKey): boolean {
  return SANDBOX_KEYS.some((known) => known.key === key.reveal());
}

/** What the sandbox is sent as long as nobody chose another key. */
export function defaultSandboxKey(): ApiKey {
  const key = ApiKey.parse('sandbox_active');
  if (!(key instanceof ApiKey)) throw new Error('sandbox_active is a key');
  return key;
}
