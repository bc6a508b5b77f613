import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../src/sandbox/server';
import { call, invoice, json, post, type Received, until } from './sandboxClient';

/** An invoice of the sandbox, with the token of the forms on its page. */
export interface Pending {
  readonly id: string;
  readonly link: string;
  readonly token: string;
  readonly externalId: string;
}

export async function pending(
  sandbox: Pick<Sandbox, 'baseUrl'>,
  changes: Record<string, unknown> = {},
): Promise<Pending> {
  const created = json(await post(sandbox, invoice(changes))) as Record<string, string>;
  const link = created['payment_link'] ?? '';
  const page = await call(link);
  return {
    id: created['invoice_id'] ?? '',
    link,
    token: /name="token" value="([^"]+)"/.exec(page.text)?.[1] ?? '',
    externalId: created['external_id'] ?? '',
  };
}

/** Sends a form of the payment page as a browser does; changes to its headers are those of another page. */
export function submit(
  { link, token }: Pending,
  action: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Received> {
  const { origin } = new URL(link);
  return call(`${link}/${action}`, {
    method: 'POST',
    headers: {
      Origin: origin,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: new URLSearchParams({ token, ...fields }).toString(),
  });
}

export async function chosen(
  sandbox: Pick<Sandbox, 'baseUrl'>,
  changes: Record<string, unknown> = {},
): Promise<Pending> {
  const invoice = await pending(sandbox, changes);
  await submit(invoice, 'method', { method: 'uah_card' });
  return invoice;
}

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A merchant's handler. Each request is answered with the next status, the last one again and again. */
export interface Handler {
  readonly origin: string;
  readonly url: string;
  readonly got: readonly Got[];
  /** From now on; `hang` gives no response. */
  answerWith(...statuses: (number | 'hang')[]): void;
  /** Waits until so many requests came in whole. */
  count(requests: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startHandler(): Promise<Handler> {
  const got: Got[] = [];
  let statuses: (number | 'hang')[] = [200];
  const server = createServer((req, res) => {
    // The shop that the customer returns to.
    if (req.method === 'GET') {
      res.end('shop');
      return;
    }
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      got.push({ headers: req.headers, body: Buffer.concat(chunks) });
      const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
      if (status !== 'hang') res.writeHead(status, { Location: '/elsewhere' }).end('its own words');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/hooks?shop=1`,
    got,
    answerWith: (...next) => (statuses = next),
    count: (requests) => until(() => got.length >= requests),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
