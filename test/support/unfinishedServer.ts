import { once } from 'node:events';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** How far a send has come: not a byte of it is read; it is; it has the answer's headers; or half the answer. */
export const MOMENTS = ['connected', 'received', 'headers', 'half'] as const;
export type Moment = (typeof MOMENTS)[number];

const HALF = '{"invoice_id":"i-1",';

/** A server that leaves each send where the test wants it: no answer of it is ever whole. */
export class UnfinishedServer {
  /** Connections ever opened: each is for one request. */
  connections = 0;
  /** The bodies of the requests that were read, oldest first. */
  readonly received: string[] = [];
  #moment: Moment = 'received';
  #reached: () => void = () => undefined;
  readonly #sockets = new Set<Socket>();
  readonly #http = createHttpServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      this.received.push(body);
      this.#answer(res);
    });
  });
  // What is not resumed is not read.
  readonly #server = createServer({ pauseOnConnect: true }, (socket) => {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    if (this.#moment === 'connected') {
      this.#reached();
      return;
    }
    this.#http.emit('connection', socket);
    socket.resume();
  });

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/v1`;
  }

  /** Resolves when the next send has come this far. */
  reached(moment: Moment): Promise<void> {
    this.#moment = moment;
    return new Promise((resolve) => (this.#reached = resolve));
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #answer(res: ServerResponse): void {
    if (this.#moment === 'received') {
      this.#reached();
      return;
    }
    res.writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': 2 * HALF.length });
    res.flushHeaders();
    if (this.#moment === 'half') res.write(HALF);
    this.#reached();
  }
}
