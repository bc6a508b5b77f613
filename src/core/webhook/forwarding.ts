import { isOnThisMachine } from '../environments/baseUrl';
import type { Header } from '../report/exchange';

/** The listener's port unless another one is set: callback URLs are easiest to write with one that stays. */
export const WEBHOOK_PORT = 4780;

/** Where a workspace's memory keeps what its webhooks are forwarded to. */
export const TARGET_MEMORY = 'eccaex.webhooks.forwardTo';

/** Of one connection only (RFC 9110, 7.6.1), or made anew for the next one. */
const OF_THE_CONNECTION = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te'],
  ...['trailer', 'transfer-encoding', 'upgrade', 'expect', 'host', 'content-length'],
]);

/** The headers of a webhook that its handler gets: those that came, in their order and case, as often as they came. */
export function forwardedHeaders(headers: readonly Header[]): Header[] {
  const named = headers
    .filter(({ name }) => name.toLowerCase() === 'connection')
    .flatMap(({ value }) => value.split(',').map((name) => name.trim().toLowerCase()));
  const dropped = new Set([...OF_THE_CONNECTION, ...named]);
  return headers.filter(({ name }) => !dropped.has(name.toLowerCase()));
}

/** Where webhooks are forwarded to. */
export interface Target {
  /** Exactly what requests go to. */
  readonly url: string;
  readonly origin: string;
  /** Whether it is this machine; anywhere else a person says yes. */
  readonly isLocal: boolean;
}

export type TargetFault = 'not-a-url' | 'scheme' | 'credentials' | 'plain-http';

/** Why a text is not a target, and what to write. */
export const TARGET_FAULTS: Readonly<Record<TargetFault, string>> = {
  'not-a-url': 'must be a full URL, such as http://127.0.0.1:3000/webhooks',
  scheme: 'must begin with http:// or https://',
  credentials: 'must not contain a user name or password',
  'plain-http': 'must begin with https:// unless it is on this machine',
};

/** Reads where webhooks are to go: a whole URL, with its query if it has one; plain http on this machine only. */
export function parseTarget(text: string): Target | TargetFault {
  const written = text.trim();
  // `URL` repairs `http:host`, backslashes and line breaks: nobody means those.
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/\\\s]/i.test(written) || /[\\\p{Cc}\s]/u.test(written)) return 'not-a-url';
  if (!URL.canParse(written)) return 'not-a-url';
  const url = new URL(written);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'scheme';
  if (url.username || url.password) return 'credentials';
  const isLocal = isOnThisMachine(url.hostname);
  if (!isLocal && url.protocol === 'http:') return 'plain-http';
  url.hash = '';
  return { url: url.href, origin: url.origin, isLocal };
}

/** Reads a URL that leads to a listener from elsewhere; `undefined` where it cannot be a `callback_url`. */
export function parsePublicUrl(text: string): string | undefined {
  const written = text.trim();
  if (!/^https?:\/\/[^/\\\s]/i.test(written) || !URL.canParse(written)) return undefined;
  const { username, password } = new URL(written);
  return username || password ? undefined : written;
}
