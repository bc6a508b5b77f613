import assert from 'node:assert/strict';
import { DOCUMENTED_ERRORS } from '../../../../src/core/contract/errorCodes';
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
    for (const [code, status] of Object.entries(DOCUMENTED_ERRORS)) {
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
});
