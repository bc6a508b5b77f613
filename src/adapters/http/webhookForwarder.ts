import * as http from 'node:http';
import * as https from 'node:https';
import type { WebhookForwarder } from '../../app/webhooks/webhookPorts';
import type { Header } from '../../core/report/exchange';
import { KEPT_RESPONSE, type DeliveryEnd } from '../../core/webhook/delivery';

/** In bytes: a handler that responds with more than this is not read to its end. */
const LARGEST_RESPONSE = 32 * 1024 * 1024;

/** What fails before a connection stands. */
const UNREACHABLE = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL'],
]);

/** Each webhook on a connection of its own: a handler may close one that is kept open just when the next one comes. */
const AGENTS = {
  'http:': new http.Agent({ keepAlive: false }),
  'https:': new https.Agent({ keepAlive: false, rejectUnauthorized: true }),
} as const;

export const webhookForwarder: WebhookForwarder = {
  post: (url, headers, body, stop, method = 'POST') =>
    new Promise((resolve) => {
      const target = new URL(url);
      const isSecure = target.protocol === 'https:';
      let request: http.ClientRequest | undefined;
      const end = (result: DeliveryEnd) => {
        stop.removeEventListener('abort', onStop);
        // What a finished exchange still says is of no interest; an error without a listener would end the process.
        request?.on('error', () => undefined);
        request?.destroy();
        resolve(result);
      };
      const onStop = () => end({ kind: stop.reason === 'timeout' ? 'timeout' : 'stopped' });
      if (stop.aborted) {
        onStop();
        return;
      }
      stop.addEventListener('abort', onStop, { once: true });
      try {
        request = (isSecure ? https : http).request(target, {
          method,
          agent: AGENTS[isSecure ? 'https:' : 'http:'],
          headers: flat(headers, target.host, body.length),
        });
      } catch {
        // Node's text would quote a header.
        end({ kind: 'broken', detail: 'it cannot be sent by HTTP' });
        return;
      }
      const fail = (error: NodeJS.ErrnoException) => {
        const detail = error.code ?? error.message;
        end({ kind: UNREACHABLE.has(detail) ? 'unreachable' : 'broken', detail });
      };
      request.once('error', fail);
      request.once(
        'upgrade',
        (response: http.IncomingMessage, socket: NodeJS.WritableStream & { destroy(): void }) => {
          socket.destroy();
          end({ kind: 'broken', detail: `it switched protocols (HTTP ${response.statusCode ?? 101})` });
        },
      );
      request.once('response', (response) => read(response, end, fail));
      request.end(body);
    }),
};

function read(
  response: http.IncomingMessage,
  end: (result: DeliveryEnd) => void,
  fail: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const whole = () =>
    end({
      kind: 'response',
      status: response.statusCode ?? 0,
      headers: headersOf(response.rawHeaders),
      body: Buffer.concat(chunks).subarray(0, KEPT_RESPONSE),
      size,
    });
  response.on('data', (chunk: Buffer) => {
    if (size < KEPT_RESPONSE) chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST_RESPONSE) whole();
  });
  response.once('error', fail);
  response.once('end', whole);
}

/** As `IncomingMessage.rawHeaders` has them: so Node sends each with its own case, in this order, and adds none but `Connection`. */
function flat(headers: readonly Header[], host: string, length: number): string[] {
  return [
    ...['Host', host],
    ...headers.flatMap(({ name, value }) => [name, value]),
    ...['Content-Length', String(length), 'Connection', 'close'],
  ];
}

function headersOf(raw: readonly string[]): Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2)
    headers.push({ name: raw[at] ?? '', value: raw[at + 1] ?? '' });
  return headers;
}
