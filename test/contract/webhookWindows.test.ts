import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { webhookListener } from '../../src/adapters/http/webhookListener';
import { Listener } from '../../src/app/webhooks/listener';
import { post, signedWebhook } from '../support/webhooks';

describe('the listener of a window', () => {
  const windows: Listener[] = [];
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.stop();
  });

  /** A window, and what it has received. */
  function open({ port = 0, publicUrl = '', trusted = true, problem = '' } = {}) {
    const received: unknown[] = [];
    const window = new Listener({
      listener: webhookListener,
      settings: { port: () => port, publicUrl: () => publicUrl, schemeProblem: () => problem || undefined },
      webhooks: {
        receive: (webhook) => {
          received.push(webhook);
          return Promise.resolve(200);
        },
      },
      consent: { isTrusted: () => trusted },
    });
    windows.push(window);
    return { window, received };
  }

  /** A port that was free a moment ago. */
  async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
  }

  it('has the port that is set; that of a second window has a free one, and says so', async () => {
    const port = await freePort();
    const [first, second] = [open({ port }), open({ port })];
    const one = await first.window.start();
    const other = await second.window.start();
    assert.ok(one.ok && other.ok);
    assert.deepEqual([one.port, one.isOnSetPort], [port, true]);
    assert.deepEqual([other.port !== port, other.isOnSetPort], [true, false]);
    assert.equal((await post(one.url, signedWebhook())).status, 200);
    assert.equal((await post(other.url, signedWebhook())).status, 200);
    assert.deepEqual([first.received.length, second.received.length], [1, 1]);
  });

  it('starts once, however often it is asked to, and again after it was stopped', async () => {
    const { window } = open();
    let told = 0;
    window.onDidChange(() => told++);
    const [one, other] = await Promise.all([window.start(), window.start()]);
    assert.ok(one.ok && other.ok);
    assert.equal(one.port, other.port);
    await window.stop();
    assert.equal(window.running, undefined);
    await assert.rejects(post(one.url, signedWebhook()));
    const again = await window.start();
    assert.ok(again.ok);
    assert.equal((await post(again.url, signedWebhook())).status, 200);
    assert.equal(told, 3);
  });

  it('does not run where it is stopped while it starts', async () => {
    const { window } = open();
    const starting = window.start();
    await window.stop();
    assert.equal((await starting).ok, false);
    assert.equal(window.running, undefined);
  });

  it('does not start in a workspace that nobody trusts', async () => {
    const { window } = open({ trusted: false });
    assert.deepEqual(await window.start(), { ok: false, reason: 'untrusted' });
    assert.equal(window.running, undefined);
  });

  it('does not start while the signature scheme that is set cannot be read', async () => {
    const { window } = open({ problem: 'prefix must be text.' });
    const result = await window.start();
    assert.ok(!result.ok && result.reason === 'failed');
    assert.match(result.detail, /eccaex\.webhooks\.signature: prefix must be text/);
  });

  it('takes what was sent to its public URL, and to no other name', async () => {
    const { window } = open({ publicUrl: 'https://hooks.example/eccaex' });
    const started = await window.start();
    assert.ok(started.ok);
    const statusFor = async (host: string) => {
      const { headers, body } = signedWebhook();
      return (await post(started.url, { headers: { ...headers, Host: host }, body })).status;
    };
    assert.deepEqual([await statusFor('hooks.example'), await statusFor('evil.example')], [200, 421]);
  });
});
