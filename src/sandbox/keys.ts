import type { DocumentedCode } from './documentedErrors';

/** The one key that opens the sandbox. */
export const ACTIVE_KEY = 'sandbox_active';

/** Keys that exist to be refused, each with the documented error it brings. */
export const REFUSED_KEYS: ReadonlyMap<string, DocumentedCode> = new Map([
  ['sandbox_revoked', 'API_KEY_INVALID'],
  ['sandbox_owner_blocked', 'OWNER_BLOCKED'],
  ['sandbox_merchant_blocked', 'MERCHANT_BLOCKED'],
  ['sandbox_not_active', 'MERCHANT_NOT_ACTIVE'],
]);

/** Why a key is refused; `undefined` lets it in. */
export function keyRefusal(key: string): DocumentedCode | undefined {
  if (key === ACTIVE_KEY) return undefined;
  if (key === '') return 'API_KEY_MISSING';
  return REFUSED_KEYS.get(key) ?? 'API_KEY_INVALID';
}

/**
 * A name for a key that can be kept: one of the sandbox's own keys as it is, else `none` or `other`. A key
 * the sandbox does not know may be a real one that went astray, and is never held.
 */
export function keyName(key: string): string {
  if (key === '') return 'none';
  return key === ACTIVE_KEY || REFUSED_KEYS.has(key) ? key : 'other';
}
