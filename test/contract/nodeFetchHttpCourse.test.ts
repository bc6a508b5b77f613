import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { HttpResult } from '../../src/app/ports';
import { selfSignedCertificate } from '../support/certificate';
import { HttpUnderTest, request, timeUp } from '../support/httpUnderTest';
import { jsonAnswer, textAnswer, type Script } from '../support/scriptedServer';

const { signal } = new AbortController();

/** The parts that took any time, or could have. */
const partsOf = ({ course }: HttpResult) => Object.keys(course.timings);

function assertAddUp({ course }: HttpResult): void {
  const { total, ...parts } = course.timings;
  const sum = Object.values(parts).reduce((so, part) => so + part, 0);
  assert.ok(Math.abs(sum - total) < 1, `${sum} of ${total} ms`);
}

describe('the course of an exchange', function () {
  this.timeout(20_000);
  const bench = new HttpUnderTest();

  describe('its times', () => {
    it('begin with DNS and a connection, for each request', async () => {
      const server = await bench.serve(jsonAnswer(200, {}));
      const origin = server.origin.replace('127.0.0.1', 'localhost');
      for (let i = 0; i < 2; i++) {
        const result = await bench.http.exchange(request(origin), signal);
        assert.deepEqual(partsOf(result), ['dns', 'connect', 'waiting', 'receiving', 'total']);
        assertAddUp(result);
      }
    });

    it('have no DNS where the address is known', async () => {
      const result = await bench.course(jsonAnswer(200, {}));
      assert.deepEqual(partsOf(result), ['connect', 'waiting', 'receiving', 'total']);
    });

    it('tell the wait for the head from the time until the last byte', async () => {
      const result = await bench.course((res) => {
        setTimeout(() => {
          res.writeHead(200).write('{');
          setTimeout(() => res.end('}'), 120);
        }, 60);
      });
      const { waiting = 0, receiving = 0 } = result.course.timings;
      assert.ok(waiting >= 55 && receiving >= 110, JSON.stringify(result.course.timings));
      assertAddUp(result);
    });

    it('are kept apart for exchanges that run at once', async () => {
      const server = await bench.serve((res, { url }) => setTimeout(() => res.end(), Number(url.slice(1))));
      const all = [20, 150, 80].map((ms) => bench.http.exchange(request(`${server.origin}/${ms}`), signal));
      const waits = (await Promise.all(all)).map(({ course }) => course.timings.waiting ?? 0);
      const [short = 0, long = 0, middle = 0] = waits;
      assert.ok(short < middle && middle < long && long >= 145, waits.join());
    });

    it('end in the part in which nothing more came: the connection, TLS, the answer', async () => {
      let stop = new AbortController();
      // Whatever reaches the server has come as far as it gets: nobody answers.
      const silent = createServer((socket) =>
        socket.on('error', () => undefined).on('data', () => stop.abort()),
      ).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      const exchange = (scheme: string) => {
        stop = new AbortController();
        return bench.http.exchange(request(`${scheme}://127.0.0.1:${port}/`), stop.signal);
      };
      const tls = await exchange('https');
      const answer = await exchange('http');
      silent.close();
      await once(silent, 'close');
      const refused = await exchange('http');
      assert.deepEqual(partsOf(tls), ['connect', 'tls', 'total']);
      assert.deepEqual(partsOf(answer), ['connect', 'waiting', 'total']);
      assert.deepEqual(partsOf(refused), ['connect', 'total']);
      for (const result of [tls, answer, refused]) assertAddUp(result);
    });

    it('have a TLS part', async () => {
      const server = await bench.serve(jsonAnswer(200, {}), selfSignedCertificate());
      const result = await bench.http.exchange(request(server.origin), signal);
      assert.deepEqual(partsOf(result), ['connect', 'tls', 'total']);
    });
  });

  describe('what came', () => {
    it('is the headers as they were written, repeated ones too, and the size of the body', async () => {
      const { course } = await bench.course(({ socket }) =>
        socket?.end('HTTP/1.1 201 Created\r\nX-OdD: a\r\nSet-Cookie: 1\r\nset-cookie: 2\r\n\r\n{"a":"ї"}'),
      );
      assert.deepEqual(course.received, {
        status: 201,
        headers: [
          { name: 'X-OdD', value: 'a' },
          { name: 'Set-Cookie', value: '1' },
          { name: 'set-cookie', value: '2' },
        ],
        size: 10,
        isUtf8: true,
      });
    });

    it('is what was packed, unpacked', async () => {
      const packed = gzipSync('a'.repeat(1000));
      const { course } = await bench.course(textAnswer(200, packed, { 'Content-Encoding': 'gzip' }));
      assert.equal(course.received?.size, 1000);
    });

    it('may be no UTF-8', async () => {
      const { course } = await bench.course(textAnswer(200, Buffer.of(0x22, 0xff, 0x22)));
      assert.deepEqual([course.received?.isUtf8, course.received?.size], [false, 3]);
    });

    it('is kept of an answer that never ends', async () => {
      const half: Script = (res) => res.writeHead(200, { 'X-A': 'b' }).write('half');
      const { result } = await timeUp(
        (timeoutMs) => bench.course(half, { timeoutMs }),
        ({ course }) => course.received?.size === 4,
      );
      assert.equal(result.kind, 'timeout');
      const { received } = result.course;
      assert.deepEqual([received?.status, received?.size], [200, 4]);
      assert.ok(received?.headers.some(({ name }) => name === 'X-A'));
    });

    it('is kept of an answer that breaks off', async () => {
      const answer = 'HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"a"';
      const result = await bench.course(({ socket }) => socket?.end(answer));
      assert.deepEqual(
        [result.kind, result.course.received?.status, result.course.received?.size],
        ['short', 201, 4],
      );
    });

    it('is nothing where no answer began', async () => {
      const result = await bench.course(({ socket }) => socket?.resetAndDestroy());
      assert.equal(result.course.received, undefined);
    });
  });

  it('tells the headers that were sent beside those of the request', async () => {
    const { course } = await bench.course(jsonAnswer(200, {}));
    const names = course.added.map(({ name }) => name.toLowerCase());
    for (const name of ['host', 'content-length', 'user-agent'])
      assert.ok(names.includes(name), names.join());
    for (const name of ['x-api-key', 'content-type']) assert.ok(!names.includes(name), names.join());
  });

  it('is no longer watched after the adapter was disposed of', async () => {
    const { http } = bench;
    http.dispose();
    const server = await bench.serve(jsonAnswer(200, {}));
    const { course } = await http.exchange(request(server.origin), signal);
    assert.deepEqual(course.added, []);
  });
});
