import assert from 'node:assert/strict';
import type { ReportedProblem } from '../../src/core/report/report';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';
import { request } from '../support/requests';
import { jsonAnswer, startScriptedServer } from '../support/scriptedServer';
import { shownAt, Sending, sentProblem } from '../support/sending';

const MAY_HAVE_BEEN_CREATED = /may have been created/;

/** What each fault of the sandbox comes to. */
const FAULTS: Record<
  string,
  { outcome: string; code: string; status?: number; retryable?: true; creates?: true; unclear?: true }
> = {
  html_502: { outcome: 'unexpected', code: 'http-502', status: 502, unclear: true },
  empty_500: { outcome: 'unexpected', code: 'http-500', status: 500, unclear: true },
  not_json: { outcome: 'unexpected', code: 'not-json', status: 200, unclear: true },
  cut_json: { outcome: 'unexpected', code: 'not-json', status: 201, creates: true, unclear: true },
  not_invoice: { outcome: 'unexpected', code: 'not-an-invoice', status: 200, unclear: true },
  envelope_200: { outcome: 'unexpected', code: 'RATES_UNAVAILABLE', status: 200, unclear: true },
  wrong_types: { outcome: 'unexpected', code: 'http-422', status: 422 },
  redirect: { outcome: 'unexpected', code: 'redirect', status: 307 },
  truncated: { outcome: 'unanswered', code: 'truncated', status: 201, creates: true, unclear: true },
  flood: { outcome: 'unanswered', code: 'truncated', status: 200, unclear: true },
  reset: { outcome: 'unanswered', code: 'connection', unclear: true },
  slow: { outcome: 'unanswered', code: 'timeout', creates: true, unclear: true },
  unknown_code: { outcome: 'rejected', code: 'LIMIT_EXCEEDED_FOR_TODAY', status: 422 },
  rate_limited: { outcome: 'rejected', code: 'TOO_MANY_REQUESTS', status: 429, retryable: true },
  rates_unavailable: { outcome: 'rejected', code: 'RATES_UNAVAILABLE', status: 503, retryable: true },
  rates_invalid: { outcome: 'rejected', code: 'RATES_INVALID', status: 503, retryable: true },
  rate_invalid: { outcome: 'rejected', code: 'RATE_INVALID', status: 422 },
  rate_not_found: { outcome: 'rejected', code: 'RATE_NOT_FOUND', status: 404 },
};

