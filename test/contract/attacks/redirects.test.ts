import assert from 'node:assert/strict';
import { KeyRing } from '../../../src/app/keys/keyRing';
import { request } from '../../support/requests';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../../support/scriptedServer';
import { Sending, sentProblem } from '../../support/sending';

const KEY = 'sk_live_redirected_0123456789';
const INVOICE = jsonAnswer(201, { invoice_id: 'i', payment_link: 'https://pay.example/i' });

describe('an attacker’s server redirects', function () {
  this.timeout(20_000);
  let asked: ScriptedServer;
  /** What the redirect leads to, and what would gladly take the key. */
  let trap: ScriptedServer;
  let sending: Sending;
  let answer: (status: number, location: string) => void;

  beforeEach(async () => {
    let redirect = { status: 302, location: '' };
    answer = (status, location) => (redirect = { status, location });
    asked = await startScriptedServer((res) =>
      res.socket?.end(
        `HTTP/1.1 ${redirect.status} R\r\nLocation: ${redirect.location}\r\nContent-Length: 0\r\n\r\n`,
      ),
    );
    trap = await startScriptedServer(INVOICE);
    sending = new Sending(asked.baseUrl, KEY);
  });

  afterEach(async () => {
    sending.dispose();
    await Promise.all([asked.stop(), trap.stop()]);
  });

  const portOf = (server: ScriptedServer) => new URL(server.origin).port;
  /** Where it leads, by what is tried: an address, and the host that the problem names. */
  const targets: Readonly<Record<string, () => { location: string; names: string }>> = {
    'another port': () => ({ location: `${trap.origin}/x`, names: new URL(trap.origin).host }),
    'another name of this machine': () => ({
      location: `http://localhost:${portOf(trap)}/x`,
      names: `localhost:${portOf(trap)}`,
    }),
    'another scheme': () => ({
      location: `https://127.0.0.1:${portOf(asked)}/x`,
      names: new URL(asked.origin).host,
    }),
    'an address without a scheme': () => ({
      location: `//127.0.0.1:${portOf(trap)}/x`,
      names: new URL(trap.origin).host,
    }),
    'an address that looks like the one that was asked': () => ({
      location: `http://${new URL(asked.origin).host}@localhost:${portOf(trap)}/x`,
      names: `localhost:${portOf(trap)}`,
    }),
    itself: () => ({ location: '/api/v1/create-invoice', names: '/api/v1/create-invoice' }),
  };

  for (const status of [301, 302, 303, 307, 308]) {
    for (const [where, target] of Object.entries(targets)) {
      it(`with ${status} to ${where}: told with its target, and not followed`, async () => {
        const { location, names } = target();
        answer(status, location);
        const report = await sending.sendOne(request());
        const problem = sentProblem(report);
        assert.deepEqual([report.outcome, report.status, problem.code], ['unexpected', status, 'redirect']);
        assert.ok(problem.message.includes(`(HTTP ${status}) to ${names}`), problem.message);
        assert.equal(asked.received.length, 1);
        assert.equal(trap.connections(), 0, 'nobody else was even called');
      });
    }
  }

  for (const status of [300, 304, 305, 306, 399]) {
    it(`with ${status}, which no client expects: not followed either`, async () => {
      answer(status, `${trap.origin}/x`);
      assert.notEqual((await sending.sendOne(request())).outcome, 'created');
      assert.equal(asked.received.length, 1);
      assert.equal(trap.connections(), 0);
    });
  }

  it('the verification of a key: not followed, and no word on the key', async () => {
    answer(307, `${trap.origin}/x`);
    const verification = await new KeyRing(sending.ports).verify('dev', new AbortController().signal);
    assert.equal(verification.result, 'unclear');
    assert.equal(trap.connections(), 0);
  });

  it('by a Refresh header and by HTML: no client of ours reads either', async () => {
    await asked.stop();
    asked = await startScriptedServer((res) => {
      res.writeHead(200, { Refresh: `0; url=${trap.origin}`, 'Content-Type': 'text/html' });
      res.end(`<meta http-equiv="refresh" content="0; url=${trap.origin}">`);
    });
    sending.baseUrl = asked.baseUrl;
    sending.giveKey('dev', KEY);
    assert.equal((await sending.sendOne(request())).outcome, 'unexpected');
    assert.equal(trap.connections(), 0);
  });
});
