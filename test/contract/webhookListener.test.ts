import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { webhookListener } from '../../src/adapters/http/webhookListener';
import { startScriptedServer, type ScriptedServer } from '../support/scriptedServer';
import { exchangeBytes, post, signedWebhook, successBody, WebhookWorld } from '../support/webhooks';

describe('the listener for webhooks', () => {
  let world: WebhookWorld;
  let handler: ScriptedServer;
  beforeEach(async () => {
    world = await WebhookWorld.start(['hooks.example']);
    handler = await startScriptedServer((res) => void res.writeHead(200).end('paid'));
  });
  afterEach(async () => {
    await world.stop();
    await handler.stop();
  });

  const url = () => world.listening.url;
  const only = () => {
    assert.equal(world.webhooks.all.length, 1);
    const [webhook] = world.webhooks.all;
    assert.ok(webhook);
    return webhook;
  };

  describe('refuses, and neither keeps nor forwards,', () => {
    beforeEach(() => world.forwardTo(handler.origin));
    afterEach(() => {
      assert.deepEqual([world.webhooks.all.length, handler.received.length], [0, 0]);
    });

    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      it(method, async () => {
        const { status, headers } = await post(
          url(),
          { headers: { Origin: 'https://evil.example' } },
          method,
        );
        assert.deepEqual([status, headers.allow], [405, 'POST']);
        assert.ok(!Object.keys(headers).some((name) => name.startsWith('access-control')));
      });

    for (const host of [
      'evil.example',
      'evil.example:4780',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
    ])
      it(`a webhook for the host "${host}", as a name that was made to mean this machine gives it`, async () => {
        const { headers, body } = signedWebhook();
        const { status } = await post(url(), { headers: { ...headers, Host: host }, body });
        assert.equal(status, 421);
      });

    it('two hosts, no host, and a target that names another host', async () => {
      const rest = 'Content-Length: 2\r\nConnection: close\r\n\r\n{}';
      for (const head of [
        'POST / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n',
        `POST / HTTP/1.0\r\n`,
        `POST / HTTP/1.1\r\nHost:\r\n`,
        `POST http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n`,
      ])
        assert.match(await exchangeBytes(world.listening.port, head + rest), /^HTTP\/1\.1 4(21|00) /);
    });

    for (const [name, value] of [
      ['Origin', 'https://evil.example'],
      ['Origin', 'null'],
      ['Sec-Fetch-Site', 'cross-site'],
      ['Sec-Fetch-Site', 'same-origin'],
    ] as const)
      it(`what a browser sends: ${name}: ${value}`, async () => {
        const { headers, body } = signedWebhook();
        assert.equal((await post(url(), { headers: { ...headers, [name]: value }, body })).status, 403);
      });

    it('a body of 5 MB, of a length that it tells and in chunks, and answers what still sends', async () => {
      const body = Buffer.alloc(5 * 1024 * 1024, ' ');
      assert.equal((await post(url(), { body })).status, 413);
      const chunked = { 'Transfer-Encoding': 'chunked' };
      assert.equal((await post(url(), { headers: chunked, body })).status, 413);
    });

    it('what is not HTTP, and a webhook that never comes whole', async () => {
      assert.match(await exchangeBytes(world.listening.port, 'nonsense\r\n\r\n'), /^HTTP\/1\.1 400 /);
    });
  });

  it('takes a webhook for this machine by any of its names, and for the public host', async () => {
    const { headers, body } = signedWebhook();
    for (const Host of [
      'localhost:1',
      '127.0.0.1',
      '[::1]:80',
      'LOCALHOST',
      'hooks.example',
      'Hooks.Example:443',
    ])
      assert.equal((await post(url(), { headers: { ...headers, Host }, body })).status, 200, Host);
  });

  it('keeps the bytes and the headers as they came, and says whose secret signed them', async () => {
    const body = Buffer.from('{ "external_id":"order-1",\t"n": 1.50, "s":"\\u0451 ё" }\r\n');
    const { headers } = signedWebhook(body);
    const { status, body: answer } = await post(url(), { headers: { ...headers, 'x-CUSTOM': 'a' }, body });
    assert.deepEqual([status, answer], [200, '']);
    const webhook = only();
    assert.ok(Buffer.from(webhook.body).equals(body));
    assert.ok(webhook.headers.some(({ name, value }) => name === 'x-CUSTOM' && value === 'a'));
    assert.deepEqual(
      [webhook.signature.state, webhook.signature.environment, webhook.event.externalId],
      ['valid', 'sandbox', 'order-1'],
    );
  });

  it('takes no body, chunks, a body of exactly 1 MB', async () => {
    assert.equal((await post(url(), {})).status, 200);
    assert.deepEqual([only().event.form, only().body.length], ['empty', 0]);
    const body = Buffer.from(`"${'x'.repeat(1024 * 1024 - 2)}"`);
    assert.equal((await post(url(), { headers: { 'Transfer-Encoding': 'chunked' }, body })).status, 200);
    assert.deepEqual(
      [world.webhooks.all[0]?.event.form, world.webhooks.all[0]?.body.length],
      ['other-shape', 1048576],
    );
  });

  for (const [what, body, form, headers] of [
    ['text that is not JSON', 'paid=1', 'not-json', {}],
    ['JSON of another shape', '[1]', 'other-shape', {}],
    ['JSON that is nested very deep', '['.repeat(100_000), 'not-json', {}],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8]), 'not-text', {}],
    ['a packed body', gzipSync(successBody()), 'packed', { 'Content-Encoding': 'gzip' }],
    ['a packed body that does not say so', gzipSync(successBody()), 'not-text', {}],
  ] as const)
    it(`takes ${what} as it came, verified by its bytes`, async () => {
      const signed = signedWebhook(Buffer.from(body));
      const { status } = await post(url(), { headers: { ...signed.headers, ...headers }, body: signed.body });
      assert.equal(status, 200);
      assert.deepEqual([only().event.form, only().signature.state], [form, 'valid']);
      assert.ok(Buffer.from(only().body).equals(signed.body));
    });

  it('reads a body in another charset, and keeps its bytes', async () => {
    const signed = signedWebhook(Buffer.from('{"external_id":"caf\xe9","status":"success"}', 'latin1'));
    const type = { 'Content-Type': 'application/json; charset=ISO-8859-1' };
    await post(url(), { headers: { ...signed.headers, ...type }, body: signed.body });
    assert.deepEqual([only().event.externalId, only().signature.state], ['café', 'valid']);
    assert.ok(Buffer.from(only().body).equals(signed.body));
  });

  it('takes a signature that is there twice for wrong: two readers could believe two', async () => {
    const { headers, body } = signedWebhook();
    const signature = String(headers['X-Signature']);
    const twice = { ...headers, 'X-Signature': [signature, signature] };
    await post(url(), { headers: twice, body });
    assert.notEqual(only().signature.state, 'valid');
    assert.equal(only().headers.filter(({ name }) => name === 'X-Signature').length, 2);
  });

  it('tells that a port is in use', async () => {
    const { port } = world.listening;
    const result = await webhookListener.listen({
      port,
      isOwnHost: () => false,
      receive: () => Promise.resolve(200),
    });
    assert.deepEqual(result, { ok: false, fault: 'port-in-use', detail: `Port ${port} is in use.` });
  });

  it('forgets a webhook whose sender leaves in the middle of it', async () => {
    const socket = connect(world.listening.port, '127.0.0.1');
    socket.end('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{"a"').resume();
    await once(socket, 'close');
    await post(url(), signedWebhook());
    assert.equal(only().signature.state, 'valid');
  });
});