describe('a send to the sandbox', function () {
  this.timeout(20_000);
  let sandbox: Sandbox;
  let sending: Sending;
  beforeEach(async () => {
    sandbox = await startSandbox();
    sending = new Sending(sandbox.baseUrl);
  });
  afterEach(async () => {
    sending.dispose();
    await sandbox.stop();
  });

  const assertNothingSent = () => assert.equal(sandbox.stats().requests, 0);

  for (const environment of ['sandbox', 'dev', 'staging', 'prod'] as const) {
    it(`creates an invoice as ${environment}`, async () => {
      const text = request({ purpose: '"Ð€ĳ"' });
      const report = await sending.sendOne(text, environment);
      const { invoice, durationMs = 0, at, ...others } = report;
      assert.deepEqual(others, {
        file: '/orders/0.invoice.json',
        index: 0,
        environment,
        origin: sandbox.origin,
        outcome: 'created',
        status: 201,
        body: text,
        problems: [],
      });
      assert.ok(durationMs > 0);
      assert.ok(Math.abs(Date.now() - Date.parse(at)) < 60_000, at);
      assert.deepEqual(sandbox.createdExternalIds(), ['order-1']);
      assert.deepEqual(
        [invoice?.['external_id'], invoice?.['amount'], invoice?.['currency'], invoice?.['purpose']],
        ['order-1', '1500.00', 'UAH', 'Ð€ĳ'],
      );
      assert.equal(sandbox.received()[0]?.body, text);
    });
  }

  describe('with a key that is refused', () => {
    for (const [key, status, code] of [
      ['sandbox_revoked', 403, 'API_KEY_INVALID'],
      ['no key of the sandbox', 403, 'API_KEY_INVALID'],
      ['sandbox_owner_blocked', 403, 'OWNER_BLOCKED'],
      ['sandbox_merchant_blocked', 403, 'MERCHANT_BLOCKED'],
      ['sandbox_not_active', 403, 'MERCHANT_NOT_ACTIVE'],
      [undefined, 401, 'API_KEY_MISSING'],
    ] as const) {
      it(`${key ?? 'none at all'} gives ${code} at the request`, async () => {
        sending.giveKey('sandbox', key);
        const text = request();
        const report = await sending.sendOne(text, 'sandbox');
        assert.deepEqual([report.outcome, report.status], ['rejected', status]);
        assert.equal(report.error?.code, code);
        assert.match(report.requestId ?? '', /^[0-9a-f-]{36}$/);
        const problem = sentProblem(report);
        assert.deepEqual(
          [problem.code, problem.severity, problem.pointer, problem.docs],
          [code, 'error', '', 'https://docs.ecca-ex.com/authentication'],
        );
        assert.equal(shownAt(text, problem), '{');
        assert.ok(problem.message.length > 0 && problem.guidance.length > 0);
        assert.deepEqual([problem.retryable, sandbox.stats().created], [false, 0]);
      });
    }
  });

  describe('without URLs', () => {
    const missing = (names: readonly string[]) =>
      request(Object.fromEntries(names.map((name) => [name, undefined])));

    for (const names of [['callback_url', 'success_url', 'fail_url'], ['fail_url']]) {
      it(`names ${names.join(', ')}`, async () => {
        const report = await sending.sendOne(missing(names));
        const problem = sentProblem(report);
        assert.deepEqual(
          [report.outcome, report.status, problem.code, problem.pointer, problem.fixes[0]],
          ['rejected', 422, 'MISSING_REQUIRED_URLS', '', 'add-urls'],
        );
        const sentence = problem.message.split('. The API says')[0] ?? '';
        for (const name of ['callback_url', 'success_url', 'fail_url'])
          assert.equal(sentence.includes(name), names.includes(name), sentence);
      });
    }
  });

  describe('that goes wrong', () => {
    for (const [name, { outcome, code, status, retryable, creates, unclear }] of Object.entries(FAULTS)) {
      it(`with ${name} is ${outcome}: ${code}`, async () => {
        sending.timeoutSeconds = name === 'slow' ? 3 : 10;
        const text = request({ customer_id: `"fault_${name}"` });
        const report = await sending.sendOne(text);
        const problem: ReportedProblem = sentProblem(report);
        assert.deepEqual([report.outcome, report.status, problem.code], [outcome, status, code]);
        assert.equal(problem.retryable, retryable === true);
        assert.equal(problem.pointer, '');
        assert.equal(MAY_HAVE_BEEN_CREATED.test(problem.guidance.join('\n')), unclear === true);
        assert.equal(report.error !== undefined, /^[A-Z]/.test(code));
        assert.equal(report.body, text);
        assert.deepEqual([sandbox.stats().requests, sandbox.stats().created], [1, creates ? 1 : 0]);
      });
    }

    it('because its external_id was used before is shown at that', async () => {
      const text = request();
      await sending.sendOne(text);
      const problem = sentProblem(await sending.sendOne(text));
      assert.deepEqual([problem.code, problem.pointer], ['EXTERNAL_ID_EXISTS', '/external_id']);
      assert.equal(shownAt(text, problem), '"order-1"');
    });
  });

  it('whose answer is large has what is documented of it in the report, and the beginning of the rest', async () => {
    const further = Array.from({ length: 20_000 }, (_, place) => [`key-${place}`, 'v'.repeat(40)] as const);
    const link = `https://pay.example/${'x'.repeat(2000)}`;
    const invoice = { ...Object.fromEntries(further), invoice_id: 'i-1', payment_link: link };
    const server = await startScriptedServer(jsonAnswer(201, invoice));
    const elsewhere = new Sending(server.baseUrl);
    try {
      const report = await elsewhere.sendOne(request());
      assert.equal(report.outcome, 'created');
      assert.deepEqual(report.invoice, {
        ...Object.fromEntries(further.slice(0, 50)),
        invoice_id: 'i-1',
        payment_link: link,
      });
    } finally {
      elsewhere.dispose();
      await server.stop();
    }
  });

  describe('that must not leave', () => {
    it('is invalid with errors in the document', async () => {
      const text = request({ amount: '"15,00"' });
      const report = await sending.sendOne(text);
      assert.deepEqual([report.outcome, report.origin, report.body], ['invalid', undefined, undefined]);
      const [problem] = report.problems;
      assert.ok(problem);
      assert.deepEqual(
        [problem.code, problem.source, problem.pointer],
        ['amount-format', 'document', '/amount'],
      );
      assert.equal(shownAt(text, problem), '"15,00"');
      assertNothingSent();
    });

    it('is invalid with the key in the document', async () => {
      sending.giveKey('dev', 'live_0123456789abcdef');
      const report = await sending.sendOne(request({ purpose: '"with live_0123456789abcdef"' }));
      assert.deepEqual([report.outcome, report.problems[0]?.code], ['invalid', 'key-in-file']);
      assertNothingSent();
    });

    it('is created with a key of the sandbox in it, which is no secret', async () => {
      const report = await sending.sendOne(request({ purpose: '"with sandbox_active"' }));
      assert.deepEqual([report.outcome, report.problems], ['created', []]);
    });

    const obstacles: Record<string, (sending: Sending) => void> = {
      'key-absent': ({ keys }) => keys.clear(),
      'key-unreadable': ({ keys }) => keys.set('prod', { state: 'unreadable' }),
      'key-other-origin': (it) => it.giveKey('prod', 'sandbox_active', 'https://api.ecca-ex.com'),
      'untrusted-workspace': (it) => (it.isTrusted = false),
    };
    for (const [code, obstruct] of Object.entries(obstacles)) {
      it(`is blocked: ${code}`, async () => {
        obstruct(sending);
        const report = await sending.sendOne(request(), 'prod');
        assert.deepEqual([report.outcome, sentProblem(report).code], ['blocked', code]);
        assert.equal(report.durationMs ?? report.status ?? report.body, undefined);
        assertNothingSent();
      });
    }

    for (const change of [
      (url: string) => url.replace('http://127.0.0.1', 'http://shop.example'),
      (url: string) => url.replace('http:', 'ftp:'),
      (url: string) => url.replace('//', '//user:secret@'),
      (url: string) => `${url}?key=1`,
      () => 'nonsense',
    ]) {
      it(`is blocked: url-unsafe, with ${change('http://127.0.0.1/api')}`, async () => {
        sending.baseUrl = change(sandbox.baseUrl);
        const report = await sending.sendOne(request());
        assert.deepEqual([report.outcome, sentProblem(report).code], ['blocked', 'url-unsafe']);
        assert.ok(!JSON.stringify(report).includes('secret'));
        assertNothingSent();
      });
    }

    it('is blocked where the server is down, and can be repeated', async () => {
      await sandbox.stop();
      const report = await sending.sendOne(request());
      const problem = sentProblem(report);
      assert.deepEqual([report.outcome, problem.code, problem.retryable], ['blocked', 'connection', true]);
      assert.match(problem.message, /ECONNREFUSED.*Nothing was sent/);
    });
  });

  it('says how much goes where before it leaves', async () => {
    const asked: unknown[] = [];
    sending.confirm = (summary) => asked.push(summary) > 0;
    const texts = ['"0.10"', '"0.20"'].map((amount, i) => request({ amount, external_id: `"${i}"` }));
    await sending.send([...texts, request({ currency_code: '"EUR"', external_id: '"e"' })], 'prod');
    const totals = [
      { currency: 'UAH', amount: '0.30' },
      { currency: 'EUR', amount: '1500.00' },
    ];
    const { host } = new URL(sandbox.origin);
    const cautions = [{ kind: 'same-key', environments: ['dev', 'staging'] }];
    assert.deepEqual(asked, [
      { environment: 'prod', host, count: 3, isReal: true, totals, outside: [], cautions },
    ]);
  });
});
