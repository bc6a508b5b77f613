import type { DocumentedCode } from './documentedErrors';
import type { IncomingHttpHeaders } from 'node:http';
import { API_KEY_HEADER } from '../core/contract/wire';
import type { Answer } from './answers';
import type { Merchant } from './merchant';
import type { WebhookSender } from './webhookSender';

/** A request that came in whole. */
export interface ApiRequest {
  method: string;
  /** Without the query, as sent (percent-encoded). */
  path: string;
  /** The query as sent, with its `?`; empty where there is none. */
  search: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface World {
  merchant: Merchant;
  sender: WebhookSender;
  /** `http://127.0.0.1:PORT`. */
  origin: string;
}

/** How a request is to be answered. */
export interface Reply {
  /** The name of a fault that the request asks for. */
  fault?: string;
  /** Does what the request asks for and gives the right response. Called at most once. */
  right: () => Answer;
  /** What the response waits for once it is made. */
  settled?: () => Promise<void> | undefined;
}

/**
 * Whether a browser sent this for a page of somebody else. A forwarded port has another origin than its `Host` says,
 * so that the browser's own word comes first; what is no browser sends neither header.
 */
export function isFromOtherPage({ headers }: Pick<ApiRequest, 'headers'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  return headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ''}`;
}

/** The key a request carries; empty where it carries none. */
export function apiKey({ headers }: Pick<ApiRequest, 'headers'>): string {
  return headers[API_KEY_HEADER.toLowerCase()]?.toString() ?? '';
}

/**
 * Whether a host is this machine by its own name. Any other name means that somebody's DNS points here: a
 * web page that makes its own name resolve to 127.0.0.1 would otherwise count as the same origin.
 */
export function isLoopback(host: string | undefined): boolean {
  const name = /^(\[[^\]]*\]|[^:]*)(:\d*)?$/.exec(host ?? '')?.[1]?.toLowerCase() ?? '';
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

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
