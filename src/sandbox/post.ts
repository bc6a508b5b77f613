import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** How a POST ended: with a status, or in words why there was none. */
export type PostEnd =
  | { readonly status: number; readonly fault?: undefined }
  | { readonly status?: undefined; readonly fault: string };

/** In bytes. What a handler says beyond its status is read to here, so that it can finish, and thrown away. */
const MAX_DISCARDED = 1_000_000;

/** POSTs on a connection of its own. Follows no redirect, and takes nothing of the response but its status. Never rejects. */
export function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  signal: AbortSignal,
): Promise<PostEnd> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve({ fault: inWords(error) });
    try {
      const sent = request(url, {
        method: 'POST',
        headers: { ...headers, 'Content-Length': body.length },
        agent: false,
        signal,
      });
      sent.on('error', fail);
      sent.on('response', (response) => {
        resolve({ status: response.statusCode ?? 0 });
        response.on('error', () => undefined);
        response.setTimeout(5_000, () => response.destroy());
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_DISCARDED) response.destroy();
        });
      });
      sent.end(body);
    } catch (error) {
      fail(error as NodeJS.ErrnoException);
    }
  });
}

function inWords({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing listens there';
    case 'ECONNRESET':
      return 'the connection was closed';
    case 'ENOTFOUND':
      return 'the host was not found';
    default:
      return code ?? message;
  }
}
