import { DOCUMENTED_BASE_URL } from '../contract/wire';
import type { RemoteEnvironment } from './environment';

export type BaseUrlFault = 'not-a-url' | 'scheme' | 'plain-http' | 'credentials' | 'query';

export type BaseUrl =
  | {
      readonly ok: true;
      readonly url: URL;
      /** Scheme, host and port: what a key is bound to. */ readonly origin: string;
    }
  | { readonly ok: false; readonly fault: BaseUrlFault };

/** Of the names of this machine those for which VS Code asks no proxy: it would see the key. */
const NEVER_PROXIED = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a request to this host stays on this machine, whatever proxy VS Code is set to. `hostname` as `URL` gives it. */
export function isOnThisMachine(hostname: string): boolean {
  return NEVER_PROXIED.has(hostname);
}

/** A scheme, both slashes and a host. `URL` repairs `https:host`, backslashes and line breaks: nobody means those. */
const WRITTEN_OUT = /^[a-z][a-z0-9+.-]*:\/\/[^/\\]/i;

/** `https`, or `http` to this machine; written out, with no credentials, no query, no fragment. */
export function parseBaseUrl(text: string): BaseUrl {
  if (!URL.canParse(text)) return { ok: false, fault: 'not-a-url' };
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, fault: 'scheme' };
  if (!WRITTEN_OUT.test(text.trim()) || /[\\\p{Cc}]/u.test(text.trim()))
    return { ok: false, fault: 'not-a-url' };
  if (url.protocol === 'http:' && !isOnThisMachine(url.hostname)) return { ok: false, fault: 'plain-http' };
  if (url.username || url.password) return { ok: false, fault: 'credentials' };
  if (url.search || url.hash || /[?#]$/.test(text)) return { ok: false, fault: 'query' };
  return { ok: true, url, origin: url.origin };
}

/** `hostname` as `URL` gives it: lower case, IPv4 in four decimal parts, IPv6 in brackets. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Where the CLI finds the base URL of an environment: `ECCAEX_BASE_URL_DEV`. */
export function baseUrlVariable(environment: RemoteEnvironment): string {
  return `ECCAEX_BASE_URL_${environment.toUpperCase()}`;
}

/** The base URL of an environment for the CLI: its variable, or the documented one where that is empty or not set. */
export function ownBaseUrl(
  environment: RemoteEnvironment,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  return variables[baseUrlVariable(environment)]?.trim() || DOCUMENTED_BASE_URL;
}

/** The address of an endpoint below a base URL, whether or not that ends in a slash. */
export function endpointUrl(base: URL, path: string): string {
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}/${path}`;
}
