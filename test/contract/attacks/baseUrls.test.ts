import assert from 'node:assert/strict';
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

  /** By what is tried: a base URL, given the port that somebody listens on. */
  const UNSAFE: Readonly<Record<string, (port: string) => string>> = {
    'a host that only begins like this machine': () => 'http://127.0.0.1.evil.example/v1',
    'a name that only begins like this machine': () => 'http://localhost.evil.example/v1',
    'a name below localhost': (port) => `http://evil.localhost:${port}/v1`,
    'a dot at the end of localhost': (port) => `http://localhost.:${port}/v1`,
    'this machine as 0.0.0.0': (port) => `http://0.0.0.0:${port}/v1`,
    'this machine as [::]': (port) => `http://[::]:${port}/v1`,
    'this machine as IPv4 in IPv6': (port) => `http://[::ffff:127.0.0.1]:${port}/v1`,
    'an IPv6 zone': (port) => `http://[::1%25lo]:${port}/v1`,
    'a link-local address with a zone': (port) => `http://[fe80::1%25eth0]:${port}/v1`,
    'a link-local address': (port) => `http://[fe80::1]:${port}/v1`,
    'credentials that look like the host': (port) => `http://127.0.0.1:${port}@evil.example/v1`,
    'credentials before the host': (port) => `http://user:pass@127.0.0.1:${port}/v1`,
    'a backslash for a slash': (port) => `http://evil.example\\@127.0.0.1:${port}/v1`,
    'http to the documented host': () => 'http://api.ecca-ex.com/api/v1',
    'a query that would take the path': (port) => `http://127.0.0.1:${port}/v1?to=`,
    'a fragment that would take the path': (port) => `http://127.0.0.1:${port}/v1#`,
    'a file': () => 'file:///etc/passwd',
    'a script': () => 'javascript:alert(1)',
    'no URL': () => '//127.0.0.1/v1',
  };
  for (const [what, url] of Object.entries(UNSAFE)) {
    it(`with ${what}: it is no base URL, and nothing is sent`, () =>
      assertBlocked(url(new URL(server.origin).port), 'url-unsafe'));
  }

  /** Another origin than the key was given for: the documented host, or this machine by its address over http. */
  const OTHER: Readonly<Record<string, (port: string) => string>> = {
    'the documented host with a longer name': () => 'https://api.ecca-ex.com.evil.example/api/v1',
    'the documented host with a dot at its end': () => 'https://api.ecca-ex.com./api/v1',
    'letters that look like the documented host': () => 'https://api.eссa-ex.com/api/v1',
    'another port of the same host': () => 'https://api.ecca-ex.com:8443/api/v1',
    'another name of this machine': (port) => `http://localhost:${port}/v1`,
    'https in place of http': (port) => `https://127.0.0.1:${port}/v1`,
  };
  for (const [what, url] of Object.entries(OTHER)) {
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
