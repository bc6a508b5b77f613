import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';
import { ACTIVE, call, get, invoice, json, post, type Received } from './sandboxClient';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const GUESS = /\(the sandbox's own guess: the vendor documents no answer for this\)$/;

interface Refusal {
  status: number;
  code: string;
  guess: boolean;
  details?: unknown;
}

/** Proves the envelope member by member and gives its message. */
function assertRefused(answer: Received, { status, code, guess, ...rest }: Refusal): string {
  const { request_id, error, ...others } = json(answer) as {
    request_id: string;
    error: { message: string; details?: unknown };
  };
  const { message, ...about } = error;
  assert.equal(answer.status, status);
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.deepEqual(others, { successful: false });
  assert.match(request_id, UUID);
  assert.deepEqual(
    about,
    'details' in rest || !('details' in error) ? { code, ...rest } : { code, details: {} },
  );
  assert.equal(answer.headers['x-sandbox-guess'], guess ? 'true' : undefined);
  assert.equal(GUESS.test(message), guess, message);
  return message;
}

describe('the sandbox', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.stop());

  it('listens on 127.0.0.1 below /api/v1', () => {
    assert.match(sandbox.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(sandbox.baseUrl, `${sandbox.origin}/api/v1`);
  });

  describe('POST /create-invoice', () => {
    it('answers with the bare documented invoice', async () => {
      const created = sandbox.stats().created;
      const body = invoice();
      const answer = await post(sandbox, body);
      const { invoice_id, payment_link, ...rest } = json(answer) as Record<string, string>;
      assert.equal(answer.status, 201);
      assert.equal(answer.headers['content-type'], 'application/json');
      assert.match(invoice_id ?? '', UUID);
      assert.equal(payment_link, `${sandbox.origin}/pay/${invoice_id ?? ''}`);
      assert.deepEqual(rest, {
        external_id: body['external_id'],
        amount: '1500.00',
        currency: 'UAH',
        status: 'pending',
        customer_id: 'user_12345',
        purpose: 'Premium subscription',
        callback_url: 'https://shop.example/hooks',
      });
      assert.equal(sandbox.stats().created, created + 1);
      assert.equal(sandbox.createdExternalIds().at(-1), body['external_id']);
    });

    it('leaves a purpose out that was not given, and ignores unknown fields', async () => {
      const answer = await post(sandbox, invoice({ purpose: undefined, colour: 'red' }));
      const members = Object.keys(json(answer) as object);
      assert.equal(answer.status, 201);
      assert.equal(members.includes('purpose'), false);
      assert.equal(members.includes('colour'), false);
    });

    it('counts characters as code points', async () => {
      const longest = { customer_id: '😀'.repeat(128), purpose: '😀'.repeat(512) };
      assert.equal((await post(sandbox, invoice(longest))).status, 201);
    });

    for (const amount of ['0', '1', '1.5', '1.50', '0001', '9007199254740993.00', '9'.repeat(60)]) {
      it(`takes the amount ${amount}`, async () => {
        const answer = await post(sandbox, invoice({ amount }));
        assert.equal(answer.status, 201);
        assert.equal((json(answer) as { amount: string }).amount, amount);
      });
    }

    const wrong: [field: string, value: unknown, complaint: string][] = [
      ['amount', undefined, 'is required'],
      ['currency_code', undefined, 'is required'],
      ['customer_id', undefined, 'is required'],
      ['external_id', undefined, 'is required'],
      ['amount', 1500, 'must be a string'],
      ['purpose', null, 'must be a string'],
      ['success_url', ['https://shop.example'], 'must be a string'],
      ...['', '-1', '+1', '1.', '.5', '1.500', '1e3', '1,000', '1 000', '１', '1\n'].map(
        (amount): [string, unknown, string] => [
          'amount',
          amount,
          'must be digits with at most 2 decimal places',
        ],
      ),
      ['currency_code', 'uah', 'must be 3 uppercase letters'],
      ['currency_code', 'UAHH', 'must be 3 uppercase letters'],
      ['customer_id', '', 'must not be empty'],
      ['external_id', '  ', 'must not be empty'],
      ['customer_id', 'x'.repeat(129), 'must have at most 128 characters'],
      ['external_id', '😀'.repeat(129), 'must have at most 128 characters'],
      ['purpose', 'x'.repeat(513), 'must have at most 512 characters'],
      ['callback_url', '', 'must be an absolute http(s) URL'],
      ['success_url', '/thanks', 'must be an absolute http(s) URL'],
      ['fail_url', 'ftp://shop.example', 'must be an absolute http(s) URL'],
      ['fail_url', 'https://', 'must be an absolute http(s) URL'],
    ];
    for (const [field, value, complaint] of wrong) {
      it(`refuses ${field} ${String(value).slice(0, 20)}`, async () => {
        const created = sandbox.stats().created;
        assertRefused(await post(sandbox, invoice({ [field]: value })), {
          status: 422,
          code: 'VALIDATION_ERROR',
          guess: true,
          details: { [field]: [complaint] },
        });
        assert.equal(sandbox.stats().created, created);
      });
    }

    it('complains about every wrong field at once', async () => {
      const answer = await post(sandbox, {});
      const details = (json(answer) as { error: { details: object } }).error.details;
      assert.deepEqual(Object.keys(details), ['amount', 'currency_code', 'customer_id', 'external_id']);
    });

    for (const field of ['callback_url', 'success_url', 'fail_url']) {
      it(`answers as documented where ${field} is left out`, async () => {
        const answer = await post(sandbox, invoice({ [field]: undefined }));
        assertRefused(answer, { status: 422, code: 'MISSING_REQUIRED_URLS', guess: false });
      });
    }

    it('refuses a repeated external_id, and creates nothing', async () => {
      const body = invoice();
      assert.equal((await post(sandbox, body)).status, 201);
      const created = sandbox.stats().created;
      const again = await post(sandbox, invoice({ external_id: body['external_id'] }));
      assertRefused(again, {
        status: 409,
        code: 'EXTERNAL_ID_EXISTS',
        guess: true,
        details: { external_id: ['must be unique'] },
      });
      assert.equal(sandbox.stats().created, created);
    });

    const unread: [what: string, body: string | Uint8Array, status: number, code: string][] = [
      ['nothing', '', 400, 'INVALID_JSON'],
      ['no JSON', '{"amount":', 400, 'INVALID_JSON'],
      ['a trailing comma', '{"amount":"1",}', 400, 'INVALID_JSON'],
      ['a byte order mark', '\uFEFF{}', 400, 'INVALID_JSON'],
      ['broken UTF-8', Uint8Array.from([0x22, 0xff, 0x22]), 400, 'INVALID_JSON'],
      ['very deep JSON', '['.repeat(900_000), 400, 'INVALID_JSON'],
      ['an array', '[{}]', 422, 'VALIDATION_ERROR'],
      ['null', 'null', 422, 'VALIDATION_ERROR'],
      ['a string', '"invoice"', 422, 'VALIDATION_ERROR'],
    ];
    for (const [what, body, status, code] of unread) {
      it(`refuses ${what} as a body`, async () => {
        assertRefused(await post(sandbox, body), { status, code, guess: true });
      });
    }

    const types: [headers: Record<string, string>, status: number][] = [
      [{ 'Content-Type': 'text/plain' }, 415],
      [{ 'Content-Type': '' }, 415],
      [{ 'Content-Encoding': 'gzip' }, 415],
      [{ 'Content-Type': 'Application/JSON; charset=utf-8' }, 201],
    ];
    for (const [headers, status] of types) {
      it(`answers ${JSON.stringify(headers)} with ${status}`, async () => {
        assert.equal((await post(sandbox, invoice(), headers)).status, status);
      });
    }
  });

  describe('GET /payment-methods', () => {
    interface Method {
      currency: { code: string };
      logo_url: string | null;
    }
    const list = async (path: string) => {
      const answer = await get(sandbox, path);
      assert.equal(answer.status, 200);
      const { data, ...others } = json(answer) as { data: Method[] };
      assert.deepEqual(others, { successful: true });
      return data;
    };

    it('lists the documented members, with a logo and without', async () => {
      const data = await list('/payment-methods');
      for (const method of data) {
        assert.equal(
          Object.keys(method).join(' '),
          'name method_code min_sum max_sum logo_url payment_time currency ' +
            'max_commission client_commission merchant_commission',
        );
        assert.deepEqual(Object.keys(method.currency), ['code', 'name', 'symbol']);
      }
      assert.deepEqual(new Set(data.map(({ logo_url }) => logo_url === null)), new Set([true, false]));
    });

    it('takes the currency in any case', async () => {
      const upper = await list('/payment-methods?currency=UAH');
      assert.deepEqual(
        upper.map(({ currency }) => currency.code),
        ['UAH', 'UAH'],
      );
      assert.deepEqual(await list('/payment-methods?currency=uAh'), upper);
      assert.deepEqual(await list('/payment-methods?currency=XYZ'), []);
    });
  });

  it('GET /currencies lists the documented members', async () => {
    const answer = await get(sandbox, '/currencies');
    const { data, ...others } = json(answer) as { data: { rate: string }[] };
    assert.equal(answer.status, 200);
    assert.deepEqual(others, { successful: true });
    assert.ok(data.length > 1);
    for (const currency of data) {
      assert.equal(Object.keys(currency).join(' '), 'currency decimal symbol name rate');
      assert.match(currency.rate, /^\d+\.\d\d$/);
    }
  });

  describe('GET /withdrawals', () => {
    interface Item {
      withdraw_uuid: string;
      status: string;
      created_at: string;
    }
    const list = async (query: string) => {
      const answer = await get(sandbox, `/withdrawals${query}`);
      assert.equal(answer.status, 200);
      const { data, successful, ...page } = json(answer) as { data: Item[]; successful: true };
      assert.equal(successful, true);
      return { data, page };
    };

    it('gives 20 a page, newest first', async () => {
      const { data, page } = await list('');
      assert.deepEqual(page, { page: 1, per_page: 20, total: 45, total_pages: 3 });
      assert.equal(data.length, 20);
      const times = data.map(({ created_at }) => Date.parse(created_at));
      assert.deepEqual(
        times,
        [...times].sort((a, b) => b - a),
      );
    });

    it('gives every withdrawal once over the pages', async () => {
      const pages = await Promise.all([1, 2, 3, 4].map((page) => list(`?page=${page}`)));
      assert.deepEqual(
        pages.map(({ data }) => data.length),
        [20, 20, 5, 0],
      );
      const all = pages.flatMap(({ data }) => data);
      assert.equal(new Set(all.map(({ withdraw_uuid }) => withdraw_uuid)).size, 45);
      const oldestFirst = await list('?order=asc&per_page=500');
      assert.deepEqual(oldestFirst.data, all.reverse());
      assert.deepEqual(oldestFirst.page, { page: 1, per_page: 500, total: 45, total_pages: 1 });
    });

    for (const status of ['pending', 'success', 'failed', 'cancelled']) {
      it(`filters by ${status}`, async () => {
        const { data, page } = await list(`?status=${status}&per_page=500`);
        assert.ok(data.length > 5);
        assert.equal(data.length, page['total' as keyof typeof page]);
        assert.deepEqual(new Set(data.map((item) => item.status)), new Set([status]));
      });
    }

    it('has the documented members, and those that may be left out with some only', async () => {
      const { data } = await list('?per_page=500');
      const always =
        'withdraw_uuid withdrawal_method_id address amount network_fee amount_to_receive status created_at updated_at';
      const sometimes = 'address_memo substatus external_tx_id processed_at';
      for (const member of always.split(' '))
        assert.ok(
          data.every((item) => member in item),
          member,
        );
      for (const member of sometimes.split(' ')) {
        const having = data.filter((item) => member in item).length;
        assert.ok(having > 0 && having < data.length, member);
      }
      const known = new Set(`${always} ${sometimes}`.split(' '));
      assert.ok(data.flatMap((item) => Object.keys(item)).every((member) => known.has(member)));
    });

    for (const query of [
      'page=0',
      'page=x',
      'page=',
      'page=1.5',
      'page=99999999999',
      'per_page=0',
      'per_page=501',
      'status=canceled',
      'order=up',
    ]) {
      it(`refuses ${query}`, async () => {
        const answer = await get(sandbox, `/withdrawals?${query}`);
        const { details } = (json(answer) as { error: { details: object } }).error;
        assertRefused(answer, { status: 422, code: 'VALIDATION_ERROR', guess: true, details });
        assert.deepEqual(Object.keys(details), [query.split('=', 1)[0]]);
      });
    }

    it('gives one by its uuid', async () => {
      const { data } = await list('?per_page=1');
      const answer = await get(sandbox, `/withdrawals/${data[0]?.withdraw_uuid ?? ''}`);
      assert.equal(answer.status, 200);
      assert.deepEqual(json(answer), { successful: true, data: data[0] });
    });

    for (const uuid of ['00000000-0000-4000-8000-999999999999', 'nonsense', '%zz', '..%2f']) {
      it(`knows no withdrawal ${uuid}`, async () => {
        const answer = await get(sandbox, `/withdrawals/${uuid}`);
        assertRefused(answer, { status: 404, code: 'WITHDRAWAL_NOT_FOUND', guess: true });
      });
    }
  });

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

    it('get a request_id of its own with each refusal', async () => {
      const ids = await Promise.all(
        [1, 2, 3].map(
          async () => (json(await get(sandbox, '/currencies', {})) as { request_id: string }).request_id,
        ),
      );
      assert.equal(new Set(ids).size, 3);
    });
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

  describe('pages', () => {
    it('show an invoice behind its payment_link, without a key and without running it', async () => {
      const markup = '<script>alert("1")</script>';
      const created = json(await post(sandbox, invoice({ purpose: markup, amount: '77.70' })));
      const answer = await call((created as { payment_link: string }).payment_link);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
      assert.match(answer.headers['content-security-policy']?.toString() ?? '', /default-src 'none'/);
      assert.match(answer.text, /77\.70 UAH/);
      assert.equal(answer.text.includes('<script'), false);
      assert.ok(answer.text.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'));
    });

    it('know no other invoice', async () => {
      const answer = await call(`${sandbox.origin}/pay/f47ac10b-58cc-4372-a567-0e02b2c3d479`);
      assert.equal(answer.status, 404);
    });

    it('say at the root what this is', async () => {
      const answer = await call(`${sandbox.origin}/`);
      assert.equal(answer.status, 200);
      for (const word of [sandbox.baseUrl, 'sandbox_active', 'sandbox_not_active', 'fault_html_502']) {
        assert.ok(answer.text.includes(word), word);
      }
    });
  });

  describe('paths, methods and hosts', () => {
    for (const path of [
      '/',
      '/createinvoice',
      '/create-invoice/',
      '/public/invoice/1/cancel',
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
      '',
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

    for (const host of ['localhost', 'LOCALHOST:1', '127.0.0.1:65535', '127.1.2.3', '[::1]:8080']) {
      it(`takes the host ${host}`, async () => {
        assert.equal((await get(sandbox, '/currencies', { ...ACTIVE, Host: host })).status, 200);
      });
    }
  });
});
