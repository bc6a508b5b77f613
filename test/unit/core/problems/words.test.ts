import assert from 'node:assert/strict';
import { DOCUMENTATION } from '../../../../src/core/contract/documentation';
import { DOCUMENTED_ERRORS, isAuthenticationError } from '../../../../src/core/contract/errors';
import { ENVIRONMENTS } from '../../../../src/core/environments/environment';
import { documentationOf, isRetryable, severityOf, sourceOf } from '../../../../src/core/problems/catalogue';
import { clip, list } from '../../../../src/core/phrases';
import { codeOf, type Problem, type ProblemKind } from '../../../../src/core/problems/problem';
import { wordsOf } from '../../../../src/core/problems/words';
import { envelopeProblem, HOSTILE, KINDS, LONG, sampleProblems } from '../../../support/problems';

const says = (problem: Problem, environment: (typeof ENVIRONMENTS)[number] = 'dev') =>
  wordsOf(problem, { environment });
const SENTENCE = /^[^\s\p{Cc}][^\p{Cc}\u2028\u2029]*[.!?…]$/u;

describe('the words of each problem', () => {
  for (const kind of KINDS) {
    it(`${kind}: a sentence, and what to do`, () => {
      for (const problem of sampleProblems([kind]))
        for (const environment of ENVIRONMENTS) {
          const { message, guidance } = says(problem, environment);
          assert.match(message, SENTENCE);
          assert.ok(message.length < 700, `${message.length} characters`);
          assert.doesNotMatch(message, /undefined|\[object|NaN|\p{Cs}/u);
          assert.ok(guidance.length > 0);
          for (const line of guidance) assert.match(line, SENTENCE);
          assert.deepEqual([...new Set(guidance)], guidance, 'each line once');
        }
    });
  }

  it('differ from kind to kind', () => {
    const messages = KINDS.map((kind) => says(sampleProblems([kind])[0] ?? assert.fail()).message);
    assert.equal(new Set(messages).size, KINDS.length);
  });

  it('say that nothing was sent, of all that keeps a request from being sent', () => {
    const kinds = [
      'key-absent',
      'key-unreadable',
      'key-other-origin',
      'url-unsafe',
      'key-refused',
      'rate-limited',
      'untrusted-workspace',
    ];
    for (const problem of sampleProblems(kinds as ProblemKind[]))
      assert.match(says(problem).message, /Nothing was sent\.$/);
  });

  it('say that there may be an invoice, where nobody knows', () => {
    const unsure: readonly Problem[] = [
      ...sampleProblems(['timeout', 'truncated', 'not-json', 'not-an-invoice']),
      ...[101, 304, 502].map(
        (status) => ({ kind: 'http-status', arguments: { status }, pointer: '' }) as const,
      ),
      { kind: 'connection', arguments: { reason: 'reset', detail: 'x' }, pointer: '' },
      { kind: 'connection', arguments: { reason: 'stopped', detail: '' }, pointer: '' },
      envelopeProblem({ status: 200 }),
      ...Object.keys(DOCUMENTED_ERRORS).map((code) => envelopeProblem({ code, status: 200 })),
    ];
    for (const problem of unsure)
      assert.match(says(problem).guidance[0] ?? '', /may have been created/, problem.kind);
    for (const problem of sampleProblems(['connection']))
      if (problem.kind === 'connection' && problem.arguments.reason === 'never-left')
        assert.doesNotMatch(JSON.stringify(says(problem)), /may have been created/);
  });
});

describe('the words of an error envelope', () => {
  it('are our own for each documented code, followed by those of the API', () => {
    for (const [code, { status }] of Object.entries(DOCUMENTED_ERRORS)) {
      const { message, guidance } = says(envelopeProblem({ code, status, message: 'As the API has it' }));
      assert.match(message, /^[A-Z].+\. The API says: As the API has it\.$/);
      assert.match(says(envelopeProblem({ code, status, message: '' })).message, /^[^.]+\.$/);
      assert.ok(guidance.length >= 2);
      const page = isAuthenticationError(code)
        ? 'authentication'
        : code === 'MISSING_REQUIRED_URLS'
          ? 'invoices'
          : 'currencies';
      assert.equal(documentationOf(envelopeProblem({ code, status })), DOCUMENTATION[page]);
    }
  });

  it('are those of the API for any other code', () => {
    assert.equal(says(envelopeProblem({ message: ' amount\nis wrong ' })).message, 'amount is wrong.');
    assert.equal(
      says(envelopeProblem({ message: 'a', detail: 'must be positive!' })).message,
      'must be positive!',
    );
    assert.equal(
      says(envelopeProblem({ message: '' })).message,
      'The API rejected the request: VALIDATION_FAILED.',
    );
    for (const code of ['constructor', '__proto__', 'toString', 'api_key_invalid'])
      assert.equal(says(envelopeProblem({ code, message: 'm' })).message, 'm.');
  });

  it('name the URLs that are missing', () => {
    const missing = (...names: string[]) =>
      says(envelopeProblem({ code: 'MISSING_REQUIRED_URLS', status: 422, message: '', missing: names }))
        .message;
    assert.match(missing('fail_url'), /^fail_url is missing, /);
    assert.match(
      missing('callback_url', 'success_url', 'fail_url'),
      /^callback_url, success_url and fail_url are missing, /,
    );
    assert.match(missing(), /^URLs are missing, /);
  });

  it('tell of a status that says the contrary', () => {
    const { message } = says(envelopeProblem({ status: 200, message: 'no' }));
    assert.equal(message, 'no. This is an error, though the HTTP status is 200.');
  });

  it('lead to the key the sandbox takes, where it refuses one', () => {
    const problem = envelopeProblem({ code: 'API_KEY_INVALID', status: 403 });
    assert.match(says(problem, 'sandbox').guidance[0] ?? '', /sandbox_active/);
    assert.doesNotMatch(JSON.stringify(says(problem, 'dev')), /sandbox/);
  });
});

describe('foreign text in messages', () => {
  it('is clipped between characters, and stands on one line', () => {
    assert.equal(clip('  a\r\n\tb\u2028c\u0000\u001b[31md '), 'a b c [31md');
    assert.equal(clip('x'.repeat(60)), 'x'.repeat(60));
    assert.equal(clip('x'.repeat(61)), `${'x'.repeat(60)}…`);
    assert.equal(clip(LONG), `${'x'.repeat(59)}…`);
    assert.equal(clip(`${'x'.repeat(58)}💶💶`), `${'x'.repeat(58)}💶…`);
    assert.equal(clip('abc', 2), 'ab…');
    assert.equal(clip(''), '');
  });

  it('of the server has 500 characters at most', () => {
    const { message } = says(envelopeProblem({ message: 'y'.repeat(10_000_000) }));
    assert.equal(message, `${'y'.repeat(500)}…`);
    assert.doesNotMatch(says(envelopeProblem({ message: HOSTILE })).message, /\p{Cc}/u);
  });

  it('is listed as a person would', () => {
    assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(list), ['', 'a', 'a and b', 'a, b and c']);
  });
});

