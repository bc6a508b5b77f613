import assert from 'node:assert/strict';
import { DOCUMENTED_ERRORS } from '../../../../src/core/contract/errors';
import { classify } from '../../../../src/core/response/answer';
import { problemsOf } from '../../../../src/core/response/problems';
import { batch, request, sent } from '../../../support/requests';

interface Given {
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  readonly details?: unknown;
  readonly text?: string;
  readonly index?: number;
}

function problems({
  status = 422,
  code = 'VALIDATION_FAILED',
  message = '',
  details,
  text = request(),
  index = 0,
}: Given) {
  const { document, request: own } = sent(text, index);
  const body = JSON.stringify({ successful: false, request_id: 'r-1', error: { code, message, details } });
  const raw = { status, location: undefined, body };
  return problemsOf(
    classify(raw, (one) => one),
    raw,
    { document, request: own, pointer: own.pointer },
  );
}

/** `/pointer: detail`, as far as there is one. */
const placed = (given: Given): string[] =>
  problems(given).map(({ pointer, arguments: said }) => {
    const detail = 'detail' in said ? said.detail : undefined;
    return detail === undefined ? pointer : `${pointer}: ${detail}`;
  });

describe('problems that an answer tells of', () => {
  it('stand at the fields of its details', () => {
    assert.deepEqual(placed({ details: { amount: 'too low', purpose: ['a', 'b'] } }), [
      '/amount: too low',
      '/purpose: a b',
    ]);
    assert.deepEqual(
      placed({
        details: [
          { field: 'amount', message: 'a' },
          { field: 'amount', message: 'b' },
        ],
      }),
      ['/amount: a b'],
    );
  });

  it('stand at what the request has, known to the contract or not', () => {
    const text = request({ items: '[{"price": 1}]' });
    assert.deepEqual(placed({ text, details: { 'items[0].price': 'x' } }), ['/items/0/price: x']);
    assert.deepEqual(placed({ text, details: { 'items[1].price': 'x', nobody: 'y' } }), ['']);
  });

  it('stand at fields that the request lacks', () => {
    assert.deepEqual(placed({ text: request({ purpose: undefined }), details: { purpose: 'required' } }), [
      '/purpose: required',
    ]);
  });

  it('do not stand at a sentence that is a key', () => {
    assert.deepEqual(placed({ details: { 'The amount is wrong': 'x' } }), ['']);
  });

  it('stand at the fields of the message, where the details name none', () => {
    assert.deepEqual(placed({ message: 'amount and external_id differ' }), ['/amount', '/external_id']);
    assert.deepEqual(placed({ message: 'see amount', details: { amount: { min: 5 } } }), ['/amount']);
    assert.deepEqual(placed({ message: 'see amount', details: { fail_url: 'bad' } }), ['/fail_url: bad']);
  });

  it('stand at the whole request, where nothing is named', () => {
    assert.deepEqual(placed({ message: 'No.' }), ['']);
    assert.deepEqual(placed({ message: 'No.', text: batch({}, {}), index: 1 }), ['/1']);
  });

  it('stand at the external_id where it is in conflict', () => {
    assert.deepEqual(placed({ status: 409, code: 'ANY' }), ['/external_id']);
    for (const code of ['DUPLICATE_ORDER', 'EXTERNAL_ID_TAKEN', 'CONFLICT', 'INVOICE_ALREADY_EXISTS'])
      assert.deepEqual(placed({ status: 400, code }), ['/external_id'], code);
    assert.deepEqual(placed({ status: 409, message: 'amount' }), ['/amount']);
    assert.deepEqual(placed({ status: 409, text: batch({}, {}), index: 1 }), ['/1/external_id']);
  });

  it('stand in the element of the batch that was sent', () => {
    const text = `[null, ${batch({}, {}).slice(1)}`;
    assert.deepEqual(placed({ text, index: 2, details: { amount: 'x' } }), ['/2/amount: x']);
    assert.deepEqual(placed({ text, index: 1, message: 'fail_url' }), ['/1/fail_url']);
  });

  it('stand at the whole request for all documented codes but the one about URLs, whatever they name', () => {
    for (const [code, { status }] of Object.entries(DOCUMENTED_ERRORS)) {
      if (code === 'MISSING_REQUIRED_URLS') continue;
      assert.deepEqual(placed({ code, status, message: 'amount', details: { amount: 'x' } }), [''], code);
    }
    for (const status of [401, 403])
      assert.deepEqual(placed({ status, details: { customer_id: 'x' } }), ['']);
  });

  it('carry what the server said', () => {
    const [problem, ...more] = problems({ code: 'C', status: 400, message: 'm', details: { amount: 'd' } });
    assert.deepEqual(more, []);
    assert.deepEqual(problem, {
      kind: 'envelope',
      arguments: { code: 'C', message: 'm', status: 400, requestId: 'r-1', detail: 'd', missing: [] },
      pointer: '/amount',
    });
  });
});

