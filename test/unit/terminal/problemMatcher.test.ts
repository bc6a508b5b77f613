import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import type { SentReport } from '../../../src/app/outcomes/sentReport';
import { parseDocument } from '../../../src/core/document/document';
import { reportProblem } from '../../../src/core/report/reportProblem';
import { transcriptOf } from '../../../src/terminal/results';
import { CONTEXT } from '../../support/documentProblems';
import { sampleProblems } from '../../support/problems';
import { request } from '../../support/requests';

const [matcher] = manifest.contributes.problemMatchers;
const pattern = new RegExp(matcher?.pattern.regexp ?? '');
const COLORS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** What the problem matcher finds in the lines about one problem. */
function found(file: string, problem: ReturnType<typeof reportProblem>) {
  const sent: SentReport = {
    uri: 'file:///a.json',
    report: { file, index: 0, environment: 'dev', at: '', outcome: 'rejected', problems: [problem] },
    anchored: [],
  };
  const { lines } = transcriptOf([sent], () => file);
  return lines.flatMap((line) => {
    const match = pattern.exec(line.replace(COLORS, ''));
    return match ? [match.slice(1)] : [];
  });
}

describe('the problem matcher', () => {
  const document = parseDocument(request());

  it('finds each problem once, with its place, severity, code and message', () => {
    for (const problem of sampleProblems()) {
      const reported = reportProblem(problem, document, CONTEXT);
      for (const file of ['orders/a b.invoice.json', '/tmp/a:1:2.json', 'C:\\shop\\a.json']) {
        const [match, ...more] = found(file, reported);
        assert.ok(match, `${reported.code} in ${file}`);
        assert.deepEqual(more, []);
        const [path, line, column, severity] = match;
        assert.equal(path, file);
        assert.equal(Number(line), reported.range.start.line + 1);
        assert.equal(Number(column), reported.range.start.character + 1);
        assert.equal(
          severity,
          { error: 'error', warning: 'warning', information: 'info' }[reported.severity],
        );
      }
    }
  });

  it('leaves files alone that are open: those show their problems by themselves, under the same name', () => {
    assert.equal(matcher?.applyTo, 'closedDocuments');
    assert.equal(matcher.owner, 'eccaex');
    assert.equal(matcher.name, 'eccaex');
  });
});
