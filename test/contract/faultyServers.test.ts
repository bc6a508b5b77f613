import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import fc from 'fast-check';
import type { Report } from '../../src/core/report/report';
import { request } from '../support/requests';
import { Sending } from '../support/sending';

const INVOICE = JSON.stringify({ invoice_id: 'i-1', payment_link: 'https://pay.example/i-1' });
const DATA = `{"successful":true,"data":${INVOICE}}`;

const sized = (status: string, body: string, headers = '') =>
  `HTTP/1.1 ${status}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const chunked = (body: string, end = '0\r\n\r\n') =>
  `HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n${end}`;
const refusal = (details: unknown) =>
  JSON.stringify({ successful: false, error: { code: 'REFUSED', message: 'no', details } });

/** What a server writes for a create that it has carried out: at the latest then it has counted it. */
const AFTER_CREATING: readonly string[] = [
  ...new Array<string>(10).fill(sized('201 Created', INVOICE)),
  sized('200 OK', DATA),
  chunked(INVOICE),
  chunked(INVOICE, '0\r\nX-Sum: 1\r\n\r\n'),
  `${sized('201 Created', INVOICE)}and more`,
  `HTTP/1.1 103 Early Hints\r\n\r\n${sized('201 Created', INVOICE)}`,
  `HTTP/1.1 201 Created\r\n\r\n${INVOICE}`,
  '',
  'HTTP/1.1 201 Cre',
  sized('201 Created', INVOICE).slice(0, -9),
  chunked(INVOICE).slice(0, -9),
  chunked(INVOICE, 'zz\r\n'),
  '220 smtp.example\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n',
  sized('200 OK', '{}'),
  sized('200 OK', refusal({})),
  sized('302 Found', '', 'Location: /login\r\n'),
  sized('502 Bad Gateway', '<html>'),
  sized('504 Gateway Timeout', '{"error":{"code":504,"message":"amount"}}'),
  sized('200 OK', INVOICE, 'Content-Encoding: gzip\r\n'),
  sized('201 Created', '[{"a":'.repeat(50_000)),
];

/** And for one that it has not. */
const WITHOUT_CREATING: readonly string[] = [
  ...AFTER_CREATING.filter((text) => !text.includes(INVOICE)),
  sized('422 Unprocessable', refusal({ amount: ['wrong'] })),
  sized('422 Unprocessable', refusal([`a${'.a'.repeat(100_000)}`])),
  sized('400 Bad Request', '{"detail":"amount is wrong"}'),
];

const STOPPING: readonly string[] = [
  sized('429 Too Many Requests', refusal({}), 'Retry-After: 9\r\n'),
  sized('403 Forbidden', refusal({})),
];

interface Fault {
  readonly creates: boolean;
  readonly text: string;
  readonly end: 'end' | 'reset' | 'stay';
}

/** A connection that stays makes half a response wait for the timeout: one now and then is enough. */
const end = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<Fault['end']>('end', 'reset') },
  { weight: 1, arbitrary: fc.constant<Fault['end']>('stay') },
);
const faultOf = (creates: boolean, texts: readonly string[]) =>
  fc.record({ creates: fc.constant(creates), text: fc.constantFrom(...texts), end });
const fault = fc.oneof(
  { weight: 20, arbitrary: faultOf(true, AFTER_CREATING) },
  { weight: 10, arbitrary: faultOf(false, WITHOUT_CREATING) },
  { weight: 1, arbitrary: faultOf(false, STOPPING) },
);

const COUNT = 30;

/** Does with its connections, in the order of their requests, what it is told. */
class FaultyServer {
  /** The external_ids that arrived. */
  readonly arrived: string[] = [];
  counted = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const id = /"external_id": "(order-\d+)"[^]*\}$/.exec(text)?.[1];
      if (id === undefined) return;
      text = '';
      this.#respond(socket, id);
    });
  });

  constructor(private readonly faults: readonly Fault[]) {}

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/v1`;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #respond(socket: Socket, id: string): void {
    const {
      creates,
      text,
      end: how,
    } = this.faults[this.arrived.length % this.faults.length] ?? assert.fail();
    this.arrived.push(id);
    if (creates) this.counted += 1;
    socket.write(text, () => {
      if (how === 'end') socket.end();
      else if (how === 'reset') socket.resetAndDestroy();
    });
  }
}

describe('200 servers that do what servers should not', function () {
  this.timeout(120_000);

  it('each have one report for each request, which says no less than what happened', async () => {
    const texts = Array.from({ length: COUNT }, (_, place) => request({ external_id: `"order-${place}"` }));
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: COUNT, maxLength: COUNT }), async (faults) => {
        const server = new FaultyServer(faults);
        const sending = new Sending(await server.start());
        sending.concurrency = 20;
        sending.timeoutSeconds = 0.15;
        try {
          const reports = await sending.send(texts);
          const idOf = ({ file }: Report) => `order-${/(\d+)\.invoice/.exec(file)?.[1] ?? ''}`;
          const ids = (...outcomes: Report['outcome'][]) =>
            reports.filter(({ outcome }) => outcomes.includes(outcome)).map(idOf);
          assert.deepEqual(
            reports.map(idOf),
            texts.map((_, place) => `order-${place}`),
          );
          const created = ids('created').length;
          const open = ids('unanswered', 'unexpected').length;
          assert.ok(created <= server.counted, `${created} created, ${server.counted} counted`);
          assert.ok(server.counted <= created + open, `${server.counted} counted, ${created} + ${open}`);
          assert.deepEqual(
            ids('blocked', 'cancelled', 'invalid').filter((id) => server.arrived.includes(id)),
            [],
          );
          assert.equal(new Set(server.arrived).size, server.arrived.length, 'none is sent twice');
        } finally {
          sending.dispose();
          await server.stop();
        }
      }),
      { numRuns: 200 },
    );
  });
});
