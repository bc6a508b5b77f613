import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';
import { ACTIVE, assertRefused, call, get, invoice, json, post, sendRaw } from './sandboxClient';

describe('the sandbox and who may ask what', function () {
  this.timeout(20_000);
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.stop());

  describe('keys', () => {
    const keys: [key: string | undefined, status: number, code: string][] = [
      [undefined, 401, 'API_KEY_MISSING'],
      ['', 401, 'API_KEY_MISSING'],
      ['sandbox_revoked', 403, 'API_KEY_INVALID'],
      ['anything else', 403, 'API_KEY_INVALID'],
      ['SANDBOX_ACTIVE', 403, 'API_KEY_INVALID'],
      ['sandbox_active, sandbox_active', 403, 'API_KEY_INVALID'],
      ['sandbox_owner_blocked', 403, 'OWNER_BLOCKED'],
      ['sandbox_merchant_blocked', 403, 'MERCHANT_BLOCKED'],
      ['sandbox_not_active', 403, 'MERCHANT_NOT_ACTIVE'],
    ];
    const endpoints: [method: string, path: string][] = [
      ['POST', '/create-invoice'],
      ['GET', '/payment-methods'],
      ['GET', '/currencies'],
      ['GET', '/withdrawals'],
      ['GET', '/withdrawals/00000000-0000-4000-8000-000000000001'],
    ];
    for (const [key, status, code] of keys) {
      it(`${key === undefined ? 'no key' : `"${key}"`} is ${code} everywhere`, async () => {
        for (const [method, path] of endpoints) {
          const headers: Record<string, string> = { 'Content-Type': 'application/json' };
          if (key !== undefined) headers['X-Api-Key'] = key;
          const body = method === 'POST' ? { body: JSON.stringify(invoice()) } : {};
          const answer = await call(sandbox.baseUrl + path, { method, headers, ...body });
          assertRefused(answer, { status, code, guess: false });
        }
      });
    }

    it('are checked before the body is', async () => {
      const answer = await post(sandbox, 'no JSON', { 'X-Api-Key': 'sandbox_revoked' });
      assertRefused(answer, { status: 403, code: 'API_KEY_INVALID', guess: false, details: {} });
    });

    it('are refused with a new request_id each time', async () => {
      const ids = await Promise.all(
        [1, 2, 3].map(
          async () => (json(await get(sandbox, '/currencies', {})) as { request_id: string }).request_id,
        ),
      );
      assert.equal(new Set(ids).size, 3);
    });
  });

  describe('paths, methods and hosts', () => {
    for (const path of [
      '/',
      '/createinvoice',
      '/create-invoice/',
      '/public/invoice/1/refund',
      '/withdrawals/1/2',
    ]) {
      it(`knows nothing at ${path}`, async () => {
        assertRefused(await get(sandbox, path), { status: 404, code: 'NOT_FOUND', guess: true });
      });
    }

    const methods: [method: string, path: string, allow: string][] = [
      ['GET', '/create-invoice', 'POST, OPTIONS'],
      ['HEAD', '/create-invoice', 'POST, OPTIONS'],
      ['PUT', '/create-invoice', 'POST, OPTIONS'],
      ['POST', '/currencies', 'GET, HEAD, OPTIONS'],
      ['DELETE', '/withdrawals', 'GET, HEAD, OPTIONS'],
      ['TRACE', '/payment-methods', 'GET, HEAD, OPTIONS'],
      ['GET', '/public/invoice/1/cancel', 'POST, OPTIONS'],
    ];
    for (const [method, path, allow] of methods) {
      it(`refuses ${method} ${path}`, async () => {
        const answer = await call(sandbox.baseUrl + path, { method, headers: ACTIVE });
        assert.equal(answer.headers.allow, allow);
        if (method === 'HEAD') assert.deepEqual([answer.status, answer.text], [405, '']);
        else assertRefused(answer, { status: 405, code: 'METHOD_NOT_ALLOWED', guess: true });
      });
    }

    it('answers HEAD like GET without the body', async () => {
      const whole = await get(sandbox, '/currencies');
      const head = await call(`${sandbox.baseUrl}/currencies`, { method: 'HEAD', headers: ACTIVE });
      assert.equal(head.status, 200);
      assert.equal(head.text, '');
      assert.equal(head.headers['content-length'], String(Buffer.byteLength(whole.text)));
    });

    it('lets no other origin in', async () => {
      const preflight = await call(`${sandbox.baseUrl}/create-invoice`, {
        method: 'OPTIONS',
        headers: {
          Origin: 'https://evil.example',
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'x-api-key,content-type',
        },
      });
      assert.equal(preflight.status, 200);
      assert.equal(preflight.headers.allow, 'POST, OPTIONS');
      const answer = await get(sandbox, '/currencies', { ...ACTIVE, Origin: 'https://evil.example' });
      for (const { headers } of [preflight, answer]) {
        assert.deepEqual(
          Object.keys(headers).filter((name) => name.startsWith('access-control-')),
          [],
        );
      }
    });

    for (const host of [
      'evil.example',
      'evil.example:80',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '::1',
    ]) {
      it(`refuses the host "${host}"`, async () => {
        const headers = { ...ACTIVE, Host: host };
        for (const url of [`${sandbox.baseUrl}/currencies`, `${sandbox.origin}/`]) {
          assertRefused(await call(url, { headers }), {
            status: 403,
            code: 'HOST_NOT_LOOPBACK',
            guess: true,
          });
        }
      });
    }

    it('refuses a request without a host, or with an empty one', async () => {
      for (const head of ['GET / HTTP/1.1\r\n', 'GET / HTTP/1.0\r\n', 'GET / HTTP/1.1\r\nHost:\r\n']) {
        assert.match(
          await sendRaw(sandbox, `${head}Connection: close\r\n\r\n`),
          /^HTTP\/1\.1 403 .*HOST_NOT_LOOPBACK/s,
        );
      }
    });

    it('goes by the host of an absolute target', async () => {
      const ask = (target: string) =>
        sendRaw(sandbox, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
      assert.match(await ask('http://evil.example/'), /^HTTP\/1\.1 403 /);
      assert.match(await ask(`${sandbox.origin}/`), /^HTTP\/1\.1 200 /);
    });

    for (const host of ['localhost', 'LOCALHOST:1', '127.0.0.1:65535', '127.1.2.3', '[::1]:8080']) {
      it(`takes the host ${host}`, async () => {
        assert.equal((await get(sandbox, '/currencies', { ...ACTIVE, Host: host })).status, 200);
      });
    }
  });

  describe('what it remembers of requests', () => {
    it('is the headers, the very body, and which key it was', async () => {
      const before = sandbox.stats().requests;
      const body = `${JSON.stringify(invoice(), null, 2)}\r\n`;
      await post(sandbox, body, { 'X-Trace': 'yes' });
      const last = sandbox.received().at(-1);
      assert.ok(last);
      const { headers, ...rest } = last;
      assert.deepEqual(rest, {
        method: 'POST',
        path: '/api/v1/create-invoice',
        search: '',
        key: 'sandbox_active',
        body,
      });
      assert.equal(headers['content-type'], 'application/json');
      assert.equal(headers['x-trace'], 'yes');
      assert.equal(sandbox.stats().requests, before + 1);
    });

    it('is no key that it does not know', async () => {
      const secret = 'live-key-that-went-astray';
      await get(sandbox, '/currencies?a=%20b', {
        'X-Api-Key': secret,
        Authorization: secret,
        Cookie: secret,
      });
      const last = sandbox.received().at(-1);
      assert.equal(last?.key, 'other');
      assert.equal(last.search, '?a=%20b');
      assert.equal(JSON.stringify(sandbox.received()).includes(secret), false);
      await get(sandbox, '/currencies', {});
      assert.equal(sandbox.received().at(-1)?.key, 'none');
    });

    it('is bounded', async () => {
      for (let sent = 0; sent < 210; sent += 1) await get(sandbox, `/currencies?n=${sent}`);
      const searches = sandbox.received().map(({ search }) => search);
      assert.equal(searches.length, 200);
      assert.deepEqual([searches.at(0), searches.at(-1)], ['?n=10', '?n=209']);
    });
  });
});
