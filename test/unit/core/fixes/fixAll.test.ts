import assert from 'node:assert/strict';
import { parseDocument } from '../../../../src/core/document/document';
import { fixAllEdits } from '../../../../src/core/fixes/fixes';
import { validate } from '../../../../src/core/validate/validate';
import { CONTEXT } from '../../../support/documentProblems';
import { edited } from '../../../support/marked';

function fixedAll(text: string): string {
  const document = parseDocument(text);
  return edited(text, fixAllEdits(validate(document, CONTEXT), document, CONTEXT));
}

describe('fixing all', () => {
  it('quotes numbers, puts currencies in upper case, removes comments and trailing commas, all at once', () => {
    assert.equal(
      fixedAll('{ /* a */ "amount": 1500.5, // b\n "currency_code": "uah", "external_id": 7,}'),
      '{  "amount": "1500.50", \n "currency_code": "UAH", "external_id": "7"}',
    );
  });

  it('changes no amount, no id and no URL, and leaves what is right alone', () => {
    for (const text of [
      '{"amount": "1,50", "external_id": "", "callback_url": "http://shop.example", "amout": "1"}',
      '[{"external_id": "a"}, {"external_id": "a"}]',
      '{"amount" "1"}',
      '',
    ])
      assert.equal(fixedAll(text), text);
  });
});
