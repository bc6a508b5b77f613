import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, send } from './answers';

/** What a fault has to work with. */
export interface Stage {
  req: IncomingMessage;
  res: ServerResponse;
  /** Does what was asked for and gives the right response; a fault that does not call it creates nothing. */
  right: () => Answer;
  slowMs: number;
}

/** Announces the whole right response, sends the first half and ends the connection. */
export function truncate({ req, res, right }: Stage): void {
  const { status, headers, body } = right();
  const bytes = Buffer.from(body);
  res.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  res.write(bytes.subarray(0, bytes.length / 2), () => req.socket.destroySoon());
}

/** Half of the right response in a whole HTTP message. */
export function cutJson({ res, right }: Stage): void {
  const answer = right();
  send(res, { ...answer, body: answer.body.slice(0, answer.body.length / 2) });
}

export function reset({ req }: Stage): void {
  req.socket.resetAndDestroy();
}

/** Does what was asked for at once, and tells so only after `slowMs`. */
export function answerLate({ res, right, slowMs }: Stage): void {
  const answer = right();
  // Unreferenced: what keeps the process alive is the server, not a late response.
  const timer = setTimeout(() => send(res, answer), slowMs).unref();
  res.once('close', () => clearTimeout(timer));
}

/** Begins like a JSON response and goes on, as fast as it is read, until the client goes away. */
export function flood({ res }: Stage): void {
  const chunk = Buffer.alloc(16 * 1024, 'a');
  res.writeHead(200, { 'Content-Type': 'application/json' });
  res.write('{"invoice_id":"');
  const pump = () => {
    if (res.destroyed) return;
    // By way of the event loop, so that a fast reader does not starve everybody else in this process.
    if (res.write(chunk)) setImmediate(pump);
    else res.once('drain', pump);
  };
  pump();
}
