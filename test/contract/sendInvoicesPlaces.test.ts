import assert from 'node:assert/strict';
import type { Report } from '../../src/core/report/report';
import { batch, request } from '../support/requests';
import { jsonAnswer, startScriptedServer, type Script, type ScriptedServer } from '../support/scriptedServer';
import { shownAt, Sending } from '../support/sending';

const AMOUNT = [['/amount', '"1500.00"', 'is too high']];
const BOTH = [
  ['/amount', '"1500.00"', 'Look at both'],
  ['/external_id', '"order-1"', 'Look at both'],
];

/** Each form in which `details` can name fields, and the places, the texts there and the messages that come of it. */
const DETAILS: Record<string, [details: unknown, places: readonly (readonly string[])[]]> = {
  'field → text': [{ amount: 'is too high' }, AMOUNT],
  'field → texts': [{ amount: ['is', 'too high'] }, AMOUNT],
  'field → object with a message': [{ amount: { message: 'is too high', code: 7 } }, AMOUNT],
  'field → objects with a message': [{ amount: [{ msg: 'is too high' }] }, AMOUNT],
  'several fields': [
    { amount: 'is too high', external_id: ['is known'] },
    [...AMOUNT, ['/external_id', '"order-1"', 'is known']],
  ],
  'below errors': [{ errors: { amount: ['is too high'] } }, AMOUNT],
  'below fields': [{ fields: { amount: 'is too high' } }, AMOUNT],
  'in a list of violations': [{ violations: [{ property: 'amount', message: 'is too high' }] }, AMOUNT],
  'field and message': [[{ field: 'amount', message: 'is too high' }], AMOUNT],
  'one field and message, without a list': [{ field: 'amount', message: 'is too high' }, AMOUNT],
  'path and msg': [[{ path: ['body', 'amount'], msg: 'is too high' }], AMOUNT],
  'loc and msg': [[{ loc: ['body', 'amount'], msg: 'is too high', type: 'value_error' }], AMOUNT],
  'a pointer and detail': [[{ pointer: '/amount', detail: 'is too high' }], AMOUNT],
  'a pointer as a fragment, and title': [[{ pointer: '#/amount', title: 'is too high' }], AMOUNT],
  'param and reason': [[{ param: 'amount', reason: 'is too high' }], AMOUNT],
  'name and description': [[{ name: 'amount', description: 'is too high' }], AMOUNT],
  'a dotted path': [{ 'body.amount': 'is too high' }, AMOUNT],
  'a JSONPath': [{ '$.amount': 'is too high' }, AMOUNT],
  'a pointer → text': [{ '/amount': 'is too high' }, AMOUNT],
  'a list of names': [['amount', 'external_id'], BOTH],
  'a list of names below anything': [{ affected: ['amount', 'external_id'] }, BOTH],
  'a list of sentences': [['The amount is too high'], [['/amount', '"1500.00"', 'The amount is too high']]],
  'two things about one field': [
    [
      { field: 'amount', message: 'is' },
      { field: 'amount', message: 'too high' },
    ],
    AMOUNT,
  ],
  'a place inside of a member that nobody documents': [
    { 'meta.tags[1]': 'is unknown' },
    [['/meta/tags/1', '"b"', 'is unknown']],
  ],
  'a field that the request does not have': [
    { purpose: 'is required here' },
    [['/purpose', '{', 'is required here']],
  ],
};

/** What names no place that the request has, or could have. */
const NOWHERE: Record<string, unknown> = {
  'no details': undefined,
  'empty details': {},
  'nobody’s field': { colour: 'is not blue' },
  'a limit': { limit: '50000.00' },
  'a text': 'none',
  'a number': 7,
  null: null,
  'a list of anything': [null, 1, [], {}, [[]]],
  'a member of every object': { constructor: 'no', __proto__: 'no', toString: ['no'] },
  'a place in the prototype': [{ path: ['constructor', 'name'], message: 'no' }],
};

