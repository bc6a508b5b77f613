import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a handler leaves the right way. */
export interface Quirks {
  /** What it verifies. */
  readonly verify?: (signature: string, expected: string) => boolean;
  readonly checksTime?: boolean;
  /** What the signature is compared over, made of the raw body. */
  readonly signed?: (rawBody: string) => string;
  readonly method?: 'any';
  readonly deduplicates?: boolean;
  readonly keepsPaid?: boolean;
  readonly onUnreadable?: number;
  /** Throws where it cannot take the event. */
  readonly takes?: (event: Readonly<Record<string, unknown>>, rawBody: string) => void;
  /** Comes before the response. */
  readonly work?: (event: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** A handler on this machine, right but for its quirks, with the state of its orders at `/state`. */
export async function startHandler(secret: string, quirks: Quirks) {
  const seen = new Set<string>();
  const orders = new Map<string, { status: string; count: number }>();
  const statusFor = async (method: string, headers: Headers, rawBody: string): Promise<number> => {
    if (method !== 'POST' && quirks.method !== 'any') return 405;
    if (method !== 'POST') return 200;
    const timestamp = headers.get('x-signature-timestamp') ?? '';
    const content = `${timestamp}.${quirks.signed?.(rawBody) ?? rawBody}`;
    const expected = createHmac('sha256', secret).update(content).digest('hex');
    const verify = quirks.verify ?? ((signature) => signature === expected);
    if (!verify(headers.get('x-signature') ?? '', expected)) return 401;
    const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300;
    if (quirks.checksTime !== false && !isRecent) return 401;
    let event: Readonly<Record<string, unknown>>;
    try {
      event = JSON.parse(rawBody) as typeof event;
    } catch {
      return quirks.onUnreadable ?? 400;
    }
    try {
      quirks.takes?.(event, rawBody);
    } catch (error) {
      return error instanceof RangeError ? 400 : 500;
    }
    await quirks.work?.(event);
    const [key, id, status] = [String(event.event_id), String(event.external_id), String(event.status)];
    if (quirks.deduplicates !== false && seen.has(key)) return 200;
    seen.add(key);
    const order = orders.get(id) ?? { status: '', count: 0 };
    const isKept = order.status === 'success' && status !== 'success' && quirks.keepsPaid !== false;
    if (!isKept) orders.set(id, { status, count: order.count + 1 });
    return 200;
  };
  let received = 0;
  const server = createServer((request, response) => {
    if (request.url === '/state') {
      response.end(JSON.stringify(Object.fromEntries(orders)));
      return;
    }
    received += 1;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
      void statusFor(request.method ?? '', headers, Buffer.concat(chunks).toString()).then((status) =>
        response.writeHead(status).end(),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    /** Requests so far. */
    received: () => received,
    url: `${origin}/webhook`,
    stateUrl: `${origin}/state`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const KNOWN_FIELDS = new Set(
  'event_id order_id external_id status amount currency sub_status rate_usd is_adjusted adjusted_amount reason note'.split(
    ' ',
  ),
);

/** Twelve handlers, each wrong in one way, and two that are right; with the checks that fail for each. */
export const WRONG_HANDLERS: Readonly<Record<string, readonly [Quirks, readonly string[]]>> = {
  'is right': [{}, []],
  'ignores the signature': [
    { verify: () => true, checksTime: false },
    ['future', 'half-right-signature', 'no-signature', 'other-body', 'stale', 'wrong-signature'],
  ],
  'parses the body first': [
    {
      signed: (rawBody) => {
        try {
          return JSON.stringify(JSON.parse(rawBody));
        } catch {
          return rawBody;
        }
      },
    },
    ['escaped', 'pretty-printed'],
  ],
  'compares a prefix of the signature': [
    { verify: (signature, expected) => signature.slice(0, 16) === expected.slice(0, 16) },
    ['half-right-signature'],
  ],
  'has no time window': [{ checksTime: false }, ['future', 'stale']],
  'counts an event twice': [{ deduplicates: false }, ['counted-once', 'counted-once-at-once']],
  'responds after its work': [
    {
      // Work that has not ended when the vendor gives up.
      work: ({ status, is_adjusted }) =>
        status === 'success' && is_adjusted === true ? new Promise(() => undefined) : Promise.resolve(),
    },
    ['success-adjusted'],
  ],
  'fails at an expired event without a method': [
    {
      takes: ({ status, sub_status }) => {
        if (status === 'expired') (sub_status as string).toUpperCase();
      },
    },
    ['expired-before-method'],
  ],
  'rejects unknown fields': [
    {
      takes: (event) => {
        if (Object.keys(event).some((name) => !KNOWN_FIELDS.has(name))) throw new RangeError('unknown field');
      },
    },
    ['unknown-fields'],
  ],
  'fails at non-ASCII': [
    {
      takes: (_, rawBody) => {
        if (/[^\0-\x7f]/.test(rawBody)) throw new Error('ascii codec');
      },
    },
    ['non-ascii'],
  ],
  'accepts GET': [{ method: 'any' }, ['get']],
  'swallows errors with 200': [{ onUnreadable: 200 }, ['empty-body', 'not-json']],
  'verifies the minified body': [
    { signed: (rawBody) => rawBody.replace(/\n\s*/g, '').replaceAll('": ', '":') },
    ['pretty-printed'],
  ],
  'lets a late event take back a payment': [{ keepsPaid: false }, ['late-expired']],
};
