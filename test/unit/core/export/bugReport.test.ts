import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bugReportOf, type ReportedSend } from '../../../../src/core/export/bugReport';
import { REPORT } from '../../../support/journal';

const URL = 'https://api.example/api/v1/create-invoice';
const PROGRAMS = { extension: '1.2.3', editor: 'VS Code 1.96.0', system: 'linux' };

describe('a bug report', () => {
  const write = (...sends: Partial<ReportedSend>[]) =>
    bugReportOf(
      sends.map((send) => ({ report: { ...REPORT, body: '{}' }, url: URL, ...send })),
      PROGRAMS,
    );

  it('has the request ids, the facts, and both bodies', () => {
    const report = {
      ...REPORT,
      outcome: 'rejected' as const,
      status: 422,
      requestId: 'r-1',
      body: '{"a": 1}\n',
    };
    const text = write({ report, answer: '{"successful": false}' });
    for (const part of [
      '- Request id: `r-1`',
      '- HTTP status: `422`',
      `- Endpoint: \`POST ${URL}\``,
      '- Environment: `dev`',
      'Sent:\n\n```json\n{"a": 1}\n```\n',
      'Received:\n\n```json\n{"successful": false}\n```\n',
      'EccaEx Merchant API Explorer 1.2.3, VS Code 1.96.0, linux',
    ])
      assert.ok(text.includes(part), part);
  });

  it('says that no answer came, and numbers several sends', () => {
    const text = write({}, {});
    assert.match(text, /## Request 1\n[^]*No complete response came\.[^]*## Request 2\n/);
  });

  it('lets no text out of its fence', () => {
    const hostile = fc
      .array(fc.constantFrom('`', '```', '\n', '~~~', '# Head', '![x](https://e.example/x.png)', ' '), {
        maxLength: 30,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, hostile, (body, requestId) => {
        const text = write({ report: { ...REPORT, body, requestId }, answer: body });
        const lines = outsideFences(text);
        assert.ok(lines.every((line) => !line.includes('![x]') || /^- Request id: (`+)[^]*\1$/.test(line)));
        assert.equal(lines.filter((line) => line.startsWith('#')).length, 2);
      }),
    );
  });
});

/** By the rule of CommonMark: a fence is closed by a line of as many backticks at least. */
function outsideFences(text: string): string[] {
  let fence = '';
  return text.split('\n').filter((line) => {
    const [, ticks = ''] = /^(`{3,})(json)?$/.exec(line) ?? [];
    if (fence === '' && ticks !== '') {
      fence = ticks;
      return false;
    }
    if (fence !== '' && line.startsWith(fence) && /^`+ *$/.test(line)) {
      fence = '';
      return false;
    }
    return fence === '';
  });
}
