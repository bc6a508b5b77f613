import type { Server } from 'node:http';

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
