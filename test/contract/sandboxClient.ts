import assert from 'node:assert/strict';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../src/sandbox/server';

export interface Received {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** One request on a connection of its own, by Node's client alone: the product's is not what is tested. */
export function call(url: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Received> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () =>
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export const ACTIVE = { 'X-Api-Key': 'sandbox_active' };

export function get({ baseUrl }: Sandbox, path: string, headers: Record<string, string> = ACTIVE) {
  return call(baseUrl + path, { headers });
}

export function post(
  { baseUrl }: Pick<Sandbox, 'baseUrl'>,
  body: unknown,
  headers: Record<string, string> = {},
) {
  return call(`${baseUrl}/create-invoice`, {
    method: 'POST',
    headers: { ...ACTIVE, 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
}

/** A create request that is right, with an `external_id` of its own. */
export function invoice(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    amount: '1500.00',
    currency_code: 'UAH',
    customer_id: 'user_12345',
    external_id: `order-${randomUUID()}`,
    purpose: 'Premium subscription',
    callback_url: 'https://shop.example/hooks',
    success_url: 'https://shop.example/thanks',
    fail_url: 'https://shop.example/sorry',
    ...changes,
  };
}

export function json({ text }: Received): unknown {
  return JSON.parse(text);
}

/** Sends bytes as they are and gives what comes back until the server closes the connection. */
export function sendRaw({ origin }: Sandbox, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (answer += text));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.write(bytes);
  });
}

/** Waits, as long as the test may take, until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setImmediate();
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const GUESS = /\(the sandbox's own guess: the vendor documents no answer for this\)$/;

interface Refusal {
  status: number;
  code: string;
  /** Whether the answer is marked as a guess, in a header and in the message. */
  guess: boolean;
  /** Left out: absent or empty. */
  details?: object;
}

/** Proves the documented envelope, member by member. */
export function assertRefused(answer: Received, { status, code, guess, details = {} }: Refusal): void {
  const { request_id, error, ...others } = json(answer) as {
    request_id: string;
    error: { message: string; details?: object };
  };
  const { message, ...about } = error;
  assert.equal(answer.status, status);
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.deepEqual(others, { successful: false });
  assert.match(request_id, UUID);
  assert.deepEqual({ details: {}, ...about }, { code, details });
  assert.equal(answer.headers['x-sandbox-guess'], guess ? 'true' : undefined);
  assert.equal(GUESS.test(message), guess, message);
}
