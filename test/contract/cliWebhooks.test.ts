import assert from 'node:assert/strict';
import { OUTCOMES, OUTCOME_NAMES } from '../../src/core/webhook/outcomes';
import { DEFAULT_SCHEME } from '../../src/core/webhook/signature';
import type { WebhookLine } from '../../src/core/webhook/webhook';
import { encodeCaptured } from '../../src/app/webhooks/captured';
import { buildCli, CliWorkspace, type Ran, type Running, type RunOptions } from '../support/cli';
import { startScriptedServer, type Script, type ScriptedServer } from '../support/scriptedServer';
import { signedWebhook, successBody } from '../support/webhooks';

const SECRET = { ECCAEX_WEBHOOK_SECRET_DEV: 'whsec_0123456789abcdef' };

const linesIn = ({ stdout }: Ran): WebhookLine[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as WebhookLine);

describe('eccaex listen and eccaex trigger', function () {
  this.timeout(120_000);
  let cli: CliWorkspace;
  let handler: ScriptedServer;
  let respond: Script;
  const listening: Running[] = [];
  before(buildCli);
  beforeEach(async () => {
    cli = await CliWorkspace.create();
    respond = (res) => void res.writeHead(200).end('thanks');
    handler = await startScriptedServer((res, request) => respond(res, request));
  });
  afterEach(async () => {
    for (const { child, done } of listening.splice(0)) {
      child.kill('SIGINT');
      await done;
    }
    await handler.stop();
    await cli.remove();
  });

  async function listen(
    args: readonly string[],
    options?: RunOptions,
  ): Promise<{ running: Running; url: string }> {
    const running = cli.start(['listen', '--port', '0', ...args], options);
    listening.push(running);
    const [, url = ''] = await running.saying(/Listening for webhooks at (\S+)/);
    return { running, url };
  }

  async function stop({ child, done }: Running): Promise<Ran> {
    child.kill('SIGINT');
    return done;
  }

  it('send all seven outcomes through the listener to a handler, byte for byte', async () => {
    const { running, url } = await listen(['--forward-to', `${handler.origin}/hooks?shop=1`, '--json']);
    await Promise.all(
      OUTCOME_NAMES.map(async (outcome) => {
        const { code } = await cli.run(['trigger', outcome, '--to', url, '--external-id', outcome]);
        assert.equal(code, 0, outcome);
      }),
    );
    const ran = await stop(running);
    assert.equal(ran.code, 0);
    const lines = linesIn(ran);
    assert.deepEqual(
      lines.map(({ event }) => `${event.externalId} ${event.status}`).sort(),
      OUTCOME_NAMES.map((outcome) => `${outcome} ${OUTCOMES[outcome].status}`).sort(),
    );
    for (const { environment, signature, delivery, event } of lines) {
      assert.deepEqual([environment, signature.state], ['sandbox', 'valid']);
      assert.deepEqual(signature.scheme, DEFAULT_SCHEME);
      assert.ok(signature.skewSeconds !== null && Math.abs(signature.skewSeconds) < 60);
      assert.deepEqual(
        [delivery.url, delivery.status, delivery.verdict],
        [`${handler.origin}/hooks?shop=1`, 200, 'accepted'],
      );
      const got = handler.received.find(
        ({ body }) => (JSON.parse(body) as { event_id: string }).event_id === event.eventId,
      );
      assert.ok(got);
      assert.equal(got.url, '/hooks?shop=1');
      assert.equal(got.headers['x-idempotency-key'], event.eventId);
      assert.ok(got.headers['x-signature'] && got.headers['x-signature-timestamp']);
      assert.match(String(got.headers['x-sandbox-guess']), /signature/);
    }
  });

  it('says what it has sent in the same line, with the ids that were given', async () => {
    const args = ['--order-id', 'i-1', '--external-id', 'order-1', '--amount', '9.99', '--currency', 'EUR'];
    const ran = await cli.run(['trigger', 'success', '--to', handler.origin, ...args, '--json']);
    assert.equal(ran.code, 0, ran.stderr);
    const [line, ...others] = linesIn(ran);
    assert.ok(line && others.length === 0);
    assert.match(line.event.eventId ?? '', /^i-1:success:\d+$/);
    assert.deepEqual(
      [line.event.orderId, line.event.externalId, line.environment, line.delivery.status],
      ['i-1', 'order-1', 'sandbox', 200],
    );
    const body = JSON.parse(handler.received[0]?.body ?? '') as { amount: string; currency: string };
    assert.deepEqual([body.amount, body.currency], ['9.99', 'EUR']);
  });

  it('tell a right signature from a wrong, an old and an absent one, and whose it is', async () => {
    const { running, url } = await listen(['--json'], { variables: SECRET });
    const ways = [[], ['--bad-signature'], ['--stale'], ['--unsigned'], ['--env', 'dev']];
    for (const way of ways)
      assert.equal((await cli.run(['trigger', 'fail', '--to', url, ...way], { variables: SECRET })).code, 0);
    assert.deepEqual(
      linesIn(await stop(running)).map(({ signature, environment, delivery }) => [
        signature.state,
        environment,
        delivery.verdict,
      ]),
      [
        ['valid', 'sandbox', 'not-forwarded'],
        ['invalid', null, 'not-forwarded'],
        ['stale', 'sandbox', 'not-forwarded'],
        ['unsigned', null, 'not-forwarded'],
        ['valid', 'dev', 'not-forwarded'],
      ],
    );
  });

  it('verify with both secrets while one is being rotated', async () => {
    const variables = { ECCAEX_WEBHOOK_SECRET_DEV: 'the_new_one whsec_0123456789abcdef' };
    const { running, url } = await listen(['--json'], { variables });
    await cli.run(['trigger', 'fail', '--to', url, '--env', 'dev'], { variables: SECRET });
    await cli.run(['trigger', 'fail', '--to', url, '--env', 'dev'], { variables });
    assert.deepEqual(
      linesIn(await stop(running)).map(({ environment }) => environment),
      ['dev', 'dev'],
    );
  });

  it('pass the status of the handler on, and exit with 1 unless it is a 2xx', async () => {
    respond = (res) => void res.writeHead(500).end('<h1>stack</h1>');
    const { url } = await listen(['--forward-to', handler.origin]);
    const ran = await cli.run(['trigger', 'success', '--to', url, '--repeat', '2', '--json']);
    assert.equal(ran.code, 1);
    assert.deepEqual(
      linesIn(ran).map(({ delivery }) => [delivery.status, delivery.verdict]),
      [
        [500, 'would-be-retried'],
        [500, 'would-be-retried'],
      ],
    );
    assert.equal(handler.received.length, 2);
    assert.equal(handler.received[0]?.body, handler.received[1]?.body);
    const unreachable = await cli.run(['trigger', 'success', '--to', 'http://127.0.0.1:9/']);
    assert.deepEqual([unreachable.code, unreachable.stdout.includes('handler not reached')], [1, true]);
  });

  it('send a captured webhook to the letter', async () => {
    const { headers, body } = signedWebhook(successBody('order-ё'), undefined, 1_700_000_000);
    const list = Object.entries({ ...headers, 'x-Case': 'a' }).map(([name, value]) => ({ name, value }));
    cli.write('a.webhook.json', encodeCaptured({ headers: list, body }));
    const ran = await cli.run(['trigger', '--file', 'a.webhook.json', '--to', handler.origin, '--json']);
    assert.equal(ran.code, 0, ran.stderr);
    assert.deepEqual(
      linesIn(ran).map(({ signature }) => signature.state),
      ['stale'],
    );
    const [got] = handler.received;
    assert.equal(got?.body, body.toString());
    assert.equal(got.headers['x-signature'], headers['X-Signature']);
    assert.equal(got.headers['x-signature-timestamp'], '1700000000');
  });

  const to = ['--to', 'http://127.0.0.1:9/'];
  const wrong = [
    ['no outcome', ['trigger', ...to], {}, /No outcome given/],
    ['an unknown outcome', ['trigger', 'paid', ...to], {}, /one outcome/],
    ['no target', ['trigger', 'success'], {}, /--to URL/],
    ['a target that is none', ['trigger', 'success', '--to', 'localhost:3000'], {}, /--to must/],
    ['a target by plain http', ['trigger', 'success', '--to', 'http://shop.example/'], {}, /https/],
    ['two ways to sign', ['trigger', 'success', ...to, '--stale', '--unsigned'], {}, /--unsigned or --stale/],
    [
      'the secret of prod',
      ['trigger', 'success', ...to, '--env', 'prod'],
      { ECCAEX_WEBHOOK_SECRET_PROD: 'abcdefghijkl' },
      /signs nothing/,
    ],
    [
      'the secret of prod under another name',
      ['trigger', 'success', ...to, '--env', 'dev'],
      { ...SECRET, ECCAEX_WEBHOOK_SECRET_PROD: SECRET.ECCAEX_WEBHOOK_SECRET_DEV },
      /also the one for prod/,
    ],
    ['no secret', ['trigger', 'success', ...to, '--env', 'dev'], {}, /Set ECCAEX_WEBHOOK_SECRET_DEV/],
    [
      'a secret that is a placeholder',
      ['trigger', 'success', ...to, '--env', 'dev'],
      { ECCAEX_WEBHOOK_SECRET_DEV: '<secret>' },
      /cannot be read/,
    ],
    [
      'a real secret for another machine',
      ['trigger', 'success', '--to', 'https://shop.example/', '--env', 'dev'],
      SECRET,
      /add --yes/,
    ],
    ['a file and an outcome', ['trigger', 'success', '--file', 'a.json', ...to], {}, /leave out the outcome/],
    ['a file that is absent', ['trigger', '--file', 'absent.json', ...to], {}, /cannot be read/],
    [
      'a scheme that is none',
      ['listen', '--port', '0'],
      { ECCAEX_WEBHOOK_SIGNATURE: '{"algorithm":"md5"}' },
      /ECCAEX_WEBHOOK_SIGNATURE: algorithm/,
    ],
    [
      'another machine to forward to',
      ['listen', '--port', '0', '--forward-to', 'https://shop.example/'],
      {},
      /not this machine.*add --yes/,
    ],
    ['arguments', ['listen', 'a.json'], {}, /no arguments/],
  ] as const;
  it(`refuse wrong usage: ${wrong.map(([what]) => what).join(', ')}`, () =>
    Promise.all(
      wrong.map(async ([what, args, variables, pattern]) => {
        const ran = await cli.run(args, { variables });
        assert.deepEqual([ran.code, ran.stdout], [2, ''], what);
        assert.match(ran.stderr, pattern, what);
        for (const secret of Object.values(variables))
          if (!secret.startsWith('{') && !secret.startsWith('<')) assert.ok(!ran.stderr.includes(secret));
      }),
    ));

  it('ends with 2 where the port is in use', async () => {
    const { url } = await listen([]);
    const ran = await cli.run(['listen', '--port', new URL(url).port]);
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, /Port \d+ is in use\. Use --port N/);
  });

  it('asks a person before a real secret signs for another machine', async () => {
    const args = ['trigger', 'success', '--to', 'https://127.0.0.2:9/', '--env', 'dev'];
    const running = cli.startInTerminal(args, { variables: SECRET });
    await running.saying(/real secret of dev to https:\/\/127\.0\.0\.2:9.*\[y\/N\]/);
    running.child.stdin?.write('n\n');
    const ran = await running.done;
    assert.deepEqual([ran.code, ran.stdout.includes('Nothing was sent')], [2, true]);
  });

  it('have their secret found in files by a scan, which does not print it', async () => {
    cli.write('server.js', `const secret = '${SECRET.ECCAEX_WEBHOOK_SECRET_DEV}';\n`);
    const ran = await cli.run(['scan'], { variables: SECRET });
    assert.equal(ran.code, 1);
    assert.match(ran.stdout, /server\.js:1:17: .*Webhook secret of dev/);
    assert.ok(!(ran.stdout + ran.stderr).includes(SECRET.ECCAEX_WEBHOOK_SECRET_DEV));
  });
});
