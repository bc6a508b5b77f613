import type { IncomingHttpHeaders } from 'node:http';
import { API_KEY_HEADER } from '../core/contract/wire';
import type { Answer } from './answers';
import type { Merchant } from './merchant';

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
  /** `http://127.0.0.1:PORT`. */
  origin: string;
}

/** How a request is to be answered. */
export interface Reply {
  /** The name of a fault that the request asks for. */
  fault?: string;
  /** Does what the request asks for and gives the right answer. Called at most once. */
  right: () => Answer;
}

/** The key a request carries; empty where it carries none. */
export function apiKey({ headers }: Pick<ApiRequest, 'headers'>): string {
  return headers[API_KEY_HEADER.toLowerCase()]?.toString() ?? '';
}
