import assert from 'node:assert/strict';
import { OTHER_ORIGINS, UNSAFE_BASE_URLS } from '../../support/attacks';
import { request } from '../../support/requests';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../../support/scriptedServer';
import { Sending, sentProblem } from '../../support/sending';

const KEY = 'sk_live_0123456789abcdef';

describe('an attacker talks somebody into a base URL', function () {
  this.timeout(20_000);
  /** Takes whatever comes, on 127.0.0.1. */
  let server: ScriptedServer;
  let sending: Sending;

  before(async () => {
    server = await startScriptedServer(
      jsonAnswer(201, { invoice_id: 'i', payment_link: 'https://pay.example/i' }),
    );
  });
  beforeEach(() => (sending = new Sending(server.baseUrl, KEY)));
  afterEach(() => sending.dispose());
  after(() => server.stop());

  async function assertBlocked(baseUrl: string, code: string): Promise<void> {
    const before = server.connections();
    sending.baseUrl = baseUrl;
    const report = await sending.sendOne(request());
    assert.deepEqual([report.outcome, sentProblem(report).code], ['blocked', code]);
    assert.equal(server.connections(), before);
  }

  for (const [what, url] of Object.entries(UNSAFE_BASE_URLS)) {
    it(`with ${what}: it is no base URL, and nothing is sent`, () =>
      assertBlocked(url(new URL(server.origin).port), 'url-unsafe'));
  }

  for (const [what, url] of Object.entries(OTHER_ORIGINS)) {
    it(`with ${what}: the key does not go there, and nothing is sent`, async () => {
      const base = url(new URL(server.origin).port);
      const isHere = /^https?:\/\/(127|localhost)/.test(base);
      sending.giveKey('dev', KEY, isHere ? server.origin : 'https://api.ecca-ex.com');
      await assertBlocked(base, 'key-other-origin');
    });
  }

  it('with capital letters and another spelling of the address: it is the same origin, and gets its key', async () => {
    const { port } = new URL(server.origin);
    sending.baseUrl = `HTTP://0x7F.1:${port}/API/v1`;
    const report = await sending.sendOne(request());
    assert.equal(report.outcome, 'created');
    assert.equal(report.origin, server.origin);
    assert.equal(server.received.at(-1)?.url, '/API/v1/create-invoice');
  });
});
