import assert from 'node:assert/strict';
import { parseDocument } from '../../../../src/core/document/document';
import type { ReportedProblem } from '../../../../src/core/report/report';
import { reportProblem } from '../../../../src/core/report/reportProblem';
import { keyInFile } from '../../../../src/core/validate/keyInFile';
import { validate } from '../../../../src/core/validate/validate';
import { severityOf } from '../../../../src/core/problems/catalogue';
import { apiKey } from '../../../support/keys';
import { CONTEXT } from '../../../support/documentProblems';
import { batch, request } from '../../../support/requests';

/** The problems of a text as users see them: `1:2-3 code`, with lines and columns counted from 0. */
function seen(text: string): string[] {
  const document = parseDocument(text);
  return validate(document, CONTEXT).map((problem) => show(reportProblem(problem, document, CONTEXT)));
}

function show({ range: { start, end }, code }: ReportedProblem): string {
  const to = end.line === start.line ? end.character : `${end.line}:${end.character}`;
  return `${start.line}:${start.character}-${to} ${code}`;
}

describe('places in lines and columns', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['LF', request({ amount: '1' }), ['1:12-13 field-type']],
    ['CRLF', request({ amount: '1' }, { eol: '\r\n', indent: '\t' }), ['1:11-12 field-type']],
    ['lone CR', request({ amount: '1' }, { eol: '\r', indent: '' }), ['1:10-11 field-type']],
    ['mixed line ends', '[\r\n\n\r1]', ['3:0-1 root-type']],
    [
      'the line and paragraph separators, which end no line',
      '["\u2028\u2029", 1]',
      ['0:1-5 root-type', '0:7-8 root-type'],
    ],
    ['astral characters before it', '["💶💶", 1]', ['0:1-7 root-type', '0:9-10 root-type']],
    ['lone surrogates before it', '["\ud83d", 1]', ['0:1-4 root-type', '0:6-7 root-type']],
    ['a tab counts as one column', '\t\ttrue', ['0:2-6 root-type']],
    ['the first line of what spans several', '\n[[\n\n1]]', ['1:1-2 root-type']],
    ['no text', '', ['0:0-0 json-syntax']],
    ['white space alone', ' \n ', ['0:0-1:1 json-syntax']],
    ['the last character where the end comes too early', '{"a": [\r\n\t1\r\n\r\n', ['1:1-2 json-syntax']],
    ['a comment of several lines', `/* a\r b */${request()}`, ['0:0-1:5 json-comment']],
  ];
  for (const [name, text, expected] of cases) it(name, () => assert.deepEqual(seen(text), expected));

  it('stand in the order of the text', () => {
    assert.deepEqual(seen('[{"a":1,"amount":{"b":2}, // c\n"amount":3,},\n[]]'), [
      '0:1-30 field-missing',
      '0:1-30 field-missing',
      '0:1-30 field-missing',
      '0:1-30 urls-missing',
      '0:2-5 field-unknown',
      '0:17-24 field-type',
      '0:26-30 json-comment',
      '1:0-8 json-duplicate-key',
      '1:9-10 field-type',
      '1:10-11 json-trailing-comma',
      '2:0-2 root-type',
    ]);
  });
});

