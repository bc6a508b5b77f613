import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildCli, CliWorkspace } from '../support/cli';
import { HANDLER_CHECKS } from '../../src/core/webhook/handlerChecks';
import { startHandler } from '../support/webhook/wrongHandlers';

const BODY = '{"event_id":"o:success:1782000000","status":"success"}';
const T = '1782000000';
const SECRETS = {
  ECCAEX_WEBHOOK_SECRET_DEV: 'whsec_of_dev_1234',
  ECCAEX_WEBHOOK_SECRET_STAGING: 'whsec_staging_12',
};
const hex = (content: string, key: string) => createHmac('sha256', key).update(content).digest('hex');
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the command line for handlers of webhooks', () => {
  let workspace: CliWorkspace;
  before(buildCli);
  beforeEach(async () => {
    workspace = await CliWorkspace.create();
    workspace.write('body.json', BODY);
  });
  afterEach(() => workspace.remove());

  const verify = (signature: string, more: readonly string[] = [], variables = {}) =>
    workspace.run(['verify', 'body.json', `--signature=${signature}`, '--timestamp', T, ...more], {
      variables: { ...SECRETS, ...variables },
    });

  it('verifies a signature', async () => {
    const right = hex(`${T}.${BODY}`, SECRETS.ECCAEX_WEBHOOK_SECRET_DEV);
    const { code, stdout } = await verify(right, ['--env', 'dev', '--json']);
    assert.equal(code, 0);
    assert.deepEqual(lines(stdout), [
      {
        state: 'valid',
        skewSeconds: null,
        cause: null,
        advice: 'The signature holds with the secret for dev.',
      },
    ]);
    const stale = await verify(right, ['--received-at', '1782000400', '--json']);
    assert.equal(stale.code, 1);
    const [line] = lines(stale.stdout);
    assert.deepEqual([line?.state, line?.skewSeconds, line?.cause], ['stale', 400, 'stale']);
  });

  it('says why it does not hold, and never a secret', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['other-environment', hex(`${T}.${BODY}`, SECRETS.ECCAEX_WEBHOOK_SECRET_STAGING)],
      ['timestamp-form', hex(BODY, SECRETS.ECCAEX_WEBHOOK_SECRET_DEV)],
      ['body-reserialized', hex(`${T}.${BODY}\n`, SECRETS.ECCAEX_WEBHOOK_SECRET_DEV)],
      ['api-key-as-secret', hex(`${T}.${BODY}`, 'ek_dev_1234567890')],
      ['unknown', hex('x', 'y')],
    ];
    const says = async (cause: string, signature: string, more: readonly string[]) => {
      const ran = await verify(signature, ['--env', 'dev', ...more], {
        ECCAEX_API_KEY_DEV: 'ek_dev_1234567890',
      });
      assert.equal(ran.code, 1);
      assert.ok(!/whsec_|ek_dev/.test(ran.stdout + ran.stderr));
      if (more.length > 0) assert.equal(lines(ran.stdout)[0]?.cause, cause);
      else assert.ok(ran.stdout.startsWith(`${cause}: `), ran.stdout);
    };
    await Promise.all(
      cases.flatMap(([cause, signature]) => [['--json'], []].map((more) => says(cause, signature, more))),
    );
  });

  it('refuses wrong usage', async () => {
    workspace.write('a', BODY);
    const wrong = [
      ['verify'],
      ['verify', 'a'],
      ['verify', 'a', '--signature', 'x'],
      ['verify', 'a', '--signature', 'x', '--timestamp', '1', '--received-at', 'now'],
      ['verify', 'missing', '--signature', 'x', '--timestamp', '1'],
      ['verify', 'a', 'b', '--signature', 'x', '--timestamp', '1'],
      ['check'],
      ['check', 'not a url'],
      ['check', 'http://127.0.0.1:1/', '--env', 'prod'],
      ['check', 'http://127.0.0.1:1/', '--env', 'dev'],
      ['check', 'http://127.0.0.1:1/', '--state-url', 'ftp://x'],
      ['handler'],
      ['handler', 'cobol'],
      ['handler', 'node', 'a'],
    ];
    await Promise.all(
      wrong.map(async (args) => {
        const { code, stdout, stderr } = await workspace.run(args);
        assert.equal(code, 2, `${args.join(' ')}: ${stdout}${stderr}`);
      }),
    );
    assert.equal(readFileSync(path.join(workspace.folder, 'a'), 'utf8'), BODY);
  });

  it('asks before it signs with a real secret for another machine', async () => {
    const { code, stderr } = await workspace.run(['check', 'https://shop.example/hook', '--env', 'dev'], {
      variables: SECRETS,
    });
    assert.equal(code, 2);
    assert.match(stderr, /real secret of dev to https:\/\/shop\.example, which is not this machine\?.*--yes/);
  });

  it('checks a handler, in JSON and in JUnit', async () => {
    const handler = await startHandler('sandbox_webhook_secret', { checksTime: false });
    try {
      const args = ['check', handler.url, '--state-url', handler.stateUrl, '--json', '--junit', 'junit.xml'];
      const { code, stdout } = await workspace.run(args);
      assert.equal(code, 1);
      const results = lines(stdout);
      assert.equal(results.length, HANDLER_CHECKS.length);
      assert.deepEqual(
        results
          .filter(({ passed }) => passed !== true)
          .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1)),
        ['future', 'stale'].map((name) => ({
          name,
          rule: 'practice',
          passed: false,
          expected: '4xx within 15 s',
          got: 'HTTP 200',
        })),
      );
      const junit = readFileSync(path.join(workspace.folder, 'junit.xml'), 'utf8');
      assert.match(junit, new RegExp(`tests="${HANDLER_CHECKS.length}" failures="2" skipped="0"`));
      assert.match(
        junit,
        /name="stale" time="[\d.]+"><failure message="expected 4xx within 15 s, got HTTP 200">Sent: /,
      );
    } finally {
      await handler.stop();
    }
  });

  it('writes a handler once', async () => {
    const printed = await workspace.run(['handler', 'go']);
    assert.equal(printed.code, 0);
    assert.match(printed.stdout, /^\/\/ EccaEx webhooks in Go[^]*\n\tserver := /);
    const { code, stderr } = await workspace.run(['handler', 'python', 'hook.py']);
    assert.equal(code, 0, stderr);
    assert.ok(existsSync(path.join(workspace.folder, 'hook.py')));
    assert.equal((await workspace.run(['handler', 'python', 'hook.py'])).code, 2);
  });
});
