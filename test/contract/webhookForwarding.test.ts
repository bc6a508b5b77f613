import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as http from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { KEPT_RESPONSE } from '../../src/core/webhook/delivery';
import { webhookLine } from '../../src/core/webhook/webhook';
import { startScriptedServer, type Script, type ScriptedServer } from '../support/scriptedServer';
import { exchangeBytes, post, signedWebhook, successBody, WebhookWorld } from '../support/webhooks';

describe('a webhook that is forwarded', function () {
  this.timeout(60_000);
  let world: WebhookWorld;
  let handler: ScriptedServer;
  let respond: Script;
  beforeEach(async () => {
    respond = (res) => void res.writeHead(200, { 'X-Stack': 'secret' }).end('thanks');
    handler = await startScriptedServer((res, request) => respond(res, request));
    world = await WebhookWorld.start();
    world.forwardTo(`${handler.origin}/hooks?shop=1`);
  });
  afterEach(async () => {
    await world.stop();
    await handler.stop();
  });

  const send = (webhook = signedWebhook()) => post(world.listening.url, webhook);
  const newest = () => {
    const [webhook] = world.webhooks.all;
    assert.ok(webhook);
    return webhook;
  };
  const line = () => webhookLine(newest()).delivery;
  const end = () => newest().deliveries[0]?.end;

  it('arrives with its own bytes and headers, and those of the connection made anew', async () => {
    const body = '{ "a":1.50,\r\n "s":"\\u0451 ё" }';
    const head = [
      'POST /ignored HTTP/1.1',
      'Host: localhost',
      'Connection: close, X-Hop',
      'X-Hop: 1',
      'Transfer-Encoding: chunked',
      'X-Custom: a',
      'x-custom: b',
      'X-Signature: 00',
    ].join('\r\n');
    const bytes = Buffer.from(body);
    const chunked = `${bytes.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    assert.match(await exchangeBytes(world.listening.port, `${head}\r\n\r\n${chunked}`), /^HTTP\/1\.1 200 /);
    const [got] = handler.received;
    assert.equal(got?.url, '/hooks?shop=1');
    assert.equal(got.body, body);
    const { headers } = got;
    assert.deepEqual(
      [
        headers['x-custom'],
        headers['x-signature'],
        headers['x-hop'],
        headers['transfer-encoding'],
        headers['content-length'],
      ],
      ['a, b', '00', undefined, undefined, String(bytes.length)],
    );
    assert.equal(headers.host, new URL(handler.origin).host);
  });

  it('arrives packed where it came packed', async () => {
    const { headers, body } = signedWebhook(gzipSync(successBody()));
    const got = new Promise<Buffer>((resolve) => {
      const server = http.createServer((req, res) => {
        const chunks: Buffer[] = [];
        req.on('data', (chunk: Buffer) => chunks.push(chunk));
        req.on('end', () => {
          res.end();
          server.close();
          resolve(Buffer.concat(chunks));
        });
      });
      server.listen(0, '127.0.0.1', () => {
        world.forwardTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        void send({ headers: { ...headers, 'Content-Encoding': 'gzip' }, body });
      });
    });
    assert.ok((await got).equals(body));
  });

  it('is forwarded whatever its signature, and passes the status on, and nothing else of the response', async () => {
    for (const status of [200, 201, 302, 400, 404, 500, 503]) {
      respond = (res) =>
        void res.writeHead(status, { Location: 'http://127.0.0.1:1/', 'X-Stack': 'a' }).end('stack');
      const answer = await send({ headers: {}, body: Buffer.from('{}') });
      assert.deepEqual(
        [answer.status, answer.body, answer.headers['x-stack'], answer.headers.location],
        [status, '', undefined, undefined],
      );
      assert.deepEqual(
        [line().status, line().verdict],
        [status, status < 300 ? 'accepted' : 'would-be-retried'],
      );
    }
    // A redirect was not followed.
    assert.equal(handler.received.length, 7);
  });

  it('is accepted with 204, which has no body', async () => {
    respond = (res) => void res.writeHead(204).end();
    const answer = await send();
    assert.deepEqual(
      [answer.status, answer.headers['content-length'], line().verdict],
      [204, undefined, 'accepted'],
    );
  });

  it('gets 502 where the handler is down', async () => {
    await handler.stop();
    assert.equal((await send()).status, 502);
    assert.deepEqual(end(), { kind: 'unreachable', detail: 'ECONNREFUSED' });
    assert.deepEqual([line().status, line().verdict], [null, 'would-be-retried']);
    handler = await startScriptedServer(respond);
  });

  it('gets 504 where the handler takes longer than 15 s', async () => {
    let came: () => void;
    const arrived = new Promise<void>((resolve) => (came = resolve));
    respond = () => came();
    const answered = send();
    await arrived;
    world.timer.pass(14_999);
    assert.equal(end(), undefined);
    world.timer.pass(15_000);
    assert.equal((await answered).status, 504);
    assert.deepEqual([end()?.kind, line().verdict], ['timeout', 'would-be-retried']);
  });

  it('gets 504 where the handler begins a response and does not end it in time', async () => {
    let began: () => void;
    const begun = new Promise<void>((resolve) => (began = resolve));
    respond = (res) => void res.writeHead(200).write('beginning', () => began());
    const answered = send();
    await begun;
    world.timer.pass(15_000);
    assert.equal((await answered).status, 504);
  });

  for (const [what, script] of [
    ['before a response', (res) => void res.destroy()],
    [
      'in the middle of one',
      (res) => void res.writeHead(200, { 'Content-Length': 100 }).write('part', () => res.destroy()),
    ],
  ] as const satisfies readonly (readonly [string, Script])[])
    it(`gets 502 where the handler closes ${what}`, async () => {
      respond = script;
      assert.equal((await send()).status, 502);
      assert.deepEqual([end()?.kind, line().status, line().verdict], ['broken', null, 'would-be-retried']);
    });

  it('gets 502 where something answers that does not speak HTTP', async () => {
    const server = createServer((socket) => socket.end('nonsense\r\n\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    world.forwardTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    assert.equal((await send()).status, 502);
    server.close();
  });

  it('keeps the beginning of a response of 10 MB', async () => {
    const large = Buffer.alloc(10 * 1024 * 1024, 'x');
    respond = (res) => void res.writeHead(200).end(large);
    assert.equal((await send()).status, 200);
    const ended = end();
    assert.ok(ended?.kind === 'response');
    assert.deepEqual([ended.body.length, ended.size], [KEPT_RESPONSE, large.length]);
  });

  it('is delivered twice where it comes twice at once', async () => {
    const webhook = signedWebhook();
    const answers = await Promise.all([send(webhook), send(webhook)]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    assert.deepEqual([world.webhooks.all.length, handler.received.length], [2, 2]);
  });

  it('belongs to the environment whose secret signed it, whatever it claims', async () => {
    world.give('dev', 'whsec_0123456789abcdef');
    const invoice = { environment: 'dev', externalId: 'order-1', invoiceId: 'invoice-1' } as const;
    await send(signedWebhook(successBody('order-1', 'invoice-1')));
    await send({ headers: {}, body: successBody('order-1', 'invoice-1') });
    assert.equal(world.webhooks.about(invoice).length, 0);
    assert.equal(world.webhooks.about({ ...invoice, environment: 'sandbox' }).length, 1);
    await send(signedWebhook(successBody('order-1', 'invoice-1'), 'whsec_0123456789abcdef'));
    assert.equal(world.webhooks.about(invoice).length, 1);
  });

  it('is believed of nobody who signs with the public secret, also where that was set for an environment', async () => {
    world.give('prod', 'sandbox_webhook_secret');
    await send();
    assert.equal(newest().signature.environment, 'sandbox');
  });

  it('ends where the window is closed while it is under way', async () => {
    let came: () => void;
    const arrived = new Promise<void>((resolve) => (came = resolve));
    respond = () => came();
    const answered = send();
    await arrived;
    world.webhooks.dispose();
    assert.equal((await answered).status, 502);
    assert.deepEqual([end()?.kind, line().verdict], ['stopped', 'would-be-retried']);
  });

  it('comes a thousand times, 20 at once, without a loss', async () => {
    const ids = Array.from({ length: 1000 }, (_, i) => `order-${i}`);
    const statuses = await inLanes(
      ids,
      20,
      async (id) => (await send(signedWebhook(successBody(id)))).status,
    );
    assert.ok(statuses.every((status) => status === 200));
    const got = handler.received.map(({ body }) => (JSON.parse(body) as { external_id: string }).external_id);
    assert.deepEqual(got.sort(), [...ids].sort());
  });

  it('never is pushed out by a flood of 10,000, which is bounded in number and size', async () => {
    world.give('dev', 'whsec_0123456789abcdef');
    world.webhooks.forwardTo(undefined);
    for (let i = 0; i < 5; i++) await send(signedWebhook(successBody(`real-${i}`), 'whsec_0123456789abcdef'));
    let told = 0;
    world.webhooks.onDidChange(() => told++);
    const filler = 'x'.repeat(4096);
    const flood = (lane: number) =>
      Array.from({ length: 200 }, (_, i) => JSON.stringify({ external_id: `flood-${lane}-${i}`, filler }));
    await Promise.all(Array.from({ length: 50 }, (_, lane) => pipelined(world.listening.port, flood(lane))));
    const { all } = world.webhooks;
    const real = all.filter(({ event }) => event.externalId?.startsWith('real-'));
    const kept = all.filter(({ event }) => event.externalId?.startsWith('flood-'));
    assert.deepEqual([real.length, kept.length], [5, 200]);
    assert.ok(kept.reduce((sum, { body }) => sum + body.length, 0) <= 8 * 1024 * 1024);
    // Changes are told a moment later, many at once: nobody has let that moment pass.
    assert.equal(told, 0);
    world.timer.pass(1000);
    assert.equal(told, 1);
  });
});

/** Sends bodies on one connection, the next without waiting for a response. Resolves once each is answered with 200. */
async function pipelined(port: number, bodies: readonly string[]): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  for (const body of bodies)
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  let answers = '';
  let taken = 0;
  for await (const chunk of socket) {
    const parts = (answers + String(chunk)).split('\r\n\r\n');
    answers = parts.pop() ?? '';
    for (const part of parts) {
      assert.match(part, /^HTTP\/1\.1 200 /);
      taken += 1;
    }
    if (taken === bodies.length) return;
  }
  assert.fail(`The connection ended after ${taken} of ${bodies.length} responses.`);
}

async function inLanes<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
