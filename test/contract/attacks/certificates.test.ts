import assert from 'node:assert/strict';
import https from 'node:https';
import { selfSignedCertificate } from '../../support/certificate';
import { buildCli, CliWorkspace } from '../../support/cli';
import { request } from '../../support/requests';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../../support/scriptedServer';
import { Sending, sentProblem } from '../../support/sending';

const KEY = 'sk_live_0123456789abcdef';

describe('an attacker stands between, with a certificate of their own', function () {
  this.timeout(60_000);
  const certificate = selfSignedCertificate();
  let server: ScriptedServer;
  let sending: Sending;

  beforeEach(async () => {
    server = await startScriptedServer(
      jsonAnswer(201, { invoice_id: 'i', payment_link: 'https://pay.example/i' }),
      certificate,
    );
    sending = new Sending(server.baseUrl, KEY);
  });
  afterEach(async () => {
    sending.dispose();
    await server.stop();
  });

  const assertNothingSent = async (pattern: RegExp) => {
    const report = await sending.sendOne(request());
    const problem = sentProblem(report);
    assert.deepEqual([report.outcome, problem.code], ['blocked', 'connection']);
    assert.match(problem.message, pattern);
    assert.match(problem.message, /Nothing was sent\.$/);
    assert.deepEqual(server.received, []);
  };

  it('nothing is sent', () => assertNothingSent(/DEPTH_ZERO_SELF_SIGNED_CERT/));

  it('nothing is sent where verification is switched off for the process by its environment', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      await assertNothingSent(/NODE_TLS_REJECT_UNAUTHORIZED is 0/);
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });

  it('nothing is sent where other code has switched verification off for the process', async () => {
    https.globalAgent.options.rejectUnauthorized = false;
    try {
      await assertNothingSent(/something has switched it off/);
    } finally {
      delete https.globalAgent.options.rejectUnauthorized;
    }
  });

  describe('and the CLI', () => {
    let workspace: CliWorkspace;
    before(buildCli);
    beforeEach(async () => (workspace = await CliWorkspace.create()));
    afterEach(() => workspace.remove());

    const run = (variables: Readonly<Record<string, string>>) => {
      workspace.write('a.json', request());
      return workspace.run(['send', 'a.json', '--env', 'dev', '--base-url', server.baseUrl], {
        variables: { ECCAEX_API_KEY_DEV: KEY, ...variables },
      });
    };

    it('sends nothing, also where its environment switches verification off', async () => {
      for (const variables of [{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }] as Record<string, string>[]) {
        const { code, stderr, stdout } = await run(variables);
        assert.equal(code, 1, stdout + stderr);
        assert.ok(!(stdout + stderr).includes(KEY));
      }
      assert.deepEqual(server.received, []);
    });

    it('takes the certificate of an authority that the user names to Node', async () => {
      workspace.write('ca.pem', certificate.cert);
      const { code, stdout, stderr } = await run({ NODE_EXTRA_CA_CERTS: `${workspace.folder}/ca.pem` });
      assert.equal(code, 0, stdout + stderr);
      assert.equal(server.received[0]?.headers['x-api-key'], KEY);
    });
  });
});
