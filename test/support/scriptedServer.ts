import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Certificate } from './certificate';

/** A request that a scripted server got, whole. */
interface ScriptedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a test wants to happen to a request; it may also take the connection and do with it what it likes. */
export type Script = (res: ServerResponse, request: ScriptedRequest) => unknown;

export interface ScriptedServer {
  /** `http://127.0.0.1:PORT`, or `https://…` */
  readonly origin: string;
  /** `ORIGIN/api/v1` */
  readonly baseUrl: string;
  /** Whole requests, oldest first. */
  readonly received: readonly ScriptedRequest[];
  /** Connections ever opened to it. */
  connections(): number;
  stop(): Promise<void>;
}

/** Starts a server on 127.0.0.1 that does what `script` says to each whole request. */
export async function startScriptedServer(
  script: Script,
  certificate?: Certificate,
): Promise<ScriptedServer> {
  const received: ScriptedRequest[] = [];
  const handle = (req: IncomingMessage, res: ServerResponse) => {
    const chunks: Buffer[] = [];
    res.on('error', () => undefined);
    req.on('error', () => undefined);
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { method = '', url = '', headers } = req;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(request);
      script(res, request);
    });
  };
  // Only the client ends a connection that nobody uses.
  const options = { keepAliveTimeout: 0 };
  const server: Server = certificate
    ? createSecureServer({ ...options, ...certificate }, handle)
    : createServer(options, handle);
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`;
  return {
    origin,
    baseUrl: `${origin}/api/v1`,
    received,
    connections: () => connections,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Answers as an API does: a status, a JSON body. */
export function jsonAnswer(status: number, body: unknown): Script {
  return textAnswer(status, JSON.stringify(body), { 'Content-Type': 'application/json' });
}

export function textAnswer(
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Script {
  return (res) => {
    res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
    res.end(body);
  };
}