describe('where an answer is about', function () {
  this.timeout(20_000);
  const text = request({ meta: '{ "tags": ["a", "b"] }' });
  let server: ScriptedServer | undefined;
  let sending: Sending | undefined;
  afterEach(async () => {
    sending?.dispose();
    await server?.stop();
  });

  async function answered(script: Script, body = text): Promise<Report[]> {
    server = await startScriptedServer(script);
    sending = new Sending(server.baseUrl);
    return sending.send(body);
  }

  function envelope(
    details: unknown,
    { message = 'Look at both', code = 'VALIDATION_ERROR', status = 422 } = {},
  ) {
    return jsonAnswer(status, { successful: false, request_id: 'r-1', error: { code, message, details } });
  }

  function placesOf(report: Report | undefined, body = text): string[][] {
    const problems = (report?.problems ?? []).filter(({ source }) => source === 'api');
    return problems.map((problem) => [
      problem.pointer,
      shownAt(body, problem),
      problem.message.replace(/\.$/, ''),
    ]);
  }

  describe('is read from details:', () => {
    for (const [form, [details, places]] of Object.entries(DETAILS)) {
      it(form, async () => {
        const [report] = await answered(envelope(details));
        assert.deepEqual(placesOf(report), places);
        assert.deepEqual(report?.error?.details, details);
      });
    }
  });

  describe('is the whole request with', () => {
    for (const [what, details] of Object.entries(NOWHERE)) {
      it(what, async () => {
        const [report] = await answered(envelope(details));
        assert.deepEqual(placesOf(report), [['', '{', 'Look at both']]);
      });
    }

    it('a documented code, whatever else it names', async () => {
      const [report] = await answered(envelope({ amount: 'no' }, { code: 'RATE_INVALID' }));
      assert.deepEqual(
        placesOf(report).map(([pointer]) => pointer),
        [''],
      );
    });

    it('a status about the key, whatever else it names', async () => {
      const [report] = await answered(envelope({ customer_id: 'no' }, { code: 'FORBIDDEN', status: 403 }));
      assert.deepEqual(
        placesOf(report).map(([pointer]) => pointer),
        [''],
      );
    });
  });

  describe('is read from the message', () => {
    it('where details name nothing', async () => {
      const message = 'The currency_code does not fit the amount';
      const [report] = await answered(envelope({}, { message }));
      assert.deepEqual(placesOf(report), [
        ['/amount', '"1500.00"', message],
        ['/currency_code', '"UAH"', message],
      ]);
    });

    it('by whole names only', async () => {
      const [report] = await answered(envelope({}, { message: 'amounts, my_external_id_2' }));
      assert.deepEqual(placesOf(report), [['', '{', 'amounts, my_external_id_2']]);
    });
  });

  describe('is the external_id', () => {
    for (const conflict of [{ status: 409 }, { code: 'DUPLICATE_ORDER' }, { code: 'ALREADY_EXISTS' }]) {
      it(`with ${JSON.stringify(conflict)}`, async () => {
        const [report] = await answered(envelope(undefined, { message: 'No', ...conflict }));
        assert.deepEqual(placesOf(report), [['/external_id', '"order-1"', 'No']]);
      });
    }
  });

  it('is within the request of the batch that was refused', async () => {
    const refusal = envelope({ amount: 'is too high' });
    const invoice = { invoice_id: 'i', payment_link: 'l' };
    const reports = await answered(
      (res, sent) => (sent.body.includes('"order-1"') ? refusal : jsonAnswer(201, invoice))(res, sent),
      batch({}, { amount: '"99.00"' }, {}),
    );
    assert.deepEqual(
      reports.map(({ outcome }) => outcome),
      ['created', 'rejected', 'created'],
    );
    const body = batch({}, { amount: '"99.00"' }, {});
    assert.deepEqual(placesOf(reports[1], body), [['/1/amount', '"99.00"', 'is too high']]);
  });

  for (const layout of [
    { eol: '\r\n', indent: '\t' },
    { eol: '', indent: '' },
  ]) {
    it(`is right after characters of two code units, in the layout ${JSON.stringify(layout)}`, async () => {
      const body = request({ customer_id: '"😀"', purpose: '"€ 😀"' }, layout);
      const [report] = await answered(envelope({ purpose: 'no' }), body);
      assert.deepEqual(placesOf(report, body), [['/purpose', '"€ 😀"', 'no']]);
    });
  }

  it('is told by a bounded number of problems, however many fields an answer names', async () => {
    const names = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`/meta/tags/${i}`, 'no']));
    const [report] = await answered(envelope(names));
    assert.deepEqual(placesOf(report).length, 2);
    const same = Array.from({ length: 10_000 }, () => ({ field: 'amount', message: 'x'.repeat(100) }));
    sending?.dispose();
    await server?.stop();
    const [other] = await answered(envelope(same));
    const [[, , message = ''] = []] = placesOf(other);
    assert.ok(message.length < 1000, String(message.length));
  });
});