describe('a key in a file', () => {
  const value = 'live_0123456789abcdef';
  const key = apiKey(value);
  const found = (text: string) =>
    keyInFile(parseDocument(text), key, 'dev').map(({ span }) => [span.offset, span.length]);

  it('is found as often as it stands there', () => {
    const text = request({ purpose: `"${value}"`, customer_id: `"${value}${value}"` });
    const first = text.indexOf(value);
    const last = text.lastIndexOf(value);
    assert.deepEqual(found(text), [
      [first, value.length],
      [first + value.length, value.length],
      [last, value.length],
    ]);
  });

  it('is found in comments, keys, broken JSON and requests of a batch', () => {
    for (const text of [
      `// ${value}\n{}`,
      `{"${value}": 1}`,
      `{ ${value}`,
      batch({}, { purpose: `"${value}"` }),
    ]) {
      assert.deepEqual(found(text), [[text.indexOf(value), value.length]], text);
    }
  });

  it('is found in another case, and not in part', () => {
    assert.deepEqual(found(`x ${value.toUpperCase()}`), [[2, value.length]]);
    assert.deepEqual(found(`${value.slice(0, -1)} ${value.slice(1).toUpperCase()}`), []);
    assert.deepEqual(found(''), []);
  });

  it('is never told in words', () => {
    const text = request({ purpose: `"${value}"` });
    const document = parseDocument(text);
    const [problem] = keyInFile(document, key, 'staging');
    assert.ok(problem);
    const reported = reportProblem(problem, document, CONTEXT);
    assert.equal(reported.code, 'key-in-file');
    assert.match(reported.message, /staging/);
    assert.doesNotMatch(JSON.stringify(reported), /live_0123|cdef/);
  });
});

describe('large texts', function () {
  this.timeout(0);

  it('are read when they are one string, one line, or many fields', () => {
    const long = 'x'.repeat(5_000_000);
    assert.deepEqual(seen(request({ purpose: `"${long}"` })), ['8:13-5000015 field-too-long']);
    const fields = Array.from({ length: 20_000 }, (_, place) => `"a${place}":1`).join(',');
    // 100 of them, and how many more there are.
    assert.equal(seen(`{${fields}}`).length, 101);
  });

  it('are read when they are a batch of 10,000 with problems in each, fixes included', () => {
    const text = batch(
      ...Array.from({ length: 10_000 }, () => ({
        amount: '1',
        currency_code: '"uah"',
        zzz: '1',
        fail_url: undefined,
      })),
    );
    const document = parseDocument(text);
    const reports = validate(document, CONTEXT).map((problem) => reportProblem(problem, document, CONTEXT));
    assert.equal(reports.length, 40_000);
    assert.deepEqual(reports.at(-1)?.pointer, '/9999/zzz');
    assert.deepEqual(reports.at(-1)?.fixes, ['remove-field']);
  });

  const repeated = (text: string, length: number) => text.repeat(Math.floor(length / text.length));

  for (const [what, text, most] of [
    ['a name a million times', `{${repeated('"a":1,', 3_600_000)}"a":1}`, 100],
    ['a placeholder a million times', request({ purpose: `"${repeated('{{x}}', 5_000_000)}"` }), 100],
    ['a million comments', `${repeated('/**/', 4_000_000)}${request()}`, 1000],
    ['a million elements that are no requests', `[${repeated('1,', 2_000_000)}1]`, 1000],
  ] as const)
    it(`with ${what} have their first problems listed, and the others counted`, () => {
      const document = parseDocument(text);
      const problems = validate(document, CONTEXT);
      const [{ arguments: given } = assert.fail(), ...others] = problems.filter(
        ({ kind }) => kind === 'more-problems',
      );
      assert.deepEqual([problems.length, others], [most + 1, []]);
      assert.ok('count' in given && given.count > 500_000, JSON.stringify(given));
    });

  it('keep their errors where warnings come first', () => {
    const names = Array.from({ length: 500 }, (_, place) => `"unknown${place}": 1`).join();
    const problems = validate(parseDocument(`{${names}, "amount": 1}`), CONTEXT);
    const errors = problems.filter((problem) => severityOf(problem) === 'error').map(({ kind }) => kind);
    assert.deepEqual(errors, ['field-missing', 'field-missing', 'field-missing', 'field-type']);
  });

  it('are capped for each request by itself', () => {
    const names = Array.from({ length: 150 }, (_, place) => `"unknown${place}": 1`).join();
    const problems = validate(parseDocument(`[{${names}}, {${names}}]`), CONTEXT);
    const more = problems.filter(({ kind }) => kind === 'more-problems');
    assert.deepEqual(
      more.map(({ pointer, arguments: given }) => [pointer, given]),
      [
        ['/0', { count: 55 }],
        ['/1', { count: 55 }],
      ],
    );
  });
});
