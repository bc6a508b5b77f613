import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';
import { assertRefused, call, invoice, json, post, UUID } from './sandboxClient';

describe('the sandbox and invoices', function () {
  this.timeout(20_000);
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
      ['fail_url', 'https://shop.example:99999', 'must be an absolute http(s) URL'],
      ['fail_url', 'https://shop.example/a b', 'must be an absolute http(s) URL'],
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
      ['very deep JSON', '['.repeat(300_000), 400, 'INVALID_JSON'],
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

  describe('pages', () => {
    it('show an invoice behind its payment_link, without a key and without running it', async () => {
      const markup = '<script>alert("1")</script>';
      const created = json(await post(sandbox, invoice({ purpose: markup, amount: '77.70' })));
      const answer = await call((created as { payment_link: string }).payment_link);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
      assert.match(answer.text, /77\.70 UAH/);
      assert.equal(answer.text.includes('<script'), false);
      assert.ok(answer.text.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'));
    });

    it('may use the style they carry, and nothing else', async () => {
      const { headers, text } = await call(`${sandbox.origin}/`);
      const style = /<style>(.*)<\/style>/s.exec(text)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      assert.equal(
        headers['content-security-policy'],
        `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      );
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
});
