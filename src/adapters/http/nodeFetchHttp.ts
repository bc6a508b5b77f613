import { AsyncLocalStorage } from 'node:async_hooks';
import { isUtf8 } from 'node:buffer';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setMaxListeners } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import fetch, { AbortError, FetchError, type Response } from 'node-fetch';
import type { Http, HttpCourse, HttpEnd, HttpRequest, HttpResult } from '../../app/ports';
import { WireWatch } from './wireWatch';

/** In bytes; more than any response of the API by far. */
const LARGEST_RESPONSE = 10 * 1024 * 1024;

/**
 * What fails before a connection stands. It tells that nothing was sent only where no socket was seen: an agent, such
 * as VS Code's for proxies, may connect before it has a socket for the request.
 */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
]);

/** Where Node tells of each request that it has given to a socket: node-fetch itself shows neither. */
const REQUESTS = 'http.client.request.start';

type Stop = 'timeout' | 'stopped' | 'switched';
type Received = NonNullable<HttpCourse['received']>;

/**
 * HTTP by node-fetch: redirects are never followed, responses are bounded in size and time. Each request has a
 * connection of its own: a server may close one that is kept open at any time, a request that is on it then would be
 * lost, and a create must not be repeated.
 */
export class NodeFetchHttp implements Http {
  readonly #agents = {
    'http:': new http.Agent({ keepAlive: false }),
    'https:': new https.Agent({ keepAlive: false, rejectUnauthorized: true }),
  } as const;
  /** The watch of the exchange that a request belongs to. */
  readonly #watches = new AsyncLocalStorage<WireWatch>();
  readonly #onRequest = (message: unknown) => {
    this.#watches.getStore()?.watch((message as { readonly request: http.ClientRequest }).request);
  };

  constructor() {
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
    const { watch } = reading;
    const abort = new AbortController();
    let stop: Stop | undefined;
    const stopFor = (reason: Stop) => {
      stop ??= reason;
      abort.abort();
    };
    const onStopped = () => stopFor('stopped');
    if (signal.aborted) return { kind: 'cancelled' };
    const unverified = /^https:/i.test(request.url) ? whyUnverified() : undefined;
    if (unverified !== undefined) return { kind: 'never-left', detail: unverified };
    // Every exchange of a send listens to the one signal; from 11 on Node would warn of a leak.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', onStopped, { once: true });
    watch.onSwitch(() => stopFor('switched'));
    const timer = setTimeout(() => stopFor('timeout'), request.timeoutMs);
    try {
      const response = await fetch(request.url, {
        method: request.method,
        // Without packing, what has come of a response is known to the byte.
        headers: { ...request.headers, 'Accept-Encoding': 'identity' },
        redirect: 'manual',
        signal: abort.signal,
        agent: ({ protocol }) => this.#agents[protocol === 'http:' ? 'http:' : 'https:'],
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      return await reading.read(response, abort);
    } catch (error) {
      return brokenOff(error, stop, watch, request.timeoutMs);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onStopped);
    }
  }

  dispose(): void {
    unsubscribe(REQUESTS, this.#onRequest);
    // Otherwise every promise of the process would go on paying for it.
    this.#watches.disable();
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

/** A response as far as it has come. */
class Reading {
  received: Received | undefined;

  constructor(readonly watch: WireWatch) {}

  async read(response: Response, abort: AbortController): Promise<HttpEnd> {
    const { status } = response;
    const headers =
      this.watch.received?.headers ?? [...response.headers].map(([name, value]) => ({ name, value }));
    const chunks: Buffer[] = [];
    let size = 0;
    const came = (isUtf8 = true) => {
      this.received = { status, headers, size, isUtf8 };
    };
    came();
    const error = await new Promise<unknown>((resolve) => {
      const { body } = response;
      if (!body) {
        resolve(undefined);
        return;
      }
      body.on('data', (chunk: Buffer) => {
        size += chunk.length;
        came();
        if (size <= LARGEST_RESPONSE) chunks.push(chunk);
        else abort.abort();
      });
      body.on('error', (reason: unknown) => resolve(reason));
      body.once('close', () => resolve(undefined));
    });
    if (size > LARGEST_RESPONSE) return { kind: 'too-large', status };
    if (abort.signal.aborted) throw error;
    // node-fetch takes some responses for cut that Node has read to their end: with trailers, for one.
    const isWhole = this.watch.isWhole ?? error === undefined;
    const isPacked = response.headers.has('content-encoding');
    if (!isWhole || (error !== undefined && isPacked)) {
      const { errorCode } = this.watch;
      return isOfParser(errorCode) ? { kind: 'not-http', detail: errorCode } : { kind: 'short', status };
    }
    const { text, isExact } = textOf(Buffer.concat(chunks), response.headers.get('content-type'));
    came(isExact);
    return {
      kind: 'answer',
      status,
      location: response.headers.get('location') ?? undefined,
      retryAfter: response.headers.get('retry-after') ?? undefined,
      body: text,
    };
  }
}

function courseOf(request: HttpRequest, watch: WireWatch, reading: Reading): HttpCourse {
  const head = watch.received;
  const received = reading.received ?? (head && { ...head, size: 0, isUtf8: true });
  const own = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()));
  return {
    timings: watch.timings(),
    added: watch.sent.filter(({ name }) => !own.has(name.toLowerCase())),
    ...(received ? { received } : {}),
  };
}

/** An exchange without a response, by how far its request came. */
function brokenOff(error: unknown, stop: Stop | undefined, watch: WireWatch, timeoutMs: number): HttpEnd {
  if (stop === 'switched')
    return { kind: 'answer', status: 101, location: undefined, retryAfter: undefined, body: '' };
  // What is no request at all. Its text is not kept: it may quote a header, or the password of a URL.
  if (error instanceof TypeError) return { kind: 'never-left', detail: 'the request is not valid' };
  const code = watch.errorCode ?? (error instanceof FetchError ? error.code : undefined);
  const hasNotLeft = watch.connecting !== undefined || (!watch.isSeen && NO_CONNECTION.has(code ?? ''));
  if (hasNotLeft) {
    if (stop === 'stopped') return { kind: 'cancelled' };
    const reason = stop === 'timeout' ? `${timeoutMs / 1000} s` : reasonOf(error, code);
    return { kind: 'never-left', detail: neverLeft(watch.connecting, stop, reason) };
  }
  if (stop) return { kind: stop };
  if (error instanceof AbortError) return { kind: 'stopped' };
  return isOfParser(code)
    ? { kind: 'not-http', detail: code }
    : { kind: 'reset', detail: reasonOf(error, code) };
}

/** Whether a code is one of Node's HTTP parser. */
function isOfParser(code: string | undefined): code is string {
  return code !== undefined && code.startsWith('HPE_');
}

/** What it failed of: of a connection that breaks, the code alone does not say that it was in the handshake. */
function neverLeft(part: WireWatch['connecting'], stop: Stop | undefined, reason: string): string {
  if (stop === 'timeout')
    return part === 'tls' ? `no TLS handshake within ${reason}` : `no connection within ${reason}`;
  return part === 'tls' && reason === 'ECONNRESET' ? 'the connection broke in the TLS handshake' : reason;
}

/** node-fetch puts the whole URL before the reason; the reason is what a user needs. */
function reasonOf(error: unknown, code: string | undefined): string {
  if (code !== undefined) return code;
  const detail = error instanceof Error ? error.message : String(error);
  return detail.replace(/^request to \S+ failed, reason: /, '');
}

/**
 * The text of a body. JSON is UTF-8, whatever its header says; only what is not has the charset of its header.
 * `isExact`: false where bytes fit neither, and stand as U+FFFD.
 */
function textOf(bytes: Buffer, contentType: string | null): { text: string; isExact: boolean } {
  // A zero byte is valid UTF-8, but stands in UTF-16 alone.
  const isPlain = isUtf8(bytes) && !bytes.includes(0);
  const decoder = isPlain ? undefined : decoderOf(charsetOf(bytes, contentType));
  if (!decoder) return { text: new TextDecoder().decode(bytes), isExact: isUtf8(bytes) };
  const text = decoder.decode(bytes);
  return { text, isExact: !text.includes('\ufffd') };
}

function charsetOf(bytes: Buffer, contentType: string | null): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
}

function decoderOf(charset: string | undefined): InstanceType<typeof TextDecoder> | undefined {
  try {
    return charset === undefined ? undefined : new TextDecoder(charset);
  } catch {
    return undefined;
  }
}
