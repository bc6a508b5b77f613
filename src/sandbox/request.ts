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
