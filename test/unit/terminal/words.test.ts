import assert from 'node:assert/strict';
import { parseDocument } from '../../../src/core/document/document';
import { reportProblem } from '../../../src/core/report/reportProblem';
import { inTerminalWords } from '../../../src/terminal/words';
import { CONTEXT } from '../../support/documentProblems';
import { KINDS, sampleProblems } from '../../support/problems';

/** What there is in the editor alone. */
const OF_THE_EDITOR =
  /VS Code|SecretStorage|\bsettings\b|\bsetting\b|eccaex\.|palette|keychain|trusted workspace/i;

describe('the words of each problem in a terminal', () => {
  for (const kind of KINDS) {
    // A terminal is no workspace, and a key of a variable is for whatever origin there is.
    if (kind === 'untrusted-workspace' || kind === 'key-other-origin') continue;
    it(`${kind} names nothing that is in the editor alone`, () => {
      for (const problem of sampleProblems([kind])) {
        const status = problem.kind === 'envelope' ? problem.arguments.status : undefined;
        const reported = reportProblem(problem, parseDocument('{}'), CONTEXT);
        const error = { code: reported.code, message: '' };
        const [worded] = inTerminalWords(
          { environment: 'dev', problems: [reported], ...(status === undefined ? {} : { status, error }) },
          { ECCAEX_API_KEY_DEV: '<your key>' },
        ).problems;
        assert.ok(worded);
        const said = [worded.message, ...worded.guidance].map((line) =>
          // The merchant's settings and the dashboard's are the vendor's.
          line.replace(/merchant’s settings|Settings → API Keys|settings? hold/g, ''),
        );
        for (const line of said) assert.doesNotMatch(line, OF_THE_EDITOR);
      }
    });
  }
});
