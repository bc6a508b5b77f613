import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { startSandbox } from '../../src/sandbox/server';
import { pending, startHandler, submit } from './sandboxPaymentClient';
import { buildCli, CliWorkspace, reportsIn, type Running } from '../support/cli';
import { batch, request } from '../support/requests';
import { jsonAnswer, startScriptedServer, type Script, type ScriptedServer } from '../support/scriptedServer';

const CREATED = jsonAnswer(201, { invoice_id: 'i-1', payment_link: 'https://pay.example/i-1' });
const variables = { ECCAEX_API_KEY_DEV: 'key-of-dev' };

/** Passes on what a client and a server on this machine say; `delivered` once the server has been sent a text. */
async function startRelay(port: number, text: string) {
  let deliver: () => void = () => undefined;
  const delivered = new Promise<void>((resolve) => (deliver = resolve));
  const relay = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('error', () => undefined).on('close', () => to.destroy());
      from.on('data', (bytes: Buffer) => to.write(bytes, () => bytes.includes(text) && deliver()));
    }
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  return {
    origin: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    delivered,
    stop: () => new Promise((resolve) => relay.close(resolve)),
  };
}

describe('eccaex and whoever ends it', function () {
  this.timeout(60_000);
  let cli: CliWorkspace;
  let server: ScriptedServer;
  let script: Script;
  before(buildCli);
  beforeEach(async () => {
    cli = await CliWorkspace.create();
    script = CREATED;
    server = await startScriptedServer((res, sent) => script(res, sent));
    cli.write('a.json', request());
    cli.write('batch.json', batch({ amount: '"0.10"' }, { amount: '"0.20"' }, { currency_code: '"EUR"' }));
  });
  afterEach(async () => {
    await cli.remove();
    await server.stop();
  });

  const to = (environment: string, file = 'a.json') => [
    ...['send', file, '--env', environment],
    ...['--base-url', server.baseUrl],
  ];

  describe('by a signal', () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      it(`${signal} leaves what was sent unanswered and the rest cancelled, and says so`, async () => {
        script = () => run.child.kill(signal);
        const run: Running = cli.start([...to('dev', 'batch.json'), '--concurrency', '1', '--json'], {
          variables,
        });
        const ran = await run.done;
        const outcomes = reportsIn(ran).map(({ outcome }) => outcome);
        assert.deepEqual([ran.code, outcomes], [3, ['unanswered', 'cancelled', 'cancelled']]);
        assert.equal(server.received.length, 1);
      });
    }

    it('says what was created before', async () => {
      script = (res, sent) => {
        if (server.received.length === 1) CREATED(res, sent);
        else run.child.kill('SIGINT');
      };
      const run: Running = cli.start([...to('dev', 'batch.json'), '--concurrency', '1'], { variables });
      const { code, stdout } = await run.done;
      assert.equal(code, 3);
      assert.match(stdout, /^created batch\.json · request 1 i-1/);
      assert.match(stdout, /^unanswered batch\.json · request 2 external_id order-1$/m);
      assert.match(stdout, /^cancelled batch\.json · request 3$/m);
      assert.match(stdout, /^3 requests: 1 created, 1 unanswered, 1 cancelled$/m);
    });
  });

  describe('by not reading what it prints', () => {
    for (const args of [[], ['--json']]) {
      it(`with ${args.join() || 'nothing'}: it is quiet, and does what it was asked for`, async () => {
        const many = batch(...Array.from({ length: 50 }, () => ({})));
        cli.write('many.json', many);
        const run = cli.start([...to('dev', 'many.json'), ...args], { variables });
        run.child.stdout?.destroy();
        const { code, stderr } = await run.done;
        assert.deepEqual([code, server.received.length], [0, 50]);
        assert.equal(stderr, `Sending 50 requests to dev (${server.origin})\n`);
      });
    }

    it('nor what it says besides', async () => {
      const run = cli.start(to('dev'), { variables });
      run.child.stdout?.destroy();
      run.child.stderr?.destroy();
      assert.deepEqual([(await run.done).code, server.received.length], [0, 1]);
    });
  });

  describe('as a sandbox', () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      it(`answers until ${signal}, and ends at once with requests under way`, async () => {
        const run = cli.start(['sandbox']);
        const [, baseUrl = ''] = await run.saying(
          /Sandbox running at (http:\/\/127\.0\.0\.1:\d+\/api\/v1)\n[^]*Press Ctrl\+C to stop\.\n/,
        );
        const sent = await cli.run(['send', 'a.json', '--base-url', baseUrl]);
        assert.equal(sent.code, 0);
        cli.write('slow.json', request({ customer_id: '"fault_slow"', external_id: '"slow"' }));
        const relay = await startRelay(Number(new URL(baseUrl).port), 'fault_slow');
        const waiting = cli.start(['send', 'slow.json', '--base-url', `${relay.origin}/api/v1`, '--json']);
        await relay.delivered;
        run.child.kill(signal);
        const { code, stdout, stderr } = await run.done;
        assert.deepEqual([code, stderr], [0, '']);
        for (const key of ['sandbox_active', 'sandbox_revoked', 'sandbox_not_active'])
          assert.ok(stdout.includes(key));
        const ran = await waiting.done;
        assert.deepEqual([ran.code, reportsIn(ran)[0]?.outcome], [3, 'unanswered']);
        await relay.stop();
      });
    }

    it('listens where it is told to, unless somebody else does', async () => {
      const other = await startSandbox();
      const { port } = new URL(other.origin);
      const { code, stdout, stderr } = await cli.run(['sandbox', '--port', port]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, new RegExp(`port ${port}: it is in use`));
      await other.stop();
      const run = cli.start(['sandbox', '--port', port]);
      await run.saying(new RegExp(`Sandbox running at ${other.baseUrl}`));
      run.child.kill('SIGTERM');
      await once(run.child, 'exit');
    });

    it('sends webhooks to the servers that the command line allows, and to no other', async () => {
      const [allowed, other] = await Promise.all([startHandler(), startHandler()]);
      const run = cli.start(['sandbox', '--deliver-to', allowed.origin]);
      const [, origin = ''] = await run.saying(
        /Sandbox running at (http:\/\/127\.0\.0\.1:\d+)[^]*Webhooks go to http[^]*Press Ctrl\+C/,
      );
      const running = { origin, baseUrl: `${origin}/api/v1` };
      for (const { url } of [other, allowed]) {
        const payment = await pending(running, { callback_url: url });
        await submit(payment, 'cancel');
      }
      await allowed.count(1);
      assert.equal(other.got.length, 0);
      run.child.kill('SIGTERM');
      await once(run.child, 'exit');
      await Promise.all([allowed.stop(), other.stop()]);
    });
  });
});
