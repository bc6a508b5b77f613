import assert from 'node:assert/strict';
import { getEventListeners, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { collectGarbage } from '../support/collectGarbage';
import { HttpUnderTest, timeUp } from '../support/httpUnderTest';
import { jsonAnswer, textAnswer, type Script } from '../support/scriptedServer';

describe('HTTP by node-fetch where it goes wrong', function () {
  this.timeout(20_000);
  const bench = new HttpUnderTest();

  describe('the time', function () {
    this.timeout(9_000);
    const endOnceAsked = async (script: Script) => {
      const { origin, received } = await bench.serve(script);
      const { result } = await timeUp(
        (timeoutMs) => bench.send(origin, { timeoutMs }),
        () => received.length > 0,
      );
      return result;
    };
    const hang: Script = () => undefined;
    const hangInBody: Script = (res) => res.writeHead(200, { 'Content-Length': 9 }).write('{');

    for (const [what, script] of Object.entries({ 'no answer': hang, 'half an answer': hangInBody })) {
      it(`is up with ${what}`, async () => {
        assert.deepEqual(await endOnceAsked(script), { kind: 'timeout' });
      });

      it(`does not matter to whoever stops before, with ${what}`, async () => {
        const stop = new AbortController();
        const { origin } = await bench.serve((res, sent) => {
          script(res, sent);
          // By then the bytes of an answer may have arrived, or not.
          setImmediate(() => stop.abort());
        });
        assert.deepEqual(await bench.send(origin, {}, stop.signal), { kind: 'stopped' });
      });
    }

    it('is up for an answer that drips', async () => {
      const drip = (res: ServerResponse) => {
        const timer = setInterval(() => res.write(' '), 5);
        res.on('close', () => clearInterval(timer));
      };
      assert.deepEqual(await endOnceAsked(drip), { kind: 'timeout' });
    });

    it('is up with a server that accepts and does not speak TLS', async () => {
      let isAsked = false;
      const silent = createServer((socket) => {
        socket.on('error', () => undefined).once('data', () => (isAsked = true));
      }).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      const { result, timeoutMs } = await timeUp(
        (time) => bench.send(`https://127.0.0.1:${port}`, { timeoutMs: time }),
        () => isAsked,
      );
      const detail = `no TLS handshake within ${timeoutMs / 1000} s`;
      assert.deepEqual(result, { kind: 'never-left', detail });
      silent.close();
    });

    it('can be stopped for many at once, without a warning', async () => {
      const warnings: Error[] = [];
      const keep = (warning: Error) => warnings.push(warning);
      process.on('warning', keep);
      const stop = new AbortController();
      const server = await bench.serve(() => {
        if (server.received.length === 30) stop.abort();
      });
      const all = Array.from({ length: 30 }, () => bench.send(server.origin, {}, stop.signal));
      assert.deepEqual(new Set((await Promise.all(all)).map(({ kind }) => kind)), new Set(['stopped']));
      process.off('warning', keep);
      assert.deepEqual(warnings, []);
    });

    it('leaves nothing behind on the signal', async () => {
      const { signal } = new AbortController();
      const { origin } = await bench.serve(jsonAnswer(200, {}));
      await bench.send(origin, {}, signal);
      await bench.send(origin, { timeoutMs: 1 }, signal);
      assert.deepEqual(getEventListeners(signal, 'abort'), []);
    });
  });

  describe('an answer that breaks', () => {
    it('before its first byte is a reset', async () => {
      const result = await bench.outcome(({ socket }) => socket?.resetAndDestroy());
      assert.deepEqual(result, { kind: 'reset', detail: 'ECONNRESET' });
    });

    it('by a polite end before its first byte is a reset too', async () => {
      assert.equal((await bench.outcome(({ socket }) => socket?.end())).kind, 'reset');
    });

    it('inside its headers is a reset', async () => {
      const result = await bench.outcome(({ socket }) => socket?.end('HTTP/1.1 200 OK\r\nContent-Le'));
      assert.equal(result.kind, 'reset');
    });

    for (const [what, head, body] of [
      ['short of its length', 'Content-Length: 100', '{"a"'],
      ['between chunks', 'Transfer-Encoding: chunked', '4\r\n{"a"\r\n'],
    ]) {
      it(`${what} is short`, async () => {
        const answer = `HTTP/1.1 201 Created\r\n${head}\r\n\r\n${body}`;
        const result = await bench.outcome(({ socket }) => socket?.end(answer));
        assert.deepEqual(result, { kind: 'short', status: 201 });
      });
    }

    it('because it is not compressed as it says is short', async () => {
      const headers = { 'Content-Encoding': 'gzip' };
      const result = await bench.outcome(textAnswer(200, 'this is no gzip', headers));
      assert.deepEqual(result, { kind: 'short', status: 200 });
    });
  });

  describe('a response without an end', () => {
    const LIMIT = 10 * 1024 * 1024;

    const HELD = 3 * LIMIT;

    /** Bytes of buffers that were referred to at most while `work` was done, beyond those before. */
    async function heldDuring<T>(work: () => Promise<T>): Promise<{ result: T; held: number }> {
      const buffers = () => process.memoryUsage().arrayBuffers;
      collectGarbage();
      const before = buffers();
      let held = 0;
      const sample = () => {
        // What nobody refers to any more may still be there.
        if (buffers() - before >= HELD) collectGarbage();
        held = Math.max(held, buffers() - before);
      };
      const timer = setInterval(sample, 1);
      const result = await work();
      clearInterval(timer);
      sample();
      return { result, held };
    }

    it('is cut off after 10 MB', async () => {
      const chunk = Buffer.alloc(64 * 1024, 'a');
      let written = 0;
      const flood = (res: ServerResponse) => {
        res.writeHead(200, { 'Content-Length': 100_000_000 });
        const pump = () => {
          if (res.destroyed) return;
          written += chunk.length;
          if (res.write(chunk)) setImmediate(pump);
          else res.once('drain', pump);
        };
        pump();
      };
      const { result, held } = await heldDuring(() => bench.outcome(flood));
      assert.deepEqual(result, { kind: 'too-large', status: 200 });
      assert.ok(written < 3 * LIMIT, `${written} bytes were sent`);
      assert.ok(held < HELD, `${held} bytes were held`);
    });

    it('that hides in little is cut off as well', async () => {
      const bomb = gzipSync(Buffer.alloc(100_000_000));
      const answer = textAnswer(200, bomb, { 'Content-Encoding': 'gzip' });
      const { result, held } = await heldDuring(() => bench.outcome(answer));
      assert.deepEqual(result, { kind: 'too-large', status: 200 });
      assert.ok(held < HELD, `${held} bytes were held`);
    });

    it('of exactly 10 MB is whole', async () => {
      const result = await bench.outcome(textAnswer(200, Buffer.alloc(LIMIT, ' ')));
      assert.equal(result.kind === 'answer' && result.body.length, LIMIT);
    });
  });
});
