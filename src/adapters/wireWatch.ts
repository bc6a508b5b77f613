import type { ClientRequest, IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { Header, Timings } from '../core/report/exchange';

type Part = Exclude<keyof Timings, 'total'>;

/** Measures one exchange by the events of its request and its socket, whichever agent or proxy they come from. */
export class WireWatch {
  readonly #begin = performance.now();
  /** The parts that this exchange has, in order. Before its request has a socket, one is being looked for. */
  #parts: readonly Part[] = ['connect', 'waiting', 'receiving'];
  /** When each part ended. */
  readonly #ends = new Map<Part, number>();
  #sent: readonly Header[] = [];
  #received: readonly Header[] | undefined;

  /** The request was given to a socket, which may not be connected yet. */
  watch(request: ClientRequest): void {
    this.#sent = request.getRawHeaderNames().map((name) => ({ name, value: valueOf(request, name) }));
    request.prependOnceListener('response', (response) => {
      this.#received = rawHeaders(response);
      this.headCame();
    });
    const { socket } = request;
    if (request.reusedSocket) this.#parts = ['waiting', 'receiving'];
    else if (socket) this.#watchConnection(socket, isIP(request.host) !== 0);
  }

  headCame(): void {
    this.#end('waiting');
  }

  /** The headers of the request. */
  get sent(): readonly Header[] {
    return this.#sent;
  }

  /** The headers of the answer as they came; absent where none did. */
  get received(): readonly Header[] | undefined {
    return this.#received;
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

  #watchConnection(socket: Socket, hasAddress: boolean): void {
    this.#parts = [
      ...(socket.connecting && !hasAddress ? (['dns'] as const) : []),
      'connect',
      ...('encrypted' in socket ? (['tls'] as const) : []),
      'waiting',
      'receiving',
    ];
    // Through a proxy it is connected before the request gets it.
    if (!socket.connecting) this.#end('connect');
    socket.once('lookup', (error: Error | null) => {
      if (!error) this.#end('dns');
    });
    socket.once('connect', () => this.#end('connect'));
    socket.once('secureConnect', () => this.#end('tls'));
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
