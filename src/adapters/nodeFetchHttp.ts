import { AsyncLocalStorage } from 'node:async_hooks';
import { isUtf8 } from 'node:buffer';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setMaxListeners } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import fetch, { AbortError, FetchError, type Response } from 'node-fetch';
import type { Http, HttpCourse, HttpEnd, HttpRequest, HttpResult } from '../app/ports';
import { WireWatch } from './wireWatch';

/** More than any answer of the API by far. */
const LARGEST_ANSWER = 10 * 1024 * 1024;

/** Errors that happen before a byte of the request is on its way. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_REVOKED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'EPROTO',
]);

/** Where Node tells of each request that it has given to a socket: node-fetch itself shows neither. */
const REQUESTS = 'http.client.request.start';

type Stop = 'timeout' | 'stopped';
type Received = NonNullable<HttpCourse['received']>;

/** HTTP by node-fetch: connections are kept alive, redirects never followed, answers bounded in size and time. */
export class NodeFetchHttp implements Http {
  readonly #agents: { readonly 'http:': http.Agent; readonly 'https:': https.Agent };
  /** The stopwatch of the exchange that a request belongs to. */
  readonly #watches = new AsyncLocalStorage<WireWatch>();
  readonly #onRequest = (message: unknown) => {
    this.#watches.getStore()?.watch((message as { readonly request: http.ClientRequest }).request);
  };

  /**
   * `idleMs`: how long a connection that nobody uses is kept. Servers close theirs after 5 seconds at the
   * earliest; a request that takes a connection in that very moment would be lost, and must not be repeated.
   */
  constructor(idleMs = 4_000) {
    const options = { keepAlive: true, timeout: idleMs };
    this.#agents = {
      'http:': new http.Agent(options),
      'https:': new https.Agent({ ...options, rejectUnauthorized: true }),
    };
    subscribe(REQUESTS, this.#onRequest);
  }

  exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpResult> {
    const watch = new WireWatch();
    return this.#watches.run(watch, async () => {
      const reading = new Reading(watch);
      const end = await this.#exchange(request, signal, reading);
      return { ...end, course: courseOf(request, watch, reading) };
    });
  }

  async #exchange(request: HttpRequest, signal: AbortSignal, reading: Reading): Promise<HttpEnd> {
    const abort = new AbortController();
    let stop: Stop | undefined;
    const stopFor = (reason: Stop) => {
      stop ??= reason;
      abort.abort();
    };
    const onStopped = () => stopFor('stopped');
    if (signal.aborted) return { kind: 'never-left', detail: 'stopped' };
    const unverified = /^https:/i.test(request.url) ? whyUnverified() : undefined;
    if (unverified !== undefined) return { kind: 'never-left', detail: unverified };
    // Every exchange of a send listens to the one signal; from 11 on Node would warn of a leak.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', onStopped, { once: true });
    const timer = setTimeout(() => stopFor('timeout'), request.timeoutMs);
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers,
        redirect: 'manual',
        signal: abort.signal,
        agent: ({ protocol }) => this.#agents[protocol === 'http:' ? 'http:' : 'https:'],
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      return await reading.read(response, abort);
    } catch (error) {
      return stop ? { kind: stop } : failure(error);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onStopped);
    }
  }

  dispose(): void {
    unsubscribe(REQUESTS, this.#onRequest);
    this.#agents['http:'].destroy();
    this.#agents['https:'].destroy();
  }
}

/**
 * VS Code puts an agent of its own in place of ours, so that what switches verification off for the whole
 * process, an environment variable or another extension, would count here. Then nothing is sent at all.
 */
function whyUnverified(): string | undefined {
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    return 'certificates are not checked in this process: NODE_TLS_REJECT_UNAUTHORIZED is 0';
  if (https.globalAgent.options.rejectUnauthorized === false)
    return 'certificates are not checked in this process: something has switched it off';
  return undefined;
}

/** An answer as far as it has come. */
class Reading {
  received: Received | undefined;

  constructor(private readonly watch: WireWatch) {}

  async read(response: Response, abort: AbortController): Promise<HttpEnd> {
    this.watch.headCame();
    const { status } = response;
    const headers = this.watch.received ?? [...response.headers].map(([name, value]) => ({ name, value }));
    const chunks: Uint8Array[] = [];
    let size = 0;
    const came = (valid = true) => {
      this.received = { status, headers, size, isUtf8: valid };
    };
    came();
    try {
      for await (const chunk of response.body ?? []) {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        size += bytes.length;
        came();
        if (size > LARGEST_ANSWER) {
          abort.abort();
          return { kind: 'too-large', status };
        }
        chunks.push(bytes);
      }
    } catch (error) {
      if (abort.signal.aborted) throw error;
      return { kind: 'short', status };
    }
    const bytes = Buffer.concat(chunks);
    came(isUtf8(bytes));
    const body = new TextDecoder().decode(bytes);
    return { kind: 'answer', status, location: response.headers.get('location') ?? undefined, body };
  }
}

function courseOf(request: HttpRequest, watch: WireWatch, { received }: Reading): HttpCourse {
  const own = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()));
  return {
    timings: watch.timings(),
    added: watch.sent.filter(({ name }) => !own.has(name.toLowerCase())),
    ...(received ? { received } : {}),
  };
}

function failure(error: unknown): HttpEnd {
  if (error instanceof AbortError) return { kind: 'stopped' };
  // What is no request at all. Its text is not kept: it may quote a header, or the password of a URL.
  if (error instanceof TypeError) return { kind: 'never-left', detail: 'it is no valid request' };
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof FetchError ? error.code : undefined;
  return {
    kind: code !== undefined && NEVER_LEFT.has(code) ? 'never-left' : 'reset',
    detail: plain(detail, code),
  };
}

/** node-fetch puts the whole URL before the reason; the reason is what a user needs. */
function plain(detail: string, code: string | undefined): string {
  return code ?? detail.replace(/^request to \S+ failed, reason: /, '');
}
