import assert from 'node:assert/strict';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { buildCli, CliWorkspace, reportsIn, type Ran } from '../support/cli';
import { batch, request } from '../support/requests';
import { jsonAnswer, startScriptedServer } from '../support/scriptedServer';

const MATCHER = /^(.+):(\d+):(\d+): (error|warning|info) (\S+) (.+)$/;

describe('eccaex send', function () {
  this.timeout(60_000);
  let cli: CliWorkspace;
  let sandbox: Sandbox;
  before(buildCli);
  beforeEach(async () => {
    cli = await CliWorkspace.create();
    sandbox = await startSandbox();
  });
  afterEach(async () => {
    await cli.remove();
    await sandbox.stop();
  });

  /** Sends a text to the sandbox of the test as dev, with a key of dev. */
  async function sendToDev(
    text: string,
    args: readonly string[] = [],
    key = 'sandbox_active',
    others: readonly string[] = [],
  ): Promise<Ran> {
    cli.write('a.json', text);
    const files = ['a.json', ...others];
    return cli.run(['send', ...files, '--env', 'dev', '--base-url', sandbox.baseUrl, ...args], {
      variables: { ECCAEX_API_KEY_DEV: key },
    });
  }

  const fault = (name: string) => request({ customer_id: `"fault_${name}"` });

  it('creates an invoice in a sandbox of its own, if nothing else is said', async () => {
    cli.write('a.json', request());
    const { code, stdout, stderr } = await cli.run(['send', 'a.json']);
    assert.equal(code, 0);
    const [, origin] =
      /^Sending 1 request to sandbox \((http:\/\/127\.0\.0\.1:\d+), .*\)\n$/.exec(stderr) ?? [];
    assert.ok(origin, stderr);
    const [, id] = /^created a\.json ([0-9a-f-]{36}) 1500\.00 UAH http:.*\n$/.exec(stdout) ?? [];
    assert.ok(stdout.endsWith(` ${origin}/pay/${id ?? '?'}\n`), stdout);
    await assert.rejects(fetch(origin), 'The sandbox has not ended.');
  });

  it('sends to a sandbox that runs already', async () => {
    cli.write('a.json', request());
    const ran = await cli.run(['send', 'a.json', '--env', 'sandbox', '--base-url', sandbox.baseUrl]);
    assert.deepEqual([ran.code, sandbox.createdExternalIds()], [0, ['order-1']]);
    assert.equal(ran.stderr, `Sending 1 request to sandbox (${sandbox.origin})\n`);
  });

  for (const environment of ['dev', 'staging', 'prod']) {
    it(`sends to ${environment} on this machine with the key of ${environment}, and asks nobody`, async () => {
      cli.write('a.json', request());
      const key = { [`ECCAEX_API_KEY_${environment.toUpperCase()}`]: ' sandbox_active\n' };
      const others = {
        ECCAEX_API_KEY_DEV: 'other',
        ECCAEX_API_KEY_STAGING: 'other',
        ECCAEX_API_KEY_PROD: 'other',
      };
      const args = ['send', 'a.json', '--env', environment, '--base-url', sandbox.baseUrl];
      const { code, stderr } = await cli.run(args, { variables: { ...others, ...key } });
      assert.deepEqual([code, stderr], [0, `Sending 1 request to ${environment} (${sandbox.origin})\n`]);
      assert.deepEqual(
        sandbox.received().map(({ key }) => key),
        ['sandbox_active'],
      );
    });
  }

  describe('tells people', () => {
    it('each outcome, each problem in the form of a problem matcher, what to do, and the sum', async () => {
      const text = batch({}, { amount: '"-1"' }, { customer_id: '"fault_unknown_code"' });
      const { code, stdout } = await sendToDev(text, ['--concurrency', '1']);
      assert.equal(code, 1);
      const lines = stdout.split('\n');
      assert.match(lines[0] ?? '', /^created a\.json · request 1 [0-9a-f-]{36} 1500\.00 UAH http:\S+$/);
      assert.equal(lines[1], 'invalid a.json · request 2');
      assert.deepEqual(MATCHER.exec(lines[2] ?? '')?.slice(1, 6), [
        'a.json',
        '10',
        '13',
        'error',
        'amount-format',
      ]);
      assert.match(lines[3] ?? '', /^rejected a\.json · request 3 HTTP 422 request [0-9a-f-]{36}$/);
      const [, file, , , severity, problem, message] = MATCHER.exec(lines[4] ?? '') ?? [];
      assert.deepEqual([file, severity, problem], ['a.json', 'error', 'LIMIT_EXCEEDED_FOR_TODAY']);
      assert.match(message ?? '', /^The limit for today is exceeded/);
      assert.deepEqual(lines.slice(5), ['3 requests: 1 created, 1 invalid, 1 rejected', '']);
      assert.match(lines[2] ?? '', / Write digits and a point/);
      assert.match(lines[4] ?? '', / See https:\/\/docs\.ecca-ex\.com\//);
    });

    it('how to mend what is mended elsewhere in the editor', async () => {
      for (const [args, key, says] of [
        [[], 'sandbox_revoked', /Check the key in ECCAEX_API_KEY_DEV/],
        [[], '', /error key-absent .* Set the environment variable ECCAEX_API_KEY_DEV to the key/],
        [
          [],
          'k\u0001',
          /error key-unreadable ECCAEX_API_KEY_DEV does not contain a usable key.* contains a line break/,
        ],
        [[], '${{ secrets.DEV }}', /error key-unreadable ECCAEX_API_KEY_DEV .* This is a placeholder/],
      ] as const) {
        const { code, stdout } = await sendToDev(request(), args, key);
        assert.equal(code, 1);
        assert.match(stdout, says);
        assert.ok(!/settings? eccaex|SecretStorage|user settings/.test(stdout), stdout);
      }
    });

    it('a missing key once, for all requests that it blocks', async () => {
      const requests = Array.from({ length: 195 }, () => ({}));
      const { code, stdout } = await sendToDev(batch(...requests), [], '');
      assert.equal(code, 1);
      const lines = stdout.trimEnd().split('\n');
      assert.deepEqual([lines.length, lines[2]], [3, '195 requests: 195 blocked']);
      assert.match(lines[1] ?? '', /^a\.json:1:2: error key-absent /);
      const reports = reportsIn(await sendToDev(batch(...requests), ['--json'], ''));
      assert.equal(reports.length, 195);
    });

    it('the external_id to look for where an invoice may have been created', async () => {
      cli.write('a.json', request({ external_id: '"{{$uuid}}"', customer_id: '"fault_truncated"' }));
      const { code, stdout } = await cli.run(['send', 'a.json', '--base-url', sandbox.baseUrl]);
      assert.equal(code, 3);
      const [id] = sandbox.createdExternalIds();
      assert.equal(stdout.split('\n')[0], `unanswered a.json HTTP 201 external_id ${id ?? '?'}`);
    });
  });

  describe('ends with', () => {
    const CODES: [code: number, what: string, text: string, args?: string[], key?: string][] = [
      [0, 'created', request()],
      [0, 'created, with warnings', request({ success_url: '"http://shop.example/"' })],
      [1, 'invalid', request({ amount: '1' })],
      [1, 'blocked', request(), [], ''],
      [1, 'rejected', request(), [], 'sandbox_owner_blocked'],
      [1, 'some rejected', batch({}, { customer_id: '"fault_rate_limited"' })],
      [3, 'unexpected', fault('html_502')],
      [3, 'unanswered: reset', fault('reset')],
      [3, 'the worst of all', batch({}, { customer_id: '"fault_reset"' }, { amount: '1' })],
    ];
    for (const [code, what, text, args, key] of CODES) {
      it(`${code} for ${what}`, async () => {
        assert.equal((await sendToDev(text, args, key)).code, code);
      });
    }

    it('3 after the time that --timeout gives, and says how to give more', async () => {
      const { code, stdout } = await sendToDev(fault('slow'), ['--timeout', '5']);
      assert.equal(code, 3);
      assert.match(stdout, /error timeout No response within 5 s\./);
      assert.match(stdout, / To wait longer, use --timeout SECONDS\.$/m);
    });

    it('1 where the server is down: nothing was sent', async () => {
      await sandbox.stop();
      const { code, stdout } = await sendToDev(request());
      assert.equal(code, 1);
      assert.match(stdout, /error connection .*ECONNREFUSED.*Nothing was sent/);
    });
  });

  describe('with --json', () => {
    it('prints one report a line in the order of the files, and nothing else', async () => {
      cli.write('b.json', batch({ external_id: '"b0"' }, { external_id: '"b1"', amount: '"-1"' }));
      const ran = await sendToDev(request(), ['--json'], 'sandbox_active', ['b.json']);
      assert.equal(ran.code, 1);
      const reports = reportsIn(ran);
      assert.deepEqual(
        reports.map(({ file, index, environment, origin, outcome, status }) => [
          path.relative(cli.folder, file),
          index,
          environment,
          origin ?? '',
          outcome,
          status ?? 0,
        ]),
        [
          ['a.json', 0, 'dev', sandbox.origin, 'created', 201],
          ['b.json', 0, 'dev', sandbox.origin, 'created', 201],
          ['b.json', 1, 'dev', '', 'invalid', 0],
        ],
      );
      assert.equal(reports[0]?.invoice?.['external_id'], 'order-1');
      assert.deepEqual(reports[2]?.problems[0]?.pointer, '/1/amount');
    });

    it('says the same of problems as to people, in numbers from zero', async () => {
      const [report] = reportsIn(await sendToDev(request(), ['--json'], ''));
      const { message, guidance, ...problem } = report?.problems[0] ?? {};
      assert.deepEqual(problem, {
        code: 'key-absent',
        severity: 'error',
        source: 'api',
        pointer: '',
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
        docs: 'https://docs.ecca-ex.com/authentication',
        retryable: false,
        fixes: report?.problems[0]?.fixes,
      });
      assert.match(message ?? '', /no API key for dev/);
      assert.match(guidance?.[0] ?? '', /ECCAEX_API_KEY_DEV/);
    });
  });

  it('prints each report as it comes, in order, and says before how many it sends', async () => {
    for (const json of [false, true]) {
      const waiting: (() => void)[] = [];
      let threeAreThere: () => void = () => undefined;
      const three = new Promise<void>((resolve) => (threeAreThere = resolve));
      const server = await startScriptedServer((res, sent) => {
        const { external_id } = JSON.parse(sent.body) as { external_id: string };
        const answer = () => jsonAnswer(201, { invoice_id: external_id, payment_link: 'l' })(res, sent);
        waiting.push(answer);
        // The second and the third are answered; the first is held back, and with it what comes after it.
        if (waiting.length < 3) return;
        for (const give of waiting.splice(1)) give();
        threeAreThere();
      });
      cli.write('a.json', batch({ amount: '"-1"' }, {}, {}, {}));
      const run = cli.start([
        ...['send', 'a.json', '--base-url', server.baseUrl, '--concurrency', '3'],
        ...(json ? ['--json'] : []),
      ]);
      await run.saying(/Sending 3 of 4 requests to sandbox/);
      const first = await run.saying(json ? /"outcome":"invalid"/ : /^invalid a\.json · request 1/m);
      assert.ok(!/created/.test(first.input));
      await three;
      for (const give of waiting) give();
      const { code, stdout } = await run.done;
      const order = [
        ...stdout.matchAll(
          json ? /"invoice_id":"(order-\d)"/g : /^created a\.json · request \d (order-\d)/gm,
        ),
      ];
      assert.deepEqual([code, order.map(([, id]) => id)], [1, ['order-1', 'order-2', 'order-3']]);
      await server.stop();
    }
  });

  it('has names of its own with --var', async () => {
    const text = request({ customer_id: '"{{who}}"', purpose: '"{{what}}"' });
    const { code } = await sendToDev(text, ['--var', 'who=user=7', '--var', 'what=']);
    assert.equal(code, 0);
    const [received] = sandbox.received();
    assert.match(received?.body ?? '', /"customer_id": "user=7"/);
    assert.match(received?.body ?? '', /"purpose": ""/);
    assert.equal((await cli.run(['validate', 'a.json', '--var', 'who=a', '--var', 'what=b'])).code, 0);
    const unknown = await cli.run(['validate', 'a.json', '--var', 'who=a']);
    assert.match(unknown.stdout, /placeholder-unknown[^]*--var NAME=VALUE/);
    for (const wrong of ['who', '=a', '$uuid=1', 'a}}=1']) {
      const ran = await cli.run(['send', 'a.json', '--var', wrong]);
      assert.equal(ran.code, 2);
      assert.match(ran.stderr, /--var takes NAME=VALUE/);
    }
  });

  it('has as many requests under way at once as --concurrency says', async () => {
    for (const [args, most] of [
      [['--concurrency', '2'], 2],
      [[], 4],
    ] as const) {
      const held: (() => void)[] = [];
      let seen = 0;
      const server = await startScriptedServer((res, sent) => {
        held.push(() => void jsonAnswer(201, { invoice_id: 'i', payment_link: 'l' })(res, sent));
        seen = Math.max(seen, held.length);
        // Without as many as that, none gets a response.
        if (held.length >= most) setImmediate(() => held.splice(0).forEach((respond) => respond()));
      });
      cli.write('a.json', batch(...Array.from({ length: 40 }, () => ({}))));
      const { code } = await cli.run(['send', 'a.json', '--base-url', server.baseUrl, ...args]);
      assert.deepEqual([code, server.received.length, seen], [0, 40, most]);
      await server.stop();
    }
  });

  it('never prints a key', async () => {
    const key = 'sk_live_0123456789$&';
    const error = { code: key, message: key, details: { [key]: key } };
    const server = await startScriptedServer(jsonAnswer(403, { successful: false, error }));
    cli.write('a.json', request());
    cli.write('leak.json', request({ purpose: JSON.stringify(key) }));
    const variables = { ECCAEX_API_KEY_DEV: key, ECCAEX_API_KEY_PROD: `${key}\u0001` };
    for (const args of [
      ['a.json', '--env', 'dev', '--base-url', server.baseUrl],
      ['a.json', '--env', 'dev', '--base-url', server.baseUrl, '--json'],
      ['leak.json', '--env', 'dev', '--base-url', server.baseUrl],
      ['a.json', '--env', 'dev', '--base-url', 'http://shop.example'],
      ['a.json', '--env', 'dev', '--base-url', 'https://shop.example'],
      ['a.json', '--env', 'dev', '--base-url', 'http://127.0.0.1:1/'],
      ['a.json', '--env', 'prod', '--base-url', server.baseUrl],
      ['missing.json', '--env', 'dev'],
    ]) {
      const { stdout, stderr } = await cli.run(['send', ...args], { variables });
      assert.ok(!(stdout + stderr).includes(key), stdout + stderr);
      assert.ok(!(stdout + stderr).includes('sk_live_0123456789'), stdout + stderr);
    }
    assert.deepEqual(
      server.received.map(({ headers }) => headers['x-api-key']),
      [key, key],
    );
    await server.stop();
  });
});
