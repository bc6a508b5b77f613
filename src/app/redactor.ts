import type { ApiKey } from '../core/environments/apiKey';

/** Takes the key out of what a server says: it may send back what it was sent, also as a part of a URL. */
export function redactor(key: ApiKey | undefined): (text: string) => string {
  if (!key) return (text) => text;
  const value = key.reveal();
  const forms = new Set([value, encodeURI(value), encodeURIComponent(value)]);
  // As a text, a fingerprint with `$&` in it would stand for the key.
  const instead = () => key.fingerprint;
  return (text) => [...forms].reduce((rest, form) => rest.replaceAll(form, instead), text);
}
