import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { OpenQuote, posixWords } from '../../src/core/curl/posixWords';

const BASH = String.raw`for text; do (eval "printf '%s\\0' x $text") 2>/dev/null && printf '\1' || printf 'open\1'; done`;

/** The words of each text as bash has them; `undefined` where a quote does not close. */
function wordsOfBash(texts: readonly string[]): (string[] | undefined)[] {
  const output = execFileSync('bash', ['-fc', BASH, 'bash', ...texts], { encoding: 'utf8' });
  return output
    .split('\u0001')
    .slice(0, -1)
    .map((one) => (one === 'open' ? undefined : one.split('\0').slice(1, -1)));
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
  it('are those that bash has', () => {
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
    const texts = fc.sample(
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
      1000,
    );
    const expected = wordsOfBash(texts);
    assert.equal(expected.length, texts.length);
    assert.ok(expected.filter((words) => words).length > 100);
    for (const [place, text] of texts.entries()) assert.deepEqual(ownWords(text), expected[place], text);
  });

  it('end with a line where a quote behind it does not close', () => {
    assert.deepEqual(posixWords("curl -d 'a\nb' \\\n x\nIt's said"), ['curl', '-d', 'a\nb', 'x']);
    assert.throws(() => posixWords("curl -d 'a\nb"), OpenQuote);
  });
});
