import assert from 'node:assert/strict';
import { decodeRecord } from '../../../../src/core/journal/decode';
import { REPORT } from '../../../support/journal';

const ID = 'aaaaaaaa-2222-4333-8444-555555555555';
const SENT = {
  kind: 'sent',
  id: ID,
  at: '2026-01-02T03:04:05.678Z',
  uri: 'file:///shop/a.json',
  index: 0,
  environment: 'dev',
  url: 'https://api.example/api/v1/create-invoice',
  body: '{}',
};
const ANSWERED = { kind: 'answered', id: ID, report: REPORT };
const PROBLEM = {
  code: 'X',
  severity: 'error',
  source: 'api',
  pointer: '',
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  message: 'No.',
  guidance: ['Do.'],
  docs: 'https://docs.example',
  retryable: false,
  fixes: ['resend-same-body'],
};

describe('decoding a record of the journal', () => {
  const decoded = (value: unknown) => decodeRecord(JSON.stringify(value));

  it('takes what is whole', () => {
    assert.deepEqual(decoded(SENT), SENT);
    assert.deepEqual(decoded(ANSWERED), ANSWERED);
    const withProblem = { ...ANSWERED, report: { ...REPORT, problems: [PROBLEM] } };
    assert.deepEqual(decoded(withProblem), withProblem);
  });

  it('leaves out what it does not know', () => {
    assert.deepEqual(decoded({ ...SENT, headers: { 'X-Api-Key': 'k' } }), SENT);
    assert.deepEqual(decoded({ ...ANSWERED, report: { ...REPORT, command: 'x' } }), ANSWERED);
  });

  const wrong: readonly object[] = [
    { ...SENT, id: '../../etc' },
    { ...SENT, id: ID.toUpperCase() },
    { ...SENT, at: 'yesterday' },
    { ...SENT, at: 5 },
    { ...SENT, uri: 'no uri' },
    { ...SENT, uri: 'a b:c' },
    { ...SENT, uri: '' },
    { ...SENT, index: -1 },
    { ...SENT, index: 1.5 },
    { ...SENT, environment: 'production' },
    { ...SENT, url: 'javascript:alert(1)' },
    { ...SENT, url: 'file:///etc/passwd' },
    { ...SENT, url: '/create-invoice' },
    { ...SENT, body: {} },
    { ...SENT, kind: 'toString' },
    { ...ANSWERED, report: undefined },
    { ...ANSWERED, report: { ...REPORT, outcome: 'paid' } },
    { ...ANSWERED, report: { ...REPORT, problems: undefined } },
    { ...ANSWERED, report: { ...REPORT, problems: [{ ...PROBLEM, range: null }] } },
    { ...ANSWERED, report: { ...REPORT, problems: [{ ...PROBLEM, severity: 'fatal' }] } },
    { kind: 'deleted', id: ID },
    { kind: 'settled', id: 1 },
  ];
  for (const value of wrong) {
    it(`refuses ${JSON.stringify(value).slice(0, 90)}`, () => assert.equal(decoded(value), undefined));
  }

  it('keeps of fixes and pages only what can be a fix and a page', () => {
    const odd = { ...PROBLEM, fixes: ['rm -rf', 'add-urls', 5], docs: 'command:x', guidance: [1, 'a'] };
    const record = decoded({ ...ANSWERED, report: { ...REPORT, problems: [odd] } });
    assert.ok(record?.kind === 'answered');
    const [problem] = record.report.problems;
    assert.deepEqual([problem?.fixes, problem?.docs, problem?.guidance], [['add-urls'], '', ['a']]);
  });

  it('does not follow nesting that would break it', () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    assert.equal(decodeRecord(`{"kind":"answered","id":"${ID}","report":${deep}}`), undefined);
  });
});
