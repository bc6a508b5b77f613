import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Answer, guessedError } from './answers';

/** Listens on 127.0.0.1. Rejects with an Error whose message says what to do about it. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      reject(
        new Error(`The sandbox cannot listen on port ${port}: a port is a whole number from 0 to 65535.`),
      );
      return;
    }
    const fail = (cause: NodeJS.ErrnoException) =>
      reject(new Error(`The sandbox cannot listen on port ${port}: ${reason(cause)}`, { cause }));
    server.once('error', fail);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

function reason(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return 'it is in use. Choose another one, or 0 for any that is free.';
    case 'EACCES':
      return 'the system does not allow it. Choose one above 1023, or 0 for any that is free.';
    default:
      return error.message;
  }
}

/** What bytes that are no proper HTTP request are answered with; `code` is Node's name for what is wrong. */
function answerTo(code: string | undefined): Answer {
  if (code === 'HPE_HEADER_OVERFLOW')
    return guessedError(431, 'HEADERS_TOO_LARGE', 'The headers are too large');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return guessedError(408, 'REQUEST_TIMEOUT', 'The request took too long');
  return guessedError(400, 'BAD_REQUEST', 'This is not an HTTP request');
}

/**
 * Answers by hand, because Node has no response object for such bytes, and closes the connection. Without
 * a response where one is under way already: what is written now would be taken for a part of it.
 */
export function refuseNotHttp(error: NodeJS.ErrnoException, socket: Duplex, answering: boolean): void {
  if (answering || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = answerTo(error.code);
  const all = { ...headers, 'Content-Length': String(Buffer.byteLength(body)), Connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`;
  socket.end(head + body, () => socket.destroy());
}
