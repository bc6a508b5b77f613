import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { HttpEnd } from '../../src/app/ports';
import { HttpUnderTest, timeUp } from '../support/httpUnderTest';
import { ended, start } from '../support/processes';
import { jsonAnswer, textAnswer } from '../support/scriptedServer';

type Write = (socket: Socket) => unknown;

const SMALL = JSON.stringify({ invoice_id: 'i-1', note: 'їжак' });
/** More than streams hold at once, and little enough that a kernel has handed it over when a connection is reset. */
const LARGE = JSON.stringify({ invoice_id: 'i-1', note: 'ї'.repeat(20_000) });

const CREATED = 'HTTP/1.1 201 Created\r\n';
const sized = (body: string | Buffer) => `${CREATED}Content-Length: ${Buffer.byteLength(body)}\r\n`;
const chunk = (body: string) => `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`;

/** Writes each part by itself, and then does the last thing. */
const parts =
  (...all: readonly (string | Buffer)[]) =>
  (end: Write = (socket) => socket.end()): Write =>
  async (socket) => {
    socket.setNoDelay();
    for (const part of all) {
      await new Promise((resolve) => socket.write(part, resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
    end(socket);
  };

const reset: Write = (socket) => socket.resetAndDestroy();

/** Ways to write a whole body, and then to have the connection break or hold more than belongs to it. */
const WHOLE: Readonly<Record<string, (body: string) => ReturnType<typeof parts>>> = {
  'with its length': (body) => parts(`${sized(body)}\r\n${body}`),
  'with its length, in two parts': (body) => parts(`${sized(body)}\r\n`, body),
  'with its length and more bytes': (body) => parts(`${sized(body)}\r\n${body}\n\nmore`),
  'with its length, more bytes coming later': (body) => parts(`${sized(body)}\r\n${body}`, '{"more":1}'),
  'with its length and another response': (body) => parts(`${sized(body)}\r\n${body}${CREATED}\r\n`),
  'with its length, to be kept alive': (body) => parts(`${sized(body)}Connection: keep-alive\r\n\r\n${body}`),
  'in chunks': (body) => parts(`${CREATED}Transfer-Encoding: chunked\r\n\r\n${chunk(body)}0\r\n\r\n`),
  'in chunks, the last one in pieces': (body) =>
    parts(`${CREATED}Transfer-Encoding: chunked\r\n\r\n`, chunk(body), '0', '\r', '\n', '\r', '\n'),
  'in chunks with trailers': (body) =>
    parts(`${CREATED}Transfer-Encoding: chunked\r\n\r\n${chunk(body)}0\r\nX-Sum: 1\r\n\r\n`),
  'in chunks with an extension': (body) =>
    parts(`${CREATED}Transfer-Encoding: chunked\r\n\r\n${chunk(body)}0;last\r\n\r\n`),
  'in chunks and more bytes': (body) =>
    parts(`${CREATED}Transfer-Encoding: chunked\r\n\r\n${chunk(body)}0\r\n\r\nmore`),
  'packed, and more bytes': (body) => {
    const packed = gzipSync(body);
    return parts(
      Buffer.concat([
        Buffer.from(`${sized(packed)}Content-Encoding: gzip\r\n\r\n`),
        packed,
        Buffer.from('more'),
      ]),
    );
  },
  'after others that announce it': (body) =>
    parts(
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${sized(body)}\r\n${body}`,
    ),
};

describe('what servers do with a connection', function () {
  this.timeout(20_000);
  const bench = new HttpUnderTest();
  const outcomeOf = (write: Write): Promise<HttpEnd> =>
    bench.outcome(({ socket }) => socket && write(socket));
  const bodyOf = (end: HttpEnd) => (end.kind === 'answer' ? end.body : end);

  describe('a whole response', () => {
    for (const [what, write] of Object.entries(WHOLE))
      for (const [size, body] of Object.entries({ small: SMALL, large: LARGE }))
        for (const [how, end] of Object.entries({ end: undefined, reset }))
          it(`${what}, ${size}, before the connection's ${how}`, async () => {
            assert.ok(bodyOf(await outcomeOf(write(body)(end))) === body);
          });

    it('may have no length where the connection ends', async () => {
      assert.equal(bodyOf(await outcomeOf(parts(`${CREATED}\r\n`, LARGE)())), LARGE);
    });

    it('is none without a length where the connection breaks', async () => {
      assert.deepEqual(await outcomeOf(parts(`${CREATED}\r\n`, SMALL)(reset)), {
        kind: 'short',
        status: 201,
      });
    });

    for (const [what, half] of Object.entries({
      'with its length': parts(`${sized(SMALL)}\r\n${SMALL.slice(0, 9)}`),
      'in chunks': parts(`${CREATED}Transfer-Encoding: chunked\r\n\r\n${chunk(SMALL)}`),
      'in chunks, without the last line': parts(
        `${CREATED}Transfer-Encoding: chunked\r\n\r\n${chunk(SMALL)}0\r\n`,
      ),
    }))
      it(`is none ${what} where not all of it came`, async () => {
        for (const end of [undefined, reset])
          assert.deepEqual(await outcomeOf(half(end)), { kind: 'short', status: 201 });
      });
  });

  it('close it after each response without a word: no create is lost', async () => {
    const server = await bench.serve(({ socket }) =>
      socket?.write(`${sized(SMALL)}\r\n${SMALL}`, () => setImmediate(() => socket.end())),
    );
    const next = Array.from({ length: 12 }, (_, place) => place).values();
    const bodies: unknown[] = [];
    const lane = async () => {
      for (const place of next) bodies.push(bodyOf(await bench.send(`${server.origin}/${place}`)));
    };
    await Promise.all([lane(), lane(), lane()]);
    assert.deepEqual(bodies, new Array(12).fill(SMALL));
    assert.equal(server.received.length, 12);
  });

  it('leave HTTP: that is told at once', async () => {
    const switched = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n';
    const end = await outcomeOf((socket) => socket.write(switched));
    assert.deepEqual([end.kind, end.kind === 'answer' && end.status], ['answer', 101]);
  });

  describe('no HTTP', () => {
    for (const [detail, noise] of [
      ['HPE_INVALID_CONSTANT', '220 smtp.example ESMTP\r\n'],
      ['HPE_INVALID_CONSTANT', '{"invoice_id":"i-1"}'],
      ['HPE_INVALID_VERSION', 'HTTP/7.3 200 OK\r\n\r\n'],
      ['HPE_INVALID_HEADER_TOKEN', 'HTTP/1.1 200 OK\r\nA@B: c\r\nContent-Length: 0\r\n\r\n'],
      ['HPE_INVALID_HEADER_TOKEN', 'HTTP/1.1 200 OK\r\nA: \0\r\n\r\n'],
      ['HPE_HEADER_OVERFLOW', `HTTP/1.1 200 OK\r\nA: ${'a'.repeat(200_000)}`],
      ['HPE_INVALID_CONTENT_LENGTH', 'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n'],
      ['HPE_INVALID_CHUNK_SIZE', `${CREATED}Transfer-Encoding: chunked\r\n\r\nzz\r\n${SMALL}`],
    ] as const)
      it(`${JSON.stringify(noise.slice(0, 40))} is ${detail}`, async () => {
        assert.deepEqual(await outcomeOf((socket) => socket.end(noise)), { kind: 'not-http', detail });
      });
  });

  describe('what never leaves', () => {
    let server: Server | undefined;
    let stop = new AbortController();
    beforeEach(() => void (stop = new AbortController()));
    afterEach(() => void server?.close());

    async function listen(onSocket: Write): Promise<number> {
      server = createServer((socket) => {
        socket.on('error', () => undefined);
        onSocket(socket);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    }

    for (const [what, onSocket] of Object.entries<Write>({
      'is reset in its TLS handshake': (socket) => socket.once('data', () => socket.resetAndDestroy()),
      'is ended in its TLS handshake': (socket) => socket.once('data', () => socket.end()),
      'is ended before its TLS handshake': (socket) => socket.end(),
      'gets something else than a TLS handshake': (socket) =>
        socket.once('data', () => socket.end('220 smtp\r\n')),
    }))
      it(what, async () => {
        const port = await listen(onSocket);
        const end = await bench.send(`https://127.0.0.1:${port}/`);
        assert.equal(end.kind, 'never-left', JSON.stringify(end));
      });

    it('waits for a TLS handshake until the time is up', async () => {
      let isAsked = false;
      const port = await listen((socket) => socket.once('data', () => (isAsked = true)));
      const { result, timeoutMs } = await timeUp(
        (time) => bench.send(`https://127.0.0.1:${port}/`, { timeoutMs: time }),
        () => isAsked,
      );
      const detail = `no TLS handshake within ${timeoutMs / 1000} s`;
      assert.deepEqual(result, { kind: 'never-left', detail });
    });

    it('is stopped in its TLS handshake', async () => {
      const port = await listen((socket) => socket.once('data', () => stop.abort()));
      assert.deepEqual(await bench.send(`https://127.0.0.1:${port}/`, {}, stop.signal), {
        kind: 'cancelled',
      });
    });

    it('waits for a connection that nobody accepts until the time is up', async () => {
      const listening = `net.createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
        console.log(this.address().port);
      })`;
      const child = start(process.execPath, ['-e', listening], { stdio: ['ignore', 'pipe', 'inherit'] });
      assert.ok(child.stdout);
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const port = Number(String(line));
      child.kill('SIGSTOP');
      // These fill the queue of the kernel, which leaves the next one without a reply.
      const queue = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
      assert.deepEqual(await bench.send(`http://127.0.0.1:${port}/`, { timeoutMs: 60 }), {
        kind: 'never-left',
        detail: 'no connection within 0.06 s',
      });
      for (const socket of queue) socket.destroy();
      child.kill('SIGKILL');
      await ended(child);
    });
  });

  it('break it once the request is there: that may have been carried out', async () => {
    for (const end of [reset, (socket: Socket) => socket.end()])
      assert.equal((await outcomeOf(end)).kind, 'reset');
  });

  describe('a text', () => {
    const cyrillic = Buffer.from([0xe2, 0xe8, 0xe4, 0xe0]);
    for (const [what, type, bytes, text] of [
      ['windows-1251, as its header says', 'text/html; charset=windows-1251', cyrillic, 'вида'],
      [
        'UTF-8, whatever its header says',
        'application/json; charset=ISO-8859-1',
        Buffer.from('їжак'),
        'їжак',
      ],
      ['UTF-16 with its mark', 'application/json', Buffer.from('\ufeff{"a":"ї"}', 'utf16le'), '{"a":"ї"}'],
      ['UTF-16, as its header says', 'text/plain; charset="UTF-16LE"', Buffer.from('ab', 'utf16le'), 'ab'],
      ['in a charset that nobody knows', 'text/plain; charset=x-none', cyrillic, '\ufffd'.repeat(4)],
      ['in no charset', 'text/plain', cyrillic, '\ufffd'.repeat(4)],
    ] as const)
      it(what, async () => {
        const end = await bench.outcome(textAnswer(400, bytes, { 'Content-Type': type }));
        assert.equal(bodyOf(end), text);
      });
  });

  it('say when to come again', async () => {
    const end = await bench.outcome((res, sent) => {
      res.setHeader('Retry-After', '120');
      jsonAnswer(429, {})(res, sent);
    });
    assert.equal(end.kind === 'answer' && end.retryAfter, '120');
  });
});
