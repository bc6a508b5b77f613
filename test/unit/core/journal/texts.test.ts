import assert from 'node:assert/strict';
import { answerText } from '../../../../src/app/outcomes/keptReport';
import { REPORT } from '../../../support/journal';

describe('an answer as a text', () => {
  const textOf = (body?: string) =>
    answerText(REPORT, {
      request: { method: 'POST', url: 'https://api.example', headers: [] },
      response: {
        status: 201,
        headers: [],
        size: 1,
        isUtf8: true,
        ...(body === undefined ? {} : { body }),
      },
      timings: { total: 1 },
    });

  it('has every digit, escape and repeated key of what came back', () => {
    const text = textOf('\ufeff{"rate": 1.10, "id": 9007199254740993, "a": "\\u0457", "a": 1e2}');
    for (const line of ['"rate": 1.10,', '"id": 9007199254740993,', '"a": "\\u0457",', '"a": 1e2'])
      assert.ok(text.includes(`\n    ${line}\n`), line);
    assert.equal((JSON.parse(text) as { outcome: string }).outcome, 'created');
  });

  it('is JSON, whatever came back', () => {
    const bodyOf = (body?: string) => (JSON.parse(textOf(body)) as { body: unknown }).body;
    assert.equal(bodyOf('<html>"\n'), '<html>"\n');
    assert.equal(bodyOf(''), '');
    assert.deepEqual(bodyOf(), REPORT.invoice);
  });
});
