import { setMaxListeners } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import fetch, { AbortError, FetchError, type Response } from 'node-fetch';
import type { Http, HttpRequest, HttpResult } from '../app/ports';

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

type Stop = 'timeout' | 'stopped';

/** HTTP by node-fetch: connections are kept alive, redirects never followed, answers bounded in size and time. */
export class NodeFetchHttp implements Http {
  readonly #agents: { readonly 'http:': http.Agent; readonly 'https:': https.Agent };

  /**
   * `idleMs`: how long a connection that nobody uses is kept. Servers close theirs after 5 seconds at the
   * earliest; a request that takes a connection in that very moment would be lost, and must not be repeated.
   */
  constructor(idleMs = 4_000) {
    const options = { keepAlive: true, timeout: idleMs };
    this.#agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  }

  async exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpResult> {
    const abort = new AbortController();
    let stop: Stop | undefined;
    const stopFor = (reason: Stop) => {
      stop ??= reason;
      abort.abort();
    };
    const onStopped = () => stopFor('stopped');
    if (signal.aborted) return { kind: 'never-left', detail: 'stopped' };
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
      return await readAnswer(response, abort);
    } catch (error) {
      return stop ? { kind: stop } : failure(error);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onStopped);
    }
  }

  dispose(): void {
    this.#agents['http:'].destroy();
    this.#agents['https:'].destroy();
  }
}

async function readAnswer(response: Response, abort: AbortController): Promise<HttpResult> {
  const { status } = response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      size += bytes.length;
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
  const body = new TextDecoder().decode(Buffer.concat(chunks));
  return { kind: 'answer', status, location: response.headers.get('location') ?? undefined, body };
}

function failure(error: unknown): HttpResult {
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
