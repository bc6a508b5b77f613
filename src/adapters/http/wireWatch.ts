import type { ClientRequest, IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Header, Timings } from '../../core/report/exchange';

type Part = Exclude<keyof Timings, 'total'>;

/**
 * Sees how far one exchange comes, by the events of its request and its socket, whichever agent or proxy they come
 * from.
 */
export class WireWatch {
  readonly #begin = performance.now();
  /** The parts of this exchange, in order. Until its request has a socket, a connection is being made. */
  #parts: readonly Part[] = ['connect', 'waiting', 'receiving'];
  /** When each part ended. */
  readonly #ends = new Map<Part, number>();
  #request: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  #isWhole: boolean | undefined;
  #errorCode: string | undefined;
  #onSwitch: (() => void) | undefined;

  /** Call this when the request was given to a socket, which may not be connected yet. */
  watch(request: ClientRequest): void {
    this.#request = request;
    request.prependOnceListener('response', (response) => this.#headCame(response));
    request.once('upgrade', (response, socket) => {
      this.#headCame(response);
      socket.destroy();
      this.#onSwitch?.();
    });
    request.prependListener('error', (error) => this.#failed(error));
    const { socket } = request;
    if (request.reusedSocket) this.#parts = ['waiting', 'receiving'];
    else if (socket) this.#watchConnection(socket, isIP(request.host) !== 0);
  }

  /** Calls back when the server leaves HTTP: nothing more can be read then. */
  onSwitch(callback: () => void): void {
    this.#onSwitch = callback;
  }

  /** The connection is not there yet, or its TLS handshake is not over. `undefined` where no socket was seen. */
  get connecting(): 'dns' | 'connect' | 'tls' | undefined {
    if (!this.#request) return undefined;
    return (['dns', 'connect', 'tls'] as const).find((part) => this.#isPending(part));
  }

  /** Whether the request was seen at a socket. */
  get isSeen(): boolean {
    return this.#request !== undefined;
  }

  /** Whether the whole response came, by its own framing. `undefined` where no response was seen. */
  get isWhole(): boolean | undefined {
    return this.#isWhole ?? this.#response?.complete;
  }

  /** Node's code of what went wrong with the request: `ECONNRESET`, `HPE_INVALID_CONSTANT`. */
  get errorCode(): string | undefined {
    return this.#errorCode;
  }

  /** The headers of the request. */
  get sent(): readonly Header[] {
    const request = this.#request;
    if (!request) return [];
    return request.getRawHeaderNames().map((name) => ({ name, value: valueOf(request, name) }));
  }

  /** Status and headers of the response as they came; absent where none did. */
  get received(): { readonly status: number; readonly headers: readonly Header[] } | undefined {
    const response = this.#response;
    return response && { status: response.statusCode ?? 0, headers: rawHeaders(response) };
  }

  /** What it took up to now, to a tenth of a millisecond. */
  timings(): Timings {
    const now = performance.now();
    const timings: Partial<Record<Part, number>> = {};
    let from = this.#begin;
    let underWay: Part | undefined;
    for (const part of this.#parts) {
      const end = this.#ends.get(part);
      if (end === undefined) underWay ??= part;
      else {
        timings[part] = rounded(end - from);
        from = end;
        underWay = undefined;
      }
    }
    if (underWay) timings[underWay] = rounded(now - from);
    return { ...timings, total: rounded(now - this.#begin) };
  }

  #headCame(response: IncomingMessage): void {
    this.#response = response;
    this.#end('waiting');
  }

  /**
   * node-fetch aborts a request that fails, and Node then drops what nobody has read. Where a connection breaks behind a
   * whole response, that would be the response itself, so it is read here, before node-fetch hears of the error.
   */
  #failed(error: Error): void {
    this.#errorCode ??= (error as NodeJS.ErrnoException).code;
    const response = this.#response;
    if (!response) return;
    // Node takes a response without a length for whole once its connection is gone, however that went.
    this.#isWhole ??= response.complete;
    while (response.read() !== null);
  }

  #watchConnection(socket: Socket, hasAddress: boolean): void {
    const isTls = 'encrypted' in socket;
    this.#parts = [
      ...(socket.connecting && !hasAddress ? (['dns'] as const) : []),
      'connect',
      ...(isTls ? (['tls'] as const) : []),
      'waiting',
      'receiving',
    ];
    // Through a proxy it is connected before the request gets it, and its handshake may be over.
    if (!socket.connecting) this.#end('connect');
    if (isTls && !socket.connecting && (socket as TLSSocket).getProtocol() !== 'unknown') this.#end('tls');
    socket.once('lookup', (error: Error | null) => {
      if (!error) this.#end('dns');
    });
    socket.once('connect', () => {
      this.#end('dns');
      this.#end('connect');
    });
    socket.once('secureConnect', () => this.#end('tls'));
  }

  #isPending(part: Part): boolean {
    return this.#parts.includes(part) && !this.#ends.has(part);
  }

  #end(part: Part): void {
    if (!this.#ends.has(part)) this.#ends.set(part, performance.now());
  }
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

function valueOf(request: ClientRequest, name: string): string {
  return [request.getHeader(name) ?? []].flat().join(', ');
}

function rawHeaders({ rawHeaders: raw }: IncomingMessage): Header[] {
  const headers: Header[] = [];
  for (let place = 0; place + 1 < raw.length; place += 2)
    headers.push({ name: raw[place] ?? '', value: raw[place + 1] ?? '' });
  return headers;
}
