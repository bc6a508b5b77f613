import assert from 'node:assert/strict';
import { storeOf } from '../../support/keys';
import { EnvironmentKeys } from '../../../src/adapters/commandLine';
import { decodeStoredKey } from '../../../src/adapters/vscode/secretKeyStore';
import type { KeyReading } from '../../../src/app/ports';
import { sendInvoices } from '../../../src/app/sending/sendInvoices';
import { FORGED_KEYS } from '../../support/attacks';
import { buildCli, CliWorkspace } from '../../support/cli';
import { request } from '../../support/requests';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../../support/scriptedServer';
import { Sending } from '../../support/sending';

describe('an attacker hands out a key', function () {
  this.timeout(60_000);
  let server: ScriptedServer;
  before(async () => {
    server = await startScriptedServer(
      jsonAnswer(201, { invoice_id: 'i', payment_link: 'https://pay.example/i' }),
    );
  });
  after(() => server.stop());

  async function sendWith(read: (sending: Sending) => KeyReading | Promise<KeyReading>): Promise<string> {
    const sending = new Sending(server.baseUrl);
    try {
      const ofAny = () => Promise.resolve(read(sending));
      const keys = { ...sending.ports.keys, ...storeOf({ read: ofAny }) };
      const items = sending.write(request());
      const { signal } = new AbortController();
      const { reports } = await sendInvoices(items, 'dev', { ...sending.ports, keys }, { signal });
      return JSON.stringify(reports[0]?.report);
    } finally {
      sending.dispose();
    }
  }

  for (const [what, value] of Object.entries(FORGED_KEYS)) {
    it(`with ${what}, in an environment variable: nothing is sent, and nothing says it`, async () => {
      const before = server.connections();
      const report = await sendWith(({ ports }) =>
        new EnvironmentKeys({ ECCAEX_API_KEY_DEV: value }, ports.settings).read('dev'),
      );
      assert.match(report, /"code":"key-unreadable"/);
      assert.ok(!report.includes('sk_live'), report);
      assert.equal(server.connections(), before);
    });

    it(`with ${what}, written into the storage past the extension: nothing is sent`, async () => {
      const before = server.connections();
      const entry = JSON.stringify({ key: value, origin: server.origin, storedAt: '2026-01-01T00:00:00Z' });
      const report = await sendWith(() => {
        const stored = decodeStoredKey(entry);
        return stored ? { state: 'present', stored } : { state: 'unreadable' };
      });
      assert.match(report, /"code":"key-unreadable"/);
      assert.equal(server.connections(), before);
    });
  }

  it('with a line break, to the CLI: nothing is sent, and neither output says it', async () => {
    await buildCli();
    const cli = await CliWorkspace.create();
    try {
      cli.write('a.json', request());
      const before = server.connections();
      const { code, stdout, stderr } = await cli.run(
        ['send', 'a.json', '--env', 'dev', '--base-url', server.baseUrl],
        { variables: { ECCAEX_API_KEY_DEV: 'sk_live_1\r\nX-Evil: yes' } },
      );
      assert.equal(code, 1);
      assert.match(stdout + stderr, /key-unreadable/);
      assert.doesNotMatch(stdout + stderr, /sk_live|X-Evil/);
      assert.equal(server.connections(), before);
    } finally {
      await cli.remove();
    }
  });
});