describe('the catalogue of problems', () => {
  const WARNINGS: readonly ProblemKind[] = [
    'urls-missing',
    'field-unknown',
    'amount-zero',
    'url-insecure',
    'placeholder-foreign',
    'invoice-differs',
  ];

  const INFORMATION: readonly ProblemKind[] = [
    'url-unreachable',
    'amount-minor-units',
    'more-problems',
    'amount-outside-limits',
    'currency-not-offered',
  ];

  it('has the severities of the contract', () => {
    for (const kind of KINDS) {
      const expected = WARNINGS.includes(kind)
        ? 'warning'
        : INFORMATION.includes(kind)
          ? 'information'
          : 'error';
      assert.equal(severityOf({ kind }), expected, kind);
    }
  });

  it('tells the check of the text from the attempt to send it', () => {
    const api = KINDS.filter((kind) => sourceOf({ kind }) === 'api');
    assert.deepEqual(api.sort(), [
      ...[
        'connection',
        'envelope',
        'http-status',
        'invoice-differs',
        'key-absent',
        'key-other-origin',
        'key-refused',
        'key-unreadable',
        'not-an-invoice',
      ],
      'not-data',
      ...['not-json', 'rate-limited', 'redirect', 'timeout', 'truncated', 'unreadable'],
      ...['untrusted-workspace', 'url-unsafe'],
    ]);
  });

  it('calls retryable only what cannot make a second invoice', () => {
    const names = sampleProblems()
      .filter(isRetryable)
      .map((problem) => {
        if (problem.kind === 'envelope') return `envelope ${problem.arguments.status}`;
        return problem.kind === 'connection' ? problem.arguments.reason : codeOf(problem);
      });
    assert.deepEqual([...new Set(names)].sort(), [
      'envelope 429',
      'envelope 503',
      'http-429',
      'never-left',
      'rate-limited',
    ]);
  });

  it('has a page of the vendor for each', () => {
    for (const problem of sampleProblems())
      assert.match(documentationOf(problem), /^https:\/\/docs\.ecca-ex\.com\/[\w-]+$/);
  });

  it('gives an envelope its own code, a status its number, and any other its kind', () => {
    assert.equal(codeOf(envelopeProblem({ code: 'ANY' })), 'ANY');
    assert.equal(codeOf({ kind: 'http-status', arguments: { status: 502 }, pointer: '' }), 'http-502');
    assert.equal(codeOf({ kind: 'timeout', arguments: { seconds: 1 }, pointer: '' }), 'timeout');
  });
});
