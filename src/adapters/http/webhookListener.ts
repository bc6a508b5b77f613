import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ListenOptions, ListenResult, WebhookListener } from '../../app/webhooks/webhookPorts';
import type { Header } from '../../core/report/exchange';
import { isLoopback } from '../../core/environments/baseUrl';

/** Of the body of one webhook, in bytes. */
const LARGEST_WEBHOOK = 1024 * 1024;

/** Of the bodies of all webhooks that are being received or forwarded, in bytes: a flood must not fill the memory. */
const MOST_UNDER_WAY = 64 * 1024 * 1024;

/** Connections at once; more wait in the system's queue or are closed by Node. */
const MOST_CONNECTIONS = 1024;

/** Of a body that is refused, in bytes. */
const MOST_DRAINED = 16 * 1024 * 1024;

/** For a whole request to arrive, in milliseconds. */
const SLOWEST_SENDER = 30_000;

interface Refusal {
  readonly status: number;
  readonly why: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const TOO_LARGE: Refusal = { status: 413, why: 'A webhook has at most 1 MB.' };
const BUSY: Refusal = {
  status: 503,
  why: 'Too many webhooks at once.',
  headers: { 'Retry-After': '30' },
};

/**
 * An HTTP server on 127.0.0.1 for webhooks. What a browser or somebody else's name for this machine sends is refused
 * before its body is read, and there is no CORS; everything else is handed on with its bytes as they came.
 */
export const webhookListener: WebhookListener = {
  listen: (options) =>
    new Promise((resolve) => {
      const reception = new Reception(options);
      const server = createServer(
        { requireHostHeader: false, requestTimeout: SLOWEST_SENDER, headersTimeout: SLOWEST_SENDER / 2 },
        (request, response) => reception.take(request, response),
      );
      const sockets = new Set<Socket>();
      server.maxConnections = MOST_CONNECTIONS;
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      server.on('clientError', (_, socket) => {
        if (socket.writable && !reception.isAnswering(socket))
          socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        else socket.destroy();
      });
      server.once('error', (error: NodeJS.ErrnoException) => resolve(failureOf(error, options.port)));
      server.listen({ host: '127.0.0.1', port: options.port }, () => {
        // A connection that cannot be accepted, without file descriptors left, must not end the process.
        server.on('error', () => undefined);
        const { port } = server.address() as AddressInfo;
        const stop = () =>
          new Promise<void>((stopped) => {
            server.close(() => stopped());
            for (const socket of sockets) socket.destroy();
          });
        resolve({ ok: true, listening: { port, url: `http://127.0.0.1:${port}/`, stop } });
      });
    }),
};

function failureOf(error: NodeJS.ErrnoException, port: number): ListenResult {
  switch (error.code) {
    case 'EADDRINUSE':
      return { ok: false, fault: 'port-in-use', detail: `Port ${port} is in use.` };
    case 'EACCES':
      return { ok: false, fault: 'not-allowed', detail: `The system does not allow port ${port}.` };
    default:
      return { ok: false, fault: 'other', detail: error.message };
  }
}

/** Takes requests one by one, and knows how much all of them hold. */
class Reception {
  #underWay = 0;
  readonly #answering = new Set<object>();

  constructor(private readonly options: ListenOptions) {}

  /** Whether a response is under way on a socket: what is written by hand now would be taken for a part of it. */
  isAnswering(socket: object): boolean {
    return this.#answering.has(socket);
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    this.#answering.add(socket);
    response.once('close', () => this.#answering.delete(socket));
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    const refusal = this.#refusalOf(request);
    if (refusal) refuse(response, refusal);
    else this.#read(request, response);
  }

  #refusalOf(request: IncomingMessage): Refusal | undefined {
    const { method, url = '', headers, rawHeaders } = request;
    if (method !== 'POST')
      return { status: 405, why: 'Webhooks are sent by POST.', headers: { Allow: 'POST' } };
    const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
    if (!url.startsWith('/') || hosts.length !== 1 || !this.#isOwn(headers.host ?? ''))
      return { status: 421, why: 'This listener does not serve that host.' };
    if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined)
      return { status: 403, why: 'Browsers do not send webhooks.' };
    if (Number(headers['content-length'] ?? 0) > LARGEST_WEBHOOK) return TOO_LARGE;
    return undefined;
  }

  /** A page that makes its own name mean this machine would otherwise count as the same origin. */
  #isOwn(host: string): boolean {
    const name = /^(\[[^\]]*\]|[^:]*)(:\d*)?$/.exec(host)?.[1]?.toLowerCase() ?? '';
    return isLoopback(name) || this.options.isOwnHost(name);
  }

  #read(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    let size = 0;
    let isOver = false;
    const release = () => (this.#underWay -= size);
    const giveUp = (refusal?: Refusal) => {
      if (isOver) return;
      isOver = true;
      chunks.length = 0;
      release();
      if (refusal) refuse(response, refusal);
    };
    request.on('data', (chunk: Buffer) => {
      if (isOver) return;
      size += chunk.length;
      this.#underWay += chunk.length;
      if (size > LARGEST_WEBHOOK) giveUp(TOO_LARGE);
      else if (this.#underWay > MOST_UNDER_WAY) giveUp(BUSY);
      else chunks.push(chunk);
    });
    request.once('close', () => {
      // A sender that leaves in the middle has sent no webhook.
      if (!request.complete) giveUp();
    });
    request.once('end', () => {
      if (isOver) return;
      isOver = true;
      const webhook = { headers: headersOf(request), body: Buffer.concat(chunks) };
      void this.options.receive(webhook).then((status) => {
        release();
        if (response.destroyed) return;
        const hasLength = status !== 204 && status !== 304;
        response.writeHead(status, hasLength ? { 'Content-Length': '0' } : {});
        response.end();
      });
    });
  }
}

/**
 * Answers at once, and reads on without keeping anything: on a connection that is closed while bytes still come, the
 * sender would find a reset in place of the response.
 */
function refuse(response: ServerResponse, { status, why, headers }: Refusal): void {
  if (response.headersSent || response.destroyed) return;
  const body = `${why}\n`;
  response.writeHead(status, {
    ...headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  });
  response.write(body);
  const { req: request } = response;
  let drained = 0;
  const end = () => response.end();
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > MOST_DRAINED) end();
  });
  if (request.readableEnded) end();
  else request.once('end', end);
}

function headersOf({ rawHeaders }: IncomingMessage): Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.push({ name: rawHeaders[at] ?? '', value: rawHeaders[at + 1] ?? '' });
  return headers;
}
