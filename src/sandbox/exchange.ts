import type { IncomingMessage, ServerResponse } from 'node:http';
import { guessedError, send } from './answers';
import { playFault } from './faults';
import type { ReceivedLog } from './received';
import { isLoopback, type World } from './request';
import { route } from './routes';

/** What stays from one request to the next. */
export interface Service {
  world: World;
  received: ReceivedLog;
  slowMs: number;
}

/** Takes one request from its headers to its response. Never rejects. */
export async function exchange(req: IncomingMessage, res: ServerResponse, service: Service): Promise<void> {
  // The client may go before its response. An error without a listener would end the process.
  res.on('error', () => undefined);
  try {
    await answer(req, res, service);
  } catch {
    // A bug of the sandbox must not take down the process it is a guest in.
    if (res.headersSent) req.socket.destroy();
    else send(res, guessedError(500, 'INTERNAL_ERROR', 'The sandbox has failed'));
  }
}

async function answer(req: IncomingMessage, res: ServerResponse, service: Service): Promise<void> {
  const { host, path, search } = targetOf(req);
  if (!isLoopback(host)) {
    send(res, guessedError(403, 'HOST_NOT_LOOPBACK', 'The sandbox answers to loopback host names only'));
    return;
  }
  const body = await readBody(req);
  if (body === 'gone') return;
  if (body === 'too-large') {
    send(res, guessedError(413, 'BODY_TOO_LARGE', `The body must have at most ${MAX_BODY} bytes`));
    return;
  }
  const query = new URLSearchParams(search);
  const request = { method: req.method ?? '', path, search, query, headers: req.headers, body };
  service.received.add(request);
  const { fault, right, settled } = route(request, service.world);
  if (fault === undefined) {
    const made = right();
    await settled?.();
    send(res, made);
  } else playFault(fault, { req, res, right, slowMs: service.slowMs });
}

/** In bytes. The vendor's limit is unknown; this one is a guess. */
const MAX_BODY = 1_000_000;

/** In bytes. Up to here a body that is too large is read to its end, so that its sender hears the response; beyond it, the connection is closed. */
const MAX_DISCARDED = 8_000_000;

/** The whole body; `too-large` beyond `MAX_BODY`; `gone` where no response can reach the sender any longer. */
async function readBody(req: IncomingMessage): Promise<Buffer | 'too-large' | 'gone'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
      if (size > MAX_DISCARDED) {
        req.socket.destroy();
        return 'gone';
      }
    }
  } catch {
    return 'gone';
  }
  return size > MAX_BODY ? 'too-large' : Buffer.concat(chunks);
}

/** Where a request goes, as it says itself. */
interface Target {
  /** From an absolute target, else from the Host header. */
  host: string | undefined;
  path: string;
  search: string;
}

function targetOf(req: IncomingMessage): Target {
  const target = req.url ?? '';
  if (/^https?:\/\//i.test(target) && URL.canParse(target)) {
    const { host, pathname: path, search } = new URL(target);
    return { host, path, search };
  }
  const question = target.indexOf('?');
  const end = question < 0 ? target.length : question;
  return { host: req.headers.host, path: target.slice(0, end), search: target.slice(end) };
}
