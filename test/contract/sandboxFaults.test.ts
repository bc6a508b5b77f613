import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { flood } from '../../src/sandbox/faultPlays';
import { FAULTS } from '../../src/sandbox/faults';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';
import { assertRefused, call, get, invoice, json, post, until } from './sandboxClient';

const DOCUMENTED = {
  API_KEY_MISSING: 401,
  API_KEY_INVALID: 403,
  OWNER_BLOCKED: 403,
  MERCHANT_BLOCKED: 403,
  MERCHANT_NOT_ACTIVE: 403,
  MISSING_REQUIRED_URLS: 422,
  RATES_UNAVAILABLE: 503,
  RATES_INVALID: 503,
  RATE_INVALID: 422,
  RATE_NOT_FOUND: 404,
};

/** Sends a create request, and leaves its answer to the caller. */
function begin({ baseUrl }: Sandbox, body: object): ClientRequest {
  const headers = { 'X-Api-Key': 'sandbox_active', 'Content-Type': 'application/json' };
  const sent = request(`${baseUrl}/create-invoice`, { method: 'POST', headers, agent: false });
  sent.end(JSON.stringify(body));
  return sent;
}

/** Sends a create request and gives what came of the answer until its connection was lost. */
async function lost(
  sandbox: Sandbox,
  body: object,
): Promise<{ res: IncomingMessage; text: string; code: unknown }> {
  const sent = begin(sandbox, body);
  const [res] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  res.setEncoding('utf8').on('data', (part: string) => (text += part));
  const [error] = (await once(res, 'error')) as [NodeJS.ErrnoException];
  return { res, text, code: error.code };
}

