import assert from 'node:assert/strict';
import fc from 'fast-check';
import { classify, type Answer } from '../../../../src/core/response/answer';
import { isTooDeep } from '../../../../src/core/json';
import { problemsOf } from '../../../../src/core/response/problems';
import { request, sent } from '../../../support/requests';
import { codeUnits } from '../../../support/arbitraryTexts';

const INVOICE = { invoice_id: 'i-1', payment_link: 'https://pay.example/i-1', amount: '1.00', further: [1] };
const ENVELOPE = { successful: false, request_id: 'r-1', error: { code: 'X', message: 'no', details: {} } };

const kindOf = (status: number, body: unknown, location?: string): Answer['kind'] =>
  classify({ status, location, body: typeof body === 'string' ? body : JSON.stringify(body) }, (text) => text)
    .kind;

describe('an answer', () => {
  const cases: readonly (readonly [
    name: string,
    kind: Answer['kind'],
    status: number,
    body: unknown,
    location?: string,
  ])[] = [
    ['an invoice with 201', 'invoice', 201, INVOICE],
    ['an invoice with 200', 'invoice', 200, INVOICE],
    ['an invoice after a byte order mark', 'invoice', 200, `\ufeff ${JSON.stringify(INVOICE)}\r\n`],
    ['an invoice with nothing but id and link', 'invoice', 299, { invoice_id: 'a', payment_link: 'b' }],
    ['an invoice that claims to be successful', 'invoice', 200, { ...INVOICE, successful: true }],
    ['an invoice with a Location', 'invoice', 201, INVOICE, '/invoices/1'],
    ['an invoice with an error status', 'http-status', 400, INVOICE],
    ['an invoice without a link', 'not-an-invoice', 200, { invoice_id: 'a' }],
    ['an invoice with an empty id', 'not-an-invoice', 200, { ...INVOICE, invoice_id: '' }],
    ['an invoice with a number as its id', 'not-an-invoice', 200, { ...INVOICE, invoice_id: 5 }],
    ['an invoice as the data of a success', 'invoice', 200, { successful: true, data: INVOICE }],
    ['an invoice as the data of nothing', 'not-an-invoice', 200, { data: INVOICE }],
    ['an invoice as the data of a failure', 'not-an-invoice', 200, { successful: false, data: INVOICE }],
    ['a list of invoices', 'not-an-invoice', 200, [INVOICE]],
    ['an invoice behind __proto__', 'not-an-invoice', 200, `{"__proto__": ${JSON.stringify(INVOICE)}}`],
    ['null', 'not-an-invoice', 200, 'null'],
    ['a text', 'not-an-invoice', 200, '"created"'],

    ['an envelope', 'envelope', 422, ENVELOPE],
    ['an envelope with 200', 'envelope', 200, ENVELOPE],
    ['an envelope with a 3xx and no Location', 'envelope', 304, ENVELOPE],
    [
      'an envelope without message, details and id',
      'envelope',
      500,
      { successful: false, error: { code: 'X' } },
    ],
    [
      'an envelope with details that are no object',
      'envelope',
      422,
      { successful: false, error: { code: 'X', details: 'd' } },
    ],
    ['an envelope with a number as its code', 'envelope', 422, { successful: false, error: { code: 5 } }],
    ['an envelope with no word of success', 'envelope', 409, { error: { code: 1001, message: 'taken' } }],
    ['the error of a gateway', 'http-status', 502, { error: { code: 502, message: 'Bad Gateway' } }],
    ['an error of no status', 'not-an-invoice', 200, { error: { code: 1001, message: 'taken' } }],
    [
      'an envelope with an object as its code',
      'http-status',
      422,
      { successful: false, error: { code: {} } },
    ],
    ['an envelope with a blank code', 'http-status', 422, { successful: false, error: { code: ' ' } }],
    ['an envelope without error', 'http-status', 422, { successful: false }],
    ['an envelope whose error is a list', 'http-status', 422, { successful: false, error: [ENVELOPE.error] }],
    ['an envelope that is successful', 'http-status', 422, { ...ENVELOPE, successful: true }],
    ['an envelope that is "false"', 'http-status', 422, { ...ENVELOPE, successful: 'false' }],
    ['an envelope behind __proto__', 'http-status', 422, `{"__proto__": ${JSON.stringify(ENVELOPE)}}`],

    ['a redirect', 'redirect', 302, '', 'https://login.example'],
    ['a redirect that looks like an invoice', 'redirect', 307, INVOICE, '/'],
    ['a redirect to nowhere', 'http-status', 302, ''],
    ['HTML with 502', 'http-status', 502, '<html>Bad Gateway</html>'],
    ['nothing with 500', 'http-status', 500, ''],
    ['JSON of another kind with 404', 'http-status', 404, { message: 'no route' }],
    ['HTML with 200', 'not-json', 200, '<html>'],
    ['nothing with 204', 'not-json', 204, ''],
    ['half an invoice', 'not-json', 200, JSON.stringify(INVOICE).slice(0, -3)],
    ['JSON with a comment', 'not-json', 200, `/**/${JSON.stringify(INVOICE)}`],
    ['JSON nested 257 deep', 'not-json', 200, `${'['.repeat(257)}${']'.repeat(257)}`],
    ['JSON nested a million deep', 'not-json', 200, '[{"a":'.repeat(500_000)],
    [
      'an envelope nested too deep',
      'http-status',
      422,
      `{"successful":false,"error":{"code":"X","details":${'['.repeat(300)}${']'.repeat(300)}}}`,
    ],
    ['ten million braces in a text', 'not-an-invoice', 200, JSON.stringify('{['.repeat(5_000_000))],
  ];
  for (const [name, kind, status, body, location] of cases)
    it(`${name} is ${kind}`, () => assert.equal(kindOf(status, body, location), kind));

  it('is kept as it came, further fields and names such as __proto__ included', () => {
    const body =
      '{"__proto__": {"a": 1}, "constructor": 2, "invoice_id": "i", "payment_link": "p", "n": 1.50}';
    const answer = classify({ status: 200, location: undefined, body }, (text) => text);
    assert.ok(answer.kind === 'invoice');
    assert.deepEqual(answer.invoice, { ...(JSON.parse(body) as object), n: '1.50' });
    assert.equal(Object.getPrototypeOf(answer.invoice), Object.prototype);
    assert.ok(Object.hasOwn(answer.invoice, '__proto__'));
  });

  it('has each number to the digit: as it is, where JavaScript writes it so, else as a text', () => {
    const numbers = [
      '0',
      '-1',
      '1.5',
      '1e21',
      '9007199254740993',
      '1.10',
      '1E2',
      '-0',
      '0.1000000000000000055',
    ];
    const body = `{"invoice_id":"9007199254740993","payment_link":"1.10 \\" 1.10","n":[${numbers.join(' , ')}]}`;
    const answer = classify({ status: 200, location: undefined, body }, (text) => text);
    assert.ok(answer.kind === 'invoice');
    assert.deepEqual(answer.invoice, {
      invoice_id: '9007199254740993',
      payment_link: '1.10 " 1.10',
      n: [0, -1, 1.5, '1e21', '9007199254740993', '1.10', '1E2', '-0', '0.1000000000000000055'],
    });
  });

  it('that is any JSON has all else as JSON.parse has it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(3), (value, space) => {
        const json = JSON.stringify({ invoice_id: 'i', payment_link: 'p', value }, undefined, space);
        const answer = classify({ status: 200, location: undefined, body: json }, (text) => text);
        assert.ok(answer.kind === 'invoice');
        assert.deepEqual(answer.invoice, JSON.parse(json));
      }),
    );
  });

  it('is decoded as far as it can be relied on', () => {
    const decode = (envelope: unknown) => {
      const answer = classify(
        { status: 400, location: undefined, body: JSON.stringify(envelope) },
        (text) => text,
      );
      return answer.kind === 'envelope' ? answer.envelope : answer.kind;
    };
    assert.deepEqual(decode(ENVELOPE), { requestId: 'r-1', error: ENVELOPE.error });
    assert.deepEqual(decode({ ...ENVELOPE, request_id: 5, error: { code: 'X', message: ['a'] } }), {
      requestId: undefined,
      error: { code: 'X', message: '' },
    });
    assert.deepEqual(
      decode({ ...ENVELOPE, request_id: '', error: { code: 'X', message: 'm', details: null } }),
      {
        requestId: undefined,
        error: { code: 'X', message: 'm', details: null },
      },
    );
  });

  it('never breaks whoever reads it', function () {
    this.timeout(0);
    const { document, request: own } = sent(request());
    const hostile = fc.oneof(
      fc.constantFrom(
        'amount',
        '/amount',
        'body.amount',
        '',
        'x',
        '__proto__',
        'toString',
        'errors',
        'field',
        'message',
        'path',
      ),
      fc.string(),
    );
    const details = fc.jsonValue({ maxDepth: 6 }).chain(
      (value) =>
        fc.letrec<{ node: unknown }>((tie) => ({
          node: fc.oneof(
            { maxDepth: 4 },
            fc.constant(value),
            hostile,
            fc.integer(),
            fc.array(tie('node'), { maxLength: 4 }),
            fc.dictionary(hostile, tie('node'), { maxKeys: 4 }),
          ),
        })).node,
    );
    const body = fc.oneof(
      codeUnits(),
      details.map((value) => JSON.stringify(value)),
      fc
        .tuple(hostile, hostile, details)
        .map(([code, message, given]) =>
          JSON.stringify({ successful: false, error: { code, message, details: given } }),
        ),
    );
    fc.assert(
      fc.property(
        body,
        fc.constantFrom(200, 302, 400, 403, 409, 422, 500),
        fc.boolean(),
        (text, status, redirects) => {
          const raw = { status, location: redirects ? text : undefined, body: text };
          const answer = classify(raw, (one) => one.toUpperCase());
          const problems = problemsOf(answer, raw, { document, request: own, pointer: own.pointer });
          assert.equal(problems.length === 0, answer.kind === 'invoice');
          for (const { pointer } of problems) assert.ok(pointer === '' || pointer.startsWith('/'), pointer);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the texts that are kept of an answer', () => {
  const redact = (text: string) => text.replaceAll('secret', '••••');
  const kept = (status: number, body: unknown) =>
    classify({ status, location: undefined, body: JSON.stringify(body) }, redact);

  it('are redacted in values, keys, lists, codes and ids', () => {
    const all = [
      kept(200, {
        invoice_id: 'secret',
        payment_link: 'a secret',
        secret: { secret: ['secret', { x: 'secret' }] },
      }),
      kept(403, {
        successful: false,
        request_id: 'secret',
        error: { code: 'secret', message: 'your key secret', details: { secret: ['secret'] } },
      }),
    ];
    for (const answer of all) {
      const text = JSON.stringify(answer);
      assert.ok(!text.includes('secret'), text);
      assert.ok(text.includes('••••'));
    }
  });

  it('are redacted where the server escapes them', () => {
    const body = '{"invoice_id": "\\u0073ecret", "payment_link": "secr\\u0065t"}';
    const answer = classify({ status: 200, location: undefined, body }, redact);
    assert.deepEqual(answer, { kind: 'invoice', invoice: { invoice_id: '••••', payment_link: '••••' } });
  });

  it('are none of a body that is not JSON', () => {
    assert.deepEqual(classify({ status: 200, location: undefined, body: 'secret' }, redact), {
      kind: 'not-json',
    });
  });
});

describe('the depth of a JSON text', () => {
  it('is that of its brackets, those in texts left out', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    assert.equal(isTooDeep(nested(256)), false);
    assert.equal(isTooDeep(nested(257)), true);
    assert.equal(isTooDeep(`["${'['.repeat(300)}\\"${'{'.repeat(300)}\\\\"]`), false);
    assert.equal(isTooDeep(`["\\\\", ${nested(256)}]`), true);
    assert.equal(isTooDeep(`[${'{},'.repeat(1000)}1]`), false);
    assert.equal(isTooDeep('"'), false);
  });
});
