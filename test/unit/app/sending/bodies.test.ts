import assert from 'node:assert/strict';
import { bodyOf, requestsOf } from '../../../../src/app/requests/bodies';
import type { SendableDraft } from '../../../../src/app/requests/drafts';
import { parseDocument } from '../../../../src/core/document/document';
import { totalsOf } from '../../../../src/app/sending/confirmation';

const PORTS = {
  random: { uuid: () => '00000000-0000-4000-8000-000000000000', randomInt: (min: number) => min },
  clock: { now: () => new Date(0) },
};

function draftOf(text: string, index = 0): SendableDraft {
  const document = parseDocument(text);
  const request = document.requests[index];
  assert.ok(request);
  return { uri: 'file:///a.json', index, document, request, problems: [], leaks: [], isWholeText: false };
}

const request = (customer: string, amount = '10.00') =>
  `{"amount": "${amount}", "currency_code": "UAH", "customer_id": "${customer}", "external_id": "order-1"}`;

const bodyIn = (text: string, variables: Record<string, string>, index?: number) =>
  bodyOf(draftOf(text, index), { environment: 'dev', variables }, PORTS, undefined);

describe('the body of a request', () => {
  it('is the text itself where that has no placeholder', () => {
    const { body, problems } = bodyIn(request('user_1'), {});
    assert.equal(body, request('user_1'));
    assert.deepEqual(problems, []);
  });

  it('has the values of its placeholders', () => {
    const { body, problems } = bodyIn(request('{{customer}}-{{$timestamp}}'), { customer: 'user_9' });
    assert.equal(body, request('user_9-0'));
    assert.deepEqual(problems, []);
  });

  it('is checked for what the placeholders gave, at the value where they stand', () => {
    const text = `[${request('ok')}, ${request('{{long}}', '{{price}}')}]`;
    const { problems } = bodyIn(text, { long: 'x'.repeat(129), price: 'a lot' }, 1);
    assert.deepEqual(
      problems.map(({ kind, pointer, span }) => [
        kind,
        pointer,
        text.slice(span.offset, span.offset + span.length),
      ]),
      [
        ['amount-format', '/1/amount', '"{{price}}"'],
        ['field-too-long', '/1/customer_id', '"{{long}}"'],
      ],
    );
  });

  it('is not checked again when it is sent again to the letter', () => {
    const { body, problems } = bodyOf(
      { ...draftOf(request('user_1')), body: '{"amount": "as sent before"}' },
      { environment: 'dev', variables: {} },
      PORTS,
      undefined,
    );
    assert.equal(body, '{"amount": "as sent before"}');
    assert.deepEqual(problems, []);
  });

  it('counts in totals by what is sent, not by what is written', () => {
    const drafts = ['{{price}}', '0.50'].map((amount) => bodyIn(request('a', amount), { price: '99.50' }));
    assert.deepEqual(totalsOf(requestsOf(drafts)), [{ currency: 'UAH', amount: '100.00' }]);
  });
});
