import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { assertRefused, call, get, invoice, json, post } from './sandboxClient';
import { chosen, type Pending, pending, submit } from './sandboxPaymentClient';

describe('a payment in the sandbox', function () {
  this.timeout(20_000);
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.stop());

  const outcomeOf = ({ id }: Pending) => sandbox.delivery(id)?.event;
  const publicPath = ({ id }: Pending, name: string) => `${sandbox.baseUrl}/public/invoice/${id}/${name}`;
  const sendJson = (url: string, body: unknown = {}, headers: Record<string, string> = {}) =>
    call(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  describe('by the forms of its page', () => {
    const ends: [
      title: string,
      start: typeof pending,
      action: string,
      fields: Record<string, string>,
      event: object,
    ][] = [
      [
        'is paid',
        chosen,
        'pay',
        {},
        { status: 'success', is_adjusted: false, rate_usd: '41.35', reason: null },
      ],
      [
        'is paid with another amount',
        chosen,
        'pay',
        { amount: ' 1400.50 ' },
        { status: 'success', is_adjusted: true, adjusted_amount: '1400.50' },
      ],
      [
        'is paid in full where the amount is the same number',
        chosen,
        'pay',
        { amount: '01500' },
        { status: 'success', is_adjusted: false, adjusted_amount: null },
      ],
      ['fails', chosen, 'fail', {}, { status: 'fail', sub_status: 'payment_failed' }],
      ['is canceled', chosen, 'cancel', {}, { status: 'canceled', reason: null }],
      ['is canceled before', pending, 'cancel', {}, { status: 'canceled', sub_status: null, rate_usd: null }],
      ['expires', chosen, 'expire', {}, { status: 'expired', reason: null }],
      [
        'expires before',
        pending,
        'expire',
        {},
        { status: 'expired', sub_status: null, reason: 'expired_before_method_selected' },
      ],
    ];
    for (const [title, start, action, fields, expected] of ends) {
      it(`${title}, once and for all`, async () => {
        const payment = await start(sandbox);
        const answer = await submit(payment, action, fields);
        assert.deepEqual([answer.status, answer.headers.location], [303, 'return']);
        const event = outcomeOf(payment);
        assert.ok(event);
        assert.deepEqual({ ...event, ...expected }, event);
        assert.deepEqual([event.order_id, event.external_id], [payment.id, payment.externalId]);
        for (const again of ['pay', 'fail', 'cancel', 'expire', 'method']) {
          const refused = await submit(payment, again, { method: 'uah_card' });
          assert.deepEqual(
            [refused.status, refused.headers.location],
            [303, `../${payment.id}?refused=ended`],
          );
        }
        const { text } = await call(`${payment.link}?refused=ended`);
        assert.match(text, /role="alert"[^<]*>This payment has already ended/);
        assert.equal(outcomeOf(payment), event);
      });
    }

    for (const amount of ['', '0', '0.00', '-1', '1.234', '1e3', '1,50', 'x', '1'.repeat(16), '１']) {
      it(`is not paid with "${amount}"`, async () => {
        const payment = await chosen(sandbox);
        const { headers } = await submit(payment, 'pay', { amount });
        assert.equal(headers.location, `../${payment.id}?refused=amount`);
        assert.equal(outcomeOf(payment), undefined);
      });
    }

    it('is neither paid nor failed before a method is chosen, nor by a method of another currency', async () => {
      const payment = await pending(sandbox);
      const refused = async (action: string, fields = {}) =>
        (await submit(payment, action, fields)).headers.location?.replace(/.*=/, '');
      for (const action of ['pay', 'fail']) assert.equal(await refused(action), 'no-method');
      for (const method of ['eur_sepa', '', '__proto__'])
        assert.equal(await refused('method', { method }), 'unknown-method');
      assert.equal(outcomeOf(payment), undefined);
    });

    it('has a method in any currency', async () => {
      const payment = await pending(sandbox, { currency_code: 'USD' });
      await submit(payment, 'method', { method: 'sandbox_transfer' });
      await submit(payment, 'pay');
      assert.equal(outcomeOf(payment)?.rate_usd, '1.00');
    });
  });

  describe('and other pages', () => {
    const foreign: [title: string, fields: Record<string, string>, headers: Record<string, string>][] = [
      ['without its token', { token: '' }, {}],
      ['with the token of another invoice', { token: 'other' }, {}],
      ['from another site', {}, { 'Sec-Fetch-Site': 'cross-site' }],
      ['from another port of this machine', {}, { 'Sec-Fetch-Site': 'same-site' }],
      ['from another origin, in an old browser', {}, { 'Sec-Fetch-Site': '', Origin: 'http://127.0.0.1:1' }],
      ['from a page without an origin', {}, { 'Sec-Fetch-Site': '', Origin: 'null' }],
    ];
    for (const [title, fields, headers] of foreign) {
      it(`do nothing ${title}`, async () => {
        const payment = await chosen(sandbox);
        const other = await pending(sandbox);
        const token = fields['token'] === 'other' ? { token: other.token } : fields;
        const sent = Object.fromEntries(
          Object.entries({ 'Sec-Fetch-Site': 'same-origin', ...headers }).filter(([, value]) => value !== ''),
        );
        const { status } = await call(`${payment.link}/pay`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...sent },
          body: new URLSearchParams({ token: payment.token, ...token }).toString(),
        });
        assert.equal(status, 403);
        assert.equal(outcomeOf(payment), undefined);
      });
    }

    it('do nothing by a name that resolves to this machine', async () => {
      const payment = await chosen(sandbox);
      const { status } = await submit(
        payment,
        'pay',
        {},
        { Host: 'evil.example', Origin: 'http://evil.example' },
      );
      assert.equal(status, 403);
      assert.equal(outcomeOf(payment), undefined);
    });

    it('cannot frame it, run a script in it or send its forms elsewhere', async () => {
      const { headers } = await call((await pending(sandbox)).link);
      const policy = headers['content-security-policy'] as string;
      assert.match(
        policy,
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
      );
    });
  });

  describe('shows the texts of an invoice', () => {
    const MARKUP = `"'><script>top.ran=1</script><img src=x onerror=top.ran=1>`;

    it('as texts, before and after its end', async () => {
      const payment = await chosen(sandbox, {
        purpose: MARKUP,
        external_id: `${MARKUP}${Math.random()}`,
        customer_id: MARKUP,
        callback_url: `https://shop.example/?${MARKUP.replaceAll(' ', '')}`,
        success_url: `https://shop.example/?${MARKUP.replaceAll(' ', '')}`,
      });
      const before = await call(payment.link);
      await submit(payment, 'pay');
      const after = await call(payment.link);
      for (const { text } of [before, after]) {
        assert.doesNotMatch(text, /<script|<img/);
        assert.match(text, /&lt;script&gt;/);
      }
    });

    it('leads to the shop by a link, and at once where that is on this machine', async () => {
      const far = await chosen(sandbox);
      await submit(far, 'pay');
      assert.match((await call(far.link)).text, /<a href="https:\/\/shop.example\/thanks" rel="noreferrer">/);
      const back = await call(`${far.link}/return`);
      assert.deepEqual([back.status, back.headers.location], [303, `../${far.id}`]);

      const near = await chosen(sandbox, { fail_url: 'http://localhost:3000/sorry?a=1&b=2' });
      await submit(near, 'cancel');
      const { text } = await call(`${near.link}/return`);
      assert.match(text, /http-equiv="refresh" content="0; url=http:\/\/localhost:3000\/sorry\?a=1&amp;b=2"/);
    });

    it('does not make a link of an address with a user in front of its host', async () => {
      const payment = await chosen(sandbox, { success_url: 'http://localhost@evil.example/' });
      await submit(payment, 'pay');
      const { text } = await call(payment.link);
      assert.match(text, /<code>http:\/\/localhost@evil\.example\/<\/code>/);
      assert.doesNotMatch(text, /href="[^"]*evil/);
      assert.equal((await call(`${payment.link}/return`)).status, 303);
    });

    it('takes no other addresses into an invoice', async () => {
      for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//evil.example'])
        assert.equal((await post(sandbox, invoice({ success_url: url }))).status, 422);
    });
  });

  describe('by the public paths', () => {
    it('lists the methods of the invoice, takes one, and is canceled, without a key, each a guess', async () => {
      const payment = await pending(sandbox);
      const methods = await get(sandbox, `/public/invoice/${payment.id}/payment-methods`, {});
      const { data } = json(methods) as { data: { method_code: string }[] };
      assert.deepEqual(
        data.map(({ method_code }) => method_code),
        ['uah_card', 'uah_iban'],
      );
      const picked = await sendJson(publicPath(payment, 'select-method'), { method_code: 'uah_iban' });
      assert.deepEqual(json(picked), {
        successful: true,
        data: {
          order_id: payment.id,
          external_id: payment.externalId,
          status: 'pending',
          method_code: 'uah_iban',
        },
      });
      const canceled = await sendJson(publicPath(payment, 'cancel'));
      assert.equal((json(canceled) as { data: { status: string } }).data.status, 'canceled');
      assert.equal(outcomeOf(payment)?.sub_status, 'canceled_by_customer');
      for (const { status, headers } of [methods, picked, canceled])
        assert.deepEqual([status, headers['x-sandbox-guess']], [200, 'true']);
      assertRefused(await sendJson(publicPath(payment, 'cancel')), {
        status: 409,
        code: 'INVOICE_NOT_PENDING',
        guess: true,
      });
    });

    it('refuses what is wrong, and what another page asks for', async () => {
      const payment = await pending(sandbox);
      const select = publicPath(payment, 'select-method');
      for (const body of [
        '',
        '{',
        '[]',
        'null',
        '{"method_code":["uah_card"]}',
        '{"method_code":"eur_sepa"}',
      ])
        assert.ok([400, 422].includes((await sendJson(select, body)).status), body);
      const site = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
      assert.equal((await sendJson(publicPath(payment, 'cancel'), {}, site)).status, 403);
      assert.equal((await sendJson(publicPath({ ...payment, id: 'other' }, 'cancel'))).status, 404);
      assert.equal(outcomeOf(payment), undefined);
    });
  });
});
