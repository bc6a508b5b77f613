import type { ApiKey } from '../core/environments/apiKey';

/** Takes the key out of what a server says: it may send back what it was sent. */
export function redactor(key: ApiKey | undefined): (text: string) => string {
  return key ? (text) => text.replaceAll(key.reveal(), key.fingerprint) : (text) => text;
}
