import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { Recent } from '../../src/sandbox/recent';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';
import { assertRefused, call, get, invoice, json, post, sendRaw, until } from './sandboxClient';

const port = ({ origin }: Sandbox) => Number(new URL(origin).port);
const HEAD = 'POST /api/v1/create-invoice HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: sandbox_active\r\n';

/** In an object, because a promise of a promise waits for both. */
interface Ending {
  ended: Promise<unknown>;
}

describe('the sandbox as a server', function () {
  // For machines with much else to do; nothing here waits for time to pass.
  this.timeout(20_000);
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  const assertAlive = async () => assert.equal((await get(sandbox, '/currencies')).status, 200);

  describe('starting', () => {
    it('says so where the port is in use', async () => {
      await assert.rejects(startSandbox({ port: port(sandbox) }), {
        name: 'Error',
        message: `The sandbox cannot listen on port ${port(sandbox)}: it is in use. Choose another one, or 0 for any that is free.`,
      });
    });

    for (const wrong of [-1, 65_536, 1.5, Number.NaN]) {
      it(`says so where the port is ${wrong}`, async () => {
        await assert.rejects(startSandbox({ port: wrong }), /a port is a whole number from 0 to 65535/);
      });
    }

    it('takes the port it is told, and shares nothing with another sandbox', async () => {
      const body = invoice();
      await post(sandbox, body);
      await sandbox.stop();
      const second = await startSandbox({ port: port(sandbox) });
      try {
        assert.equal(second.origin, sandbox.origin);
        assert.deepEqual(second.stats(), { created: 0, requests: 0 });
        assert.equal((await post(second, body)).status, 201);
      } finally {
        await second.stop();
      }
    });
  });

  describe('stopping', () => {
    /** Gives how a request ends that gets no whole answer, once the sandbox is at it. */
    async function ask(asked: Promise<unknown>): Promise<Ending> {
      const ended = assert.rejects(asked, { code: 'ECONNRESET' });
      await until(() => sandbox.received().length === 1);
      return { ended };
    }

    /** Opens a connection, sends what is no whole request, and gives the end of the connection. */
    async function connectAndSend(bytes: string, requests: number): Promise<Ending> {
      const socket = connect(port(sandbox), '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      if (bytes !== '') await new Promise((resolve) => socket.write(bytes, resolve));
      await until(() => sandbox.stats().requests === requests);
      // Connections are accepted in turn: after an answer to a later one, the server has this one.
      await get(sandbox, '/currencies');
      return { ended: once(socket, 'close') };
    }

    const hanging: [what: string, begin: () => Promise<Ending>][] = [
      [
        'a request that waits for its answer',
        () => ask(post(sandbox, invoice({ customer_id: 'fault_slow' }))),
      ],
      ['an answer that never ends', () => ask(get(sandbox, '/currencies?fault=flood'))],
      ['a body that never ends', () => connectAndSend(`${HEAD}Content-Length: 100\r\n\r\n{`, 1)],
      ['headers that never end', () => connectAndSend(HEAD, 0)],
      ['a connection without a request', () => connectAndSend('', 0)],
    ];
    for (const [what, begin] of hanging) {
      it(`ends ${what}`, async () => {
        const { ended } = await begin();
        await sandbox.stop();
        await ended;
        await assert.rejects(get(sandbox, '/currencies'), { code: 'ECONNREFUSED' });
      });
    }

    it('ends an idle keep-alive connection', async () => {
      const agent = new Agent({ keepAlive: true });
      const sent = request(`${sandbox.origin}/`, { agent });
      sent.end();
      const [res] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
      const [, [socket]] = (await Promise.all([once(res.resume(), 'end'), once(agent, 'free')])) as [
        unknown,
        [NodeJS.EventEmitter],
      ];
      await Promise.all([once(socket, 'close'), sandbox.stop()]);
      agent.destroy();
    });

    it('can be done twice', async () => {
      await Promise.all([sandbox.stop(), sandbox.stop()]);
      await sandbox.stop();
    });
  });

  describe('bad input', () => {
    for (const bytes of [
      'nonsense\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01\x00\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ]) {
      it(`answers ${JSON.stringify(bytes)} with a 400`, async () => {
        const answer = await sendRaw(sandbox, bytes);
        assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
        const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as { error: { code: string } };
        assert.equal(body.error.code, 'BAD_REQUEST');
        await assertAlive();
      });
    }

    it('answers headers that are too large with a 431', async () => {
      const answer = await sendRaw(
        sandbox,
        `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`,
      );
      assert.match(answer, /^HTTP\/1\.1 431 .*HEADERS_TOO_LARGE/s);
      await assertAlive();
    });

    it('writes nothing into an answer that is under way', async () => {
      const body = JSON.stringify(invoice({ customer_id: 'fault_slow' }));
      const whole = `${HEAD}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      assert.equal(await sendRaw(sandbox, `${whole}nonsense\r\n\r\n`), '');
      await assertAlive();
    });

    it('outlives bodies that break off or are no proper chunks', async () => {
      const socket = connect(port(sandbox), '127.0.0.1');
      socket.write(`${HEAD}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`);
      await until(() => sandbox.stats().requests === 1);
      socket.destroy();
      await sendRaw(sandbox, `${HEAD}Transfer-Encoding: chunked\r\n\r\nzzz\r\n`);
      await assertAlive();
      assert.deepEqual(sandbox.stats(), { created: 0, requests: 3 });
    });

    it('outlives clients that do not wait for any answer', async () => {
      const body = JSON.stringify(invoice({ customer_id: 'fault_flood' }));
      const whole = `${HEAD}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      for (const bytes of [
        whole,
        `${HEAD}Content-Length: 9\r\n\r\n{`,
        'POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n',
      ]) {
        const before = sandbox.stats().requests;
        const sockets = Array.from({ length: 10 }, () => connect(port(sandbox), '127.0.0.1'));
        for (const socket of sockets) socket.write(bytes);
        await until(() => sandbox.stats().requests === before + sockets.length);
        for (const socket of sockets) socket.resetAndDestroy();
        await assertAlive();
      }
    });

    it('outlives paths that no one would ask for', async () => {
      for (const target of [
        '*',
        '//',
        '/%',
        '/?%',
        '/api/v1/withdrawals/%00',
        'http://',
        'http://[',
        'example:1',
      ]) {
        const answer = await sendRaw(
          sandbox,
          `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`,
        );
        assert.match(answer, /^HTTP\/1\.1 [234]\d\d /, target);
      }
      await assertAlive();
    });

    it('takes a body of 1 MB and refuses a larger one, whether its length is announced or not', async () => {
      const fill = (size: number) => {
        const body = JSON.stringify(invoice());
        return body + ' '.repeat(size - body.length);
      };
      assert.equal((await post(sandbox, fill(1_000_000))).status, 201);
      const refusal = { status: 413, code: 'BODY_TOO_LARGE', guess: true };
      assertRefused(await post(sandbox, fill(1_000_001)), refusal);
      assertRefused(await post(sandbox, fill(5_000_000)), refusal);
      assertRefused(await post(sandbox, fill(2_000_000), { 'Transfer-Encoding': 'chunked' }), refusal);
      assert.equal(sandbox.stats().created, 1);
    });

    it('closes on a body that does not come to an end', async () => {
      await assert.rejects(post(sandbox, Buffer.alloc(20_000_000, ' ')), /ECONNRESET|EPIPE/);
      await assertAlive();
    });

    it('keeps odd text as it is', async () => {
      const purpose = '\u0000\ud800 \u202e "</script>';
      const answer = await post(sandbox, invoice({ purpose }));
      assert.equal((json(answer) as { purpose: string }).purpose, purpose);
      assert.equal((await call((json(answer) as { payment_link: string }).payment_link)).status, 200);
    });

    it('sees no members that a body only inherits', async () => {
      const { amount, ...rest } = invoice();
      const body = JSON.stringify(rest).replace('{', `{"__proto__":{"amount":${JSON.stringify(amount)}},`);
      assertRefused(await post(sandbox, body), {
        status: 422,
        code: 'VALIDATION_ERROR',
        guess: true,
        details: { amount: ['is required'] },
      });
    });
  });
});

describe('what the sandbox remembers', () => {
  const remember = (entries: number, weight: number) => {
    const recent = new Recent<string>({ entries, weight });
    for (const key of ['a', 'b', 'c']) recent.add(key, key.toUpperCase(), 10);
    return recent;
  };

  it('is everything within the limits', () => {
    const recent = remember(3, 30);
    assert.deepEqual(recent.keys(), ['a', 'b', 'c']);
    assert.deepEqual(recent.values(), ['A', 'B', 'C']);
    assert.deepEqual([recent.get('a'), recent.has('a')], ['A', true]);
  });

  it('is the newest where there are too many, or they weigh too much', () => {
    assert.deepEqual(remember(2, 30).keys(), ['b', 'c']);
    assert.deepEqual(remember(3, 29).keys(), ['b', 'c']);
    const recent = remember(2, 30);
    assert.deepEqual([recent.get('a'), recent.has('a')], [undefined, false]);
  });

  it('is at least the last one', () => {
    assert.deepEqual(remember(3, 5).keys(), ['c']);
  });
});
