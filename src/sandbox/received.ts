import type { IncomingHttpHeaders } from 'node:http';
import { API_KEY_HEADER } from '../core/contract/wire';
import { keyName } from './keys';
import { Recent } from './recent';
import { apiKey, type ApiRequest } from './request';

const SECRET_HEADERS = [API_KEY_HEADER.toLowerCase(), 'authorization', 'cookie'];

/** What a test can ask about a request. It holds no key that is not the sandbox's own. */
export interface ReceivedRequest {
  method: string;
  path: string;
  /** With its `?`; empty where there is none. */
  search: string;
  /** Lower-case names, without those that carry secrets. */
  headers: Readonly<IncomingHttpHeaders>;
  /** One of the sandbox's own keys, `none`, or `other`. */
  key: string;
  body: string;
}

/** The newest requests that came in whole. */
export class ReceivedLog {
  readonly #recent = new Recent<ReceivedRequest>({ entries: 200, weight: 4_000_000 });
  #count = 0;

  add(request: ApiRequest): void {
    const { method, path, search, body } = request;
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !SECRET_HEADERS.includes(name)),
    );
    const key = keyName(apiKey(request));
    const entry = { method, path, search, headers, key, body: body.toString('utf8') };
    this.#count += 1;
    this.#recent.add(String(this.#count), entry, JSON.stringify(entry).length);
  }

  /** Oldest first. */
  list(): ReceivedRequest[] {
    return this.#recent.values();
  }
}
