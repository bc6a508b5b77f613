import assert from 'node:assert/strict';
import { EnvironmentKeys } from '../../../src/adapters/environmentKeys';
import { decodeStoredKey } from '../../../src/adapters/storedKeyCodec';
import type { KeyReading } from '../../../src/app/ports';
import { sendInvoices } from '../../../src/app/sending/sendInvoices';
import { buildCli, CliWorkspace } from '../../support/cli';
import { request } from '../../support/requests';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../../support/scriptedServer';
import { Sending } from '../../support/sending';

/** What would add a header, end the headers, or reach the server as something else than it was typed. */
const FORGED: Readonly<Record<string, string>> = {
  'a line break and another header': 'sk_live_1\r\nX-Evil: yes',
  'a line feed and another header': 'sk_live_1\nX-Evil: yes',
  'a carriage return alone': 'sk_live_1\rX-Evil: yes',
  'the end of all headers and a body': 'sk_live_1\r\n\r\n{"amount":"1"}',
  'a NUL': 'sk_live_1\u0000',
  'an escape sequence of a terminal': 'sk_live_1\u001b[2J',
  'a tab': 'sk_live\t1',
  'a DEL': 'sk_live_1\u007f',
  'a line end of Unicode': 'sk_live_1\u2028X-Evil: yes',
  'a line end of C1': 'sk_live_1\u0085X-Evil: yes',
  'letters beyond ASCII': 'sk_live_Ж',
  'a letter of Latin-1, which a header could carry': 'sk_live_ü',
  'a letter whose low byte is a line feed': 'sk_live_1\u010aX-Evil: yes',
  'typographic quotes': '“sk_live_1”',
  'a zero-width space': 'sk_live_\u200b1',
  'half of a surrogate pair': 'sk_live_\ud800',
};

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
      const keys = { ...sending.ports.keys, read: () => Promise.resolve(read(sending)) };
      const items = sending.write(request());
      const { signal } = new AbortController();
      const { reports } = await sendInvoices(items, 'dev', { ...sending.ports, keys }, { signal });
      return JSON.stringify(reports[0]?.report);
    } finally {
      sending.dispose();
    }
  }

  for (const [what, value] of Object.entries(FORGED)) {
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