describe("the sandbox's faults", function () {
  this.timeout(20_000);
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ slowMs: 40 });
  });
  afterEach(() => sandbox.stop());

  const play = (name: string) => post(sandbox, invoice({ customer_id: `fault_${name}` }));
  const assertNothingCreated = () => assert.deepEqual(sandbox.createdExternalIds(), []);

  it('html_502 is the page of a gateway', async () => {
    const answer = await play('html_502');
    assert.equal(answer.status, 502);
    assert.equal(answer.headers['content-type'], 'text/html');
    assert.match(answer.text, /^<html>\r\n.*<h1>502 Bad Gateway<\/h1>.*nginx/s);
    assertNothingCreated();
  });

  it('empty_500 has no body', async () => {
    const answer = await play('empty_500');
    assert.deepEqual([answer.status, answer.text, answer.headers['content-type']], [500, '', undefined]);
    assertNothingCreated();
  });

  it('truncated ends in the middle of a right answer, and has created the invoice', async () => {
    const body = invoice({ customer_id: 'fault_truncated' });
    const { res, text, code } = await lost(sandbox, body);
    assert.equal(code, 'ECONNRESET');
    assert.equal(res.statusCode, 201);
    assert.ok(text.startsWith('{"invoice_id":"'));
    assert.equal(Math.trunc(Number(res.headers['content-length']) / 2), text.length);
    assert.deepEqual(sandbox.createdExternalIds(), [body['external_id']]);
  });

  it('truncated goes wrong the same way when it is repeated, and creates nothing more', async () => {
    const body = invoice({ customer_id: 'fault_truncated' });
    await lost(sandbox, body);
    const { res } = await lost(sandbox, body);
    assert.equal(res.statusCode, 409);
    assert.equal(sandbox.stats().created, 1);
    assertRefused(await post(sandbox, { ...body, customer_id: 'user' }), {
      status: 409,
      code: 'EXTERNAL_ID_EXISTS',
      guess: true,
      details: { external_id: ['must be unique'] },
    });
  });

  it('cut_json is whole as HTTP and half as JSON, and has created the invoice', async () => {
    const answer = await play('cut_json');
    assert.equal(answer.status, 201);
    assert.equal(answer.headers['content-length'], String(answer.text.length));
    assert.ok(answer.text.startsWith('{"invoice_id":"'));
    assert.throws(() => json(answer), SyntaxError);
    assert.equal(sandbox.stats().created, 1);
  });

  it('reset breaks the connection before any answer', async () => {
    await assert.rejects(play('reset'), { code: 'ECONNRESET' });
    assertNothingCreated();
  });

  it('slow answers rightly, after its time', async () => {
    const start = performance.now();
    const answer = await play('slow');
    assert.ok(performance.now() - start >= 38);
    assert.equal(answer.status, 201);
    assert.equal((json(answer) as { customer_id: string }).customer_id, 'fault_slow');
    assert.equal(sandbox.stats().created, 1);
  });

  it('flood goes on until the client goes away', async () => {
    const sent = begin(sandbox, invoice({ customer_id: 'fault_flood' }));
    const [res] = (await once(sent, 'response')) as [IncomingMessage];
    assert.deepEqual([res.statusCode, res.headers['content-length']], [200, undefined]);
    let start = '';
    let size = 0;
    res.on('data', (chunk: Buffer) => {
      start ||= chunk.toString('latin1', 0, 15);
      size += chunk.length;
    });
    await until(() => size > 5_000_000);
    assert.equal(start, '{"invoice_id":"');
    sent.destroy();
    assertNothingCreated();
  });

  it('flood waits for a client that does not read', async () => {
    const responses: ServerResponse[] = [];
    const server = createServer((req, res) => {
      responses.push(res);
      flood({ req, res, right: () => assert.fail('Nothing is asked for.'), slowMs: 0 });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await until(() => responses[0]?.writableNeedDrain === true);
    let rounds = 0;
    await until(() => (rounds += 1) > 1_000);
    assert.ok((responses[0]?.writableLength ?? Infinity) < 1_000_000);
    socket.destroy();
    server.close();
    server.closeAllConnections();
  });

  it('redirect points to another host', async () => {
    const answer = await play('redirect');
    assert.equal(answer.status, 307);
    assert.equal(answer.headers.location, 'https://redirected.example/api/v1/create-invoice');
    assert.equal(answer.text, '');
    assertNothingCreated();
  });

  it('envelope_200 is an error that calls itself a success', async () => {
    const answer = await play('envelope_200');
    assertRefused(answer, { status: 200, code: 'RATES_UNAVAILABLE', guess: false });
    assertNothingCreated();
  });

  it('not_json is plain text', async () => {
    const answer = await play('not_json');
    assert.deepEqual([answer.status, answer.text], [200, 'OK']);
    assert.equal(answer.headers['content-type'], 'text/plain; charset=utf-8');
    assertNothingCreated();
  });

  it('not_invoice is JSON without an invoice', async () => {
    const answer = await play('not_invoice');
    assert.deepEqual([answer.status, json(answer)], [200, { ok: true }]);
    assertNothingCreated();
  });

  it('wrong_types is no envelope, though it has its members', async () => {
    const answer = await play('wrong_types');
    assert.equal(answer.status, 422);
    assert.equal(answer.headers['x-sandbox-guess'], 'true');
    assert.deepEqual(json(answer), {
      successful: 'no',
      request_id: 42,
      error: { code: ['VALIDATION_ERROR'], message: null, details: 'none' },
    });
    assertNothingCreated();
  });

  it('unknown_code is a code that nobody documents', async () => {
    const details = { limit: '50000.00' };
    assertRefused(await play('unknown_code'), {
      status: 422,
      code: 'LIMIT_EXCEEDED_FOR_TODAY',
      guess: true,
      details,
    });
    assertNothingCreated();
  });

  it('rate_limited says when to come back', async () => {
    const answer = await play('rate_limited');
    assertRefused(answer, { status: 429, code: 'TOO_MANY_REQUESTS', guess: true });
    assert.equal(answer.headers['retry-after'], '30');
    assertNothingCreated();
  });

  for (const [code, status] of Object.entries(DOCUMENTED)) {
    it(`${code.toLowerCase()} is the documented error`, async () => {
      assertRefused(await play(code.toLowerCase()), { status, code, guess: false });
      assertNothingCreated();
    });
  }

  it('are all named by the answer to an unknown one', async () => {
    for (const name of ['nonsense', '', 'HTML_502', '__proto__', 'constructor']) {
      const answer = await play(name);
      assertRefused(answer, { status: 422, code: 'UNKNOWN_FAULT', guess: true });
      for (const known of FAULTS.keys()) assert.ok(answer.text.includes(known), known);
    }
    assertNothingCreated();
  });

  it('say in a header which they are', async () => {
    assert.equal((await play('empty_500')).headers['x-sandbox-fault'], 'empty_500');
    assert.equal((await post(sandbox, invoice())).headers['x-sandbox-fault'], undefined);
  });

  it('need a key like every request', async () => {
    const body = invoice({ customer_id: 'fault_html_502' });
    const answer = await post(sandbox, body, { 'X-Api-Key': 'sandbox_not_active' });
    assertRefused(answer, { status: 403, code: 'MERCHANT_NOT_ACTIVE', guess: false });
  });

  it('need nothing else of the request to be right', async () => {
    assert.equal((await post(sandbox, { customer_id: 'fault_html_502' })).status, 502);
  });

  it('can be asked of a GET by its query', async () => {
    assertRefused(await get(sandbox, '/currencies?fault=rate_not_found'), {
      status: 404,
      code: 'RATE_NOT_FOUND',
      guess: false,
    });
    assert.equal((await get(sandbox, '/withdrawals?fault=html_502')).status, 502);
    const late = await get(sandbox, '/payment-methods?fault=slow');
    assert.equal(late.text, (await get(sandbox, '/payment-methods')).text);
    const head = await call(`${sandbox.baseUrl}/currencies?fault=flood`, {
      method: 'HEAD',
      headers: { 'X-Api-Key': 'sandbox_active' },
    });
    assert.equal(head.status, 200);
  });
});
