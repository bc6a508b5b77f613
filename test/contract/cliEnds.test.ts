import assert from 'node:assert/strict';
import { once } from 'node:events';
import { startSandbox } from '../../src/sandbox/server';
import { buildCli, CliWorkspace, reportsIn, type Running } from '../support/cli';
import { batch, request } from '../support/requests';
import { jsonAnswer, startScriptedServer, type Script, type ScriptedServer } from '../support/scriptedServer';

const CREATED = jsonAnswer(201, { invoice_id: 'i-1', payment_link: 'https://pay.example/i-1' });
const variables = { ECCAEX_API_KEY_DEV: 'key-of-dev', ECCAEX_API_KEY_PROD: 'key-of-prod' };

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
      assert.match(stdout, /^created batch\.json\[0\] i-1/);
      assert.match(stdout, /^unanswered batch\.json\[1\] external_id order-1$/m);
      assert.match(stdout, /^cancelled batch\.json\[2\]$/m);
      assert.match(stdout, /^3 requests: 1 created, 1 unanswered, 1 cancelled$/m);
    });
  });

  describe('before prod', () => {
    const QUESTION = /Create 3 invoices in prod \((\S+)\) for 0\.30 UAH, 1500\.00 EUR\? \[y\/N\] $/;

    for (const [answer, code] of [
      ['y\n', 0],
      ['YES\n', 0],
      ['n\n', 1],
      ['\n', 1],
      ['yesterday\n', 1],
      ['\u0004', 1],
    ] as const) {
      it(`asks a person, who answers ${JSON.stringify(answer)}`, async () => {
        const run = cli.startInTerminal(to('prod', 'batch.json'), { variables });
        const [, host] = await run.saying(QUESTION);
        assert.equal(host, new URL(server.origin).host);
        assert.equal(server.connections(), 0);
        run.child.stdin?.write(answer);
        const ran = await run.done;
        assert.deepEqual([ran.code, server.received.length], [code, code === 0 ? 3 : 0]);
        if (code === 1) assert.match(ran.stdout, /3 requests: 3 cancelled/);
      });
    }

    it('asks a person, who interrupts', async () => {
      const run = cli.startInTerminal(to('prod', 'batch.json'), { variables });
      await run.saying(QUESTION);
      run.child.stdin?.write('\u0003');
      assert.equal((await run.done).code, 130);
      assert.equal(server.connections(), 0);
    });

    it('asks nobody with --json', async () => {
      const { code } = await cli.startInTerminal([...to('prod'), '--json'], { variables }).done;
      assert.deepEqual([code, server.received.length], [0, 1]);
    });

    it('asks about dev as well', async () => {
      const run = cli.startInTerminal(to('dev'), { variables });
      await run.saying(/Create 1 invoice in dev .*\? \[y\/N\]/);
      run.child.stdin?.write('n\n');
      assert.deepEqual([(await run.done).code, server.received.length], [1, 0]);
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
          /The sandbox is at (http:\/\/127\.0\.0\.1:\d+\/api\/v1)\n[^]*Ctrl\+C ends it\.\n/,
        );
        const sent = await cli.run(['send', 'a.json', '--base-url', baseUrl]);
        assert.equal(sent.code, 0);
        cli.write('slow.json', request({ customer_id: '"fault_slow"', external_id: '"slow"' }));
        const waiting = cli.start(['send', 'slow.json', '--base-url', baseUrl, '--json']);
        // Created at once and answered later: until then a second one is refused.
        cli.write('again.json', request({ external_id: '"slow"' }));
        while ((await cli.run(['send', 'again.json', '--base-url', baseUrl])).code === 0);
        run.child.kill(signal);
        const { code, stdout, stderr } = await run.done;
        assert.deepEqual([code, stderr], [0, '']);
        for (const key of ['sandbox_active', 'sandbox_revoked', 'sandbox_not_active'])
          assert.ok(stdout.includes(key));
        assert.equal((await waiting.done).code, 3);
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
      await run.saying(new RegExp(`The sandbox is at ${other.baseUrl}`));
      run.child.kill('SIGTERM');
      await once(run.child, 'exit');
    });
  });
});
