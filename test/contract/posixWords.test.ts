import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { OpenQuote, posixWords } from '../../src/core/curl/posixWords';

/** The words as bash has them; `undefined` where a quote does not close. */
function wordsOfBash(text: string): string[] | undefined {
  try {
    const output = execFileSync('bash', ['-fc', `printf '%s\\0' x ${text}`], {
      stdio: 'pipe',
      encoding: 'utf8',
    });
    return output.split('\0').slice(1, -1);
  } catch {
    return undefined;
  }
}

function ownWords(text: string): string[] | undefined {
  try {
    return posixWords(text);
  } catch (error) {
    if (error instanceof OpenQuote) return undefined;
    throw error;
  }
}

describe('the words of a command line', () => {
  it('are those that bash has', function () {
    this.timeout(60_000);
    const part = fc.constantFrom(
      ...[
        'a',
        'b c',
        ' ',
        "'",
        '"',
        '\\\\',
        '\\\n',
        "$'",
        "\\'",
        '\\"',
        '\\n',
        '\\x41',
        '\\u0457',
        '\\101',
        'ї',
      ],
      ...[`'x"y'`, `"x'y"`, '"a"', "'b'", "$'c\\td'", '$"e"', '--data', '-H'],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        assert.deepEqual(ownWords(text), wordsOfBash(text), text);
      }),
      { numRuns: 300 },
    );
  });

  it('end with a line where a quote behind it does not close', () => {
    assert.deepEqual(posixWords("curl -d 'a\nb' \\\n x\nIt's said"), ['curl', '-d', 'a\nb', 'x']);
    assert.throws(() => posixWords("curl -d 'a\nb"), OpenQuote);
  });
});
