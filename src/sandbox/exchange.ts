import type { IncomingMessage, ServerResponse } from 'node:http';
import { guessedError, send } from './answers';
import { playFault } from './faults';
import type { ReceivedLog } from './received';
import type { World } from './request';
import { MAX_BODY, readBody } from './requestBody';
import { route } from './routes';
import { isLoopback, targetOf } from './target';

/** What stays from one request to the next. */
export interface Service {
  world: World;
  received: ReceivedLog;
  slowMs: number;
}

/** Takes one request from its headers to its answer. Never rejects. */
export async function exchange(req: IncomingMessage, res: ServerResponse, service: Service): Promise<void> {
  // The client may go before its answer. An error without a listener would end the process.
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
  const { fault, right } = route(request, service.world);
  if (fault === undefined) send(res, right());
  else playFault(fault, { req, res, right, slowMs: service.slowMs });
}
