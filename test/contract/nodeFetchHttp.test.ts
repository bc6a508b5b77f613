import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { selfSignedCertificate } from '../support/certificate';
import { HttpUnderTest, KEY } from '../support/httpUnderTest';
import { jsonAnswer, startScriptedServer, textAnswer } from '../support/scriptedServer';

describe('HTTP by node-fetch', function () {
  this.timeout(20_000);
  const bench = new HttpUnderTest();

  describe('an answer', () => {
    it('comes with its status and its text, whatever the status', async () => {
      for (const status of [200, 201, 404, 422, 500, 503]) {
        const answer = {
          kind: 'answer',
          status,
          location: undefined,
          retryAfter: undefined,
          body: '{"a":"їжак"}',
        };
        assert.deepEqual(await bench.outcome(jsonAnswer(status, { a: 'їжак' })), answer);
      }
    });

    it('may be empty', async () => {
      assert.deepEqual(await bench.outcome((res) => res.writeHead(204).end()), {
        kind: 'answer',
        status: 204,
        location: undefined,
        retryAfter: undefined,
        body: '',
      });
    });

    it('may be cut into chunks anywhere', async () => {
      const bytes = Buffer.from('{"a":"їжак"}');
      const result = await bench.outcome((res) => {
        for (const byte of bytes) res.write(Buffer.of(byte));
        res.end();
      });
      assert.equal(result.kind === 'answer' && result.body, '{"a":"їжак"}');
    });

    it('may end with the connection, where it announced no length', async () => {
      const result = await bench.outcome(({ socket }) => socket?.end('HTTP/1.1 200 OK\r\n\r\n{"a":1}'));
      assert.equal(result.kind === 'answer' && result.body, '{"a":1}');
    });

    it('may be compressed', async () => {
      const packed = gzipSync('{"a":1}');
      const result = await bench.outcome(textAnswer(200, packed, { 'Content-Encoding': 'gzip' }));
      assert.equal(result.kind === 'answer' && result.body, '{"a":1}');
    });

    it('that is not UTF-8 is a text all the same', async () => {
      const result = await bench.outcome(textAnswer(200, Buffer.of(0x22, 0xff, 0x22)));
      assert.equal(result.kind === 'answer' && result.body, '"\ufffd"');
    });
  });

  it('sends method, headers and body as they are, with the length of the body', async () => {
    const server = await bench.serve(jsonAnswer(200, {}));
    await bench.send(`${server.origin}/a/b?c=d`, { body: '{"a":"їжак"}' });
    const { signal } = new AbortController();
    await bench.http.exchange({ method: 'GET', url: server.origin, headers: {}, timeoutMs: 10_000 }, signal);
    const [post, get] = server.received;
    assert.deepEqual([post?.method, post?.url, post?.body], ['POST', '/a/b?c=d', '{"a":"їжак"}']);
    assert.equal(post?.headers['x-api-key'], KEY);
    assert.equal(post.headers['content-type'], 'application/json');
    assert.equal(post.headers['content-length'], '16');
    assert.deepEqual([get?.method, get?.url, get?.body], ['GET', '/', '']);
  });

  describe('a connection', () => {
    it('serves one request alone', async () => {
      const server = await bench.serve(jsonAnswer(200, {}));
      for (let i = 0; i < 3; i++) await bench.send(server.origin);
      assert.deepEqual([server.received.length, server.connections()], [3, 3]);
      assert.ok(server.received.every(({ headers }) => headers.connection === 'close'));
    });

    it('ends with the adapter', async () => {
      const server = await bench.serve((res) => {
        res.socket?.once('close', () => res.destroy());
        bench.http.dispose();
      });
      assert.equal((await bench.send(server.origin)).kind, 'reset');
    });
  });

  describe('a redirect', () => {
    for (const status of [301, 302, 303, 307, 308]) {
      it(`with ${status} is an answer, and its target gets nothing`, async () => {
        const other = await bench.serve(jsonAnswer(200, {}));
        const location = `${other.origin}/y`;
        const result = await bench.outcome((res) => res.writeHead(status, { Location: location }).end());
        assert.deepEqual(result, { kind: 'answer', status, location, retryAfter: undefined, body: '' });
        assert.deepEqual([other.connections(), other.received], [0, []]);
      });
    }

    it('is not followed on the same server either', async () => {
      const server = await bench.serve((res) => res.writeHead(307, { Location: '/elsewhere' }).end());
      const result = await bench.send(`${server.origin}/x`);
      assert.equal(result.kind === 'answer' && result.location, '/elsewhere');
      assert.equal(server.received.length, 1);
    });

    for (const location of ['http://', 'http://[', '//', 'javascript:alert(1)', 'ä b', '']) {
      it(`to ${JSON.stringify(location)} is an answer too`, async () => {
        const result = await bench.outcome(({ socket }) =>
          socket?.end(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`),
        );
        assert.deepEqual([result.kind, result.kind === 'answer' && result.status], ['answer', 302]);
      });
    }
  });

  describe('what never leaves', () => {
    it('is what goes to a server that is down', async () => {
      const server = await startScriptedServer(jsonAnswer(200, {}));
      await server.stop();
      for (const origin of [server.origin, server.origin.replace('127.0.0.1', 'localhost')]) {
        assert.deepEqual(await bench.send(origin), { kind: 'never-left', detail: 'ECONNREFUSED' });
      }
    });

    it('is what goes to a server whose certificate nobody vouches for', async () => {
      const server = await bench.serve(jsonAnswer(200, {}), selfSignedCertificate());
      assert.deepEqual(await bench.send(server.origin), {
        kind: 'never-left',
        detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      });
      assert.deepEqual(server.received, []);
    });

    it('is what goes by https to a server that speaks http', async () => {
      const { origin, received } = await bench.serve(jsonAnswer(200, {}));
      assert.equal((await bench.send(origin.replace('http:', 'https:'))).kind, 'never-left');
      assert.deepEqual(received, []);
    });

    it('is what is stopped beforehand', async () => {
      const server = await bench.serve(jsonAnswer(200, {}));
      const result = await bench.send(server.origin, {}, AbortSignal.abort());
      assert.deepEqual([result.kind, server.connections()], ['cancelled', 0]);
    });

    for (const [what, headers] of Object.entries({
      'a line break in a value': { 'X-Api-Key': `${KEY}\r\nX-Injected: yes` },
      'a line break in a name': { 'X-Api-Key\r\nX-Injected': KEY },
      'a control character': { 'X-Api-Key': `${KEY}\u0000` },
    })) {
      it(`is a header with ${what}, and nothing says its value`, async () => {
        const server = await bench.serve(jsonAnswer(200, {}));
        const result = await bench.send(server.origin, { headers });
        assert.equal(result.kind, 'never-left');
        assert.deepEqual([server.connections(), server.received], [0, []]);
        assert.ok(!JSON.stringify(result).includes(KEY), JSON.stringify(result));
      });
    }

    it('is what goes to no URL, and nothing says its password', async () => {
      for (const url of ['nonsense', 'ftp://127.0.0.1/', 'http://user:secret@127.0.0.1/']) {
        const result = await bench.send(url);
        assert.equal(result.kind, 'never-left', url);
        assert.ok(!JSON.stringify(result).includes('secret'));
      }
    });
  });
});