describe('URLs that the API misses', () => {
  const missing = (text: string, index = 0) =>
    problems({
      code: 'MISSING_REQUIRED_URLS',
      text,
      index,
      message: 'fail_url',
      details: { fail_url: 'x' },
    }).map((problem) => [
      problem.pointer,
      'missing' in problem.arguments && problem.arguments.missing.join(),
    ]);

  it('are those that are not there, at the request', () => {
    assert.deepEqual(missing(request({ fail_url: undefined })), [['', 'fail_url']]);
    assert.deepEqual(missing(request({ fail_url: undefined, callback_url: undefined })), [
      ['', 'callback_url,fail_url'],
    ]);
    assert.deepEqual(missing(batch({}, { success_url: undefined }), 1), [['/1', 'success_url']]);
  });

  it('are those that are empty, at their places', () => {
    assert.deepEqual(missing(request({ fail_url: '""', success_url: '" "' })), [
      ['/success_url', 'success_url'],
      ['/fail_url', 'fail_url'],
    ]);
    assert.deepEqual(missing(batch({}, { fail_url: '""' }), 1), [['/1/fail_url', 'fail_url']]);
  });

  it('are none that we could name where all are there', () => {
    assert.deepEqual(missing(request()), [['', '']]);
  });
});

describe('problems of answers that are no envelope', () => {
  const { document, request: own } = sent(batch({}, {}), 1);
  const of = (status: number, body: string, location?: string) => {
    const raw = { status, location, body };
    return problemsOf(
      classify(raw, (text) => text),
      raw,
      { document, request: own, pointer: own.pointer },
    );
  };

  it('stand at the request, and carry the status', () => {
    assert.deepEqual(of(502, '<html>'), [{ kind: 'http-status', arguments: { status: 502 }, pointer: '/1' }]);
    assert.deepEqual(of(200, '<html>'), [{ kind: 'not-json', arguments: { status: 200 }, pointer: '/1' }]);
    assert.deepEqual(of(201, '{}'), [{ kind: 'not-an-invoice', arguments: { status: 201 }, pointer: '/1' }]);
    assert.deepEqual(of(302, '', '/login'), [
      { kind: 'redirect', arguments: { status: 302, location: '/login', host: undefined }, pointer: '/1' },
    ]);
  });

  it('are none of an invoice', () => {
    assert.deepEqual(of(200, '{"invoice_id": "i", "payment_link": "p"}'), []);
  });

  const placedAt = (status: number, body: unknown) =>
    of(status, JSON.stringify(body)).map(({ kind, pointer, arguments: given }) => [
      kind,
      pointer,
      'said' in given ? given.said : undefined,
    ]);
  for (const [what, status, body, pointer, said] of [
    [
      'a problem of RFC 9457',
      400,
      {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'amount is too large',
        instance: '/1',
      },
      '/1/amount',
      'amount is too large',
    ],
    [
      'its list of parameters',
      400,
      { detail: 'no', 'invalid-params': [{ name: 'purpose', reason: 'long' }] },
      '/1/purpose',
      'long',
    ],
    ['a message', 422, { message: 'bad external_id' }, '/1/external_id', 'bad external_id'],
    ['a message of nothing in the request', 404, { message: 'no route' }, '/1', 'no route'],
    ['fields by their names', 400, { amount: ['must be positive'] }, '/1/amount', 'must be positive'],
    ['a conflict', 409, { error: 'already there' }, '/1/external_id', 'already there'],
    [
      'a refused key',
      403,
      { message: 'amount of rights is too small' },
      '/1',
      'amount of rights is too small',
    ],
    ['too many requests', 429, { message: 'amount of requests' }, '/1', 'amount of requests'],
    ['a gateway', 502, { error: { code: 502, message: 'amount' } }, '/1', 'amount'],
    ['no text', 400, { message: 5 }, '/1', ''],
  ] as const)
    it(`are placed where it names a field, and in its words: ${what}`, () => {
      assert.deepEqual(placedAt(status, body), [['http-status', pointer, said]]);
    });

  it('tell for how long to wait', () => {
    const wait = { seconds: 120, until: '2026-01-02T03:04:05.678Z' };
    const raw = { status: 429, location: undefined, body: '', wait };
    const [problem] = problemsOf({ kind: 'http-status' }, raw, { document, request: own, pointer: '/1' });
    assert.deepEqual(problem?.arguments, { status: 429, wait });
  });
});

describe('an invoice that differs from what was sent', () => {
  const { document, request: own } = sent(batch({}, {}), 1);
  const body = '{"amount": "1500.00", "currency_code": "UAH", "external_id": "o-1", "purpose": "p"}';
  const differing = (invoice: object, sentBody: string | undefined = body) =>
    problemsOf(
      { kind: 'invoice', invoice: { ...invoice } },
      { status: 201, location: undefined, body: '' },
      { document, request: own, pointer: '/1', body: sentBody },
    ).map(({ kind, pointer, arguments: given }) =>
      kind === 'invoice-differs' ? `${pointer}: ${given.sent} → ${given.received}` : kind,
    );

  for (const [what, invoice, expected] of [
    ['nothing', { amount: '1500.00', currency: 'UAH', external_id: 'o-1' }, []],
    ['how an amount is written', { amount: '1500.0' }, []],
    ['an amount that is a number', { amount: 1500 }, []],
    ['what it leaves out', {}, []],
    ['what is null', { amount: null, external_id: null }, []],
    ['what it has of its own', { purpose: 'q', currency_code: 'EUR' }, []],
    ['an amount', { amount: '15000.00' }, ['/1/amount: 1500.00 → 15000.00']],
    ['an amount that is no number', { amount: 'many' }, ['/1/amount: 1500.00 → many']],
    ['a currency', { currency: 'EUR' }, ['/1/currency_code: UAH → EUR']],
    ['an id', { external_id: 'O-1' }, ['/1/external_id: o-1 → O-1']],
  ] as const)
    it(`is told of, at the field: ${what}`, () => assert.deepEqual(differing(invoice), expected));

  it('is not known where nobody knows what was sent', () => {
    assert.deepEqual(differing({ amount: '2.00' }, ''), []);
  });
});
