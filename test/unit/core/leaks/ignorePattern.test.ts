import assert from 'node:assert/strict';
import { ignorePattern, withPattern } from '../../../../src/core/leaks/commitHook';

describe('a line of .gitignore', () => {
  it('stands for one file, whatever its name is', () => {
    const PATTERNS: Record<string, string | undefined> = {
      '.env': '/.env',
      'a/b c.sh': '/a/b c.sh',
      '#a': '/#a',
      '!a': '/!a',
      '*.[ab]?': String.raw`/\*.\[ab\]\?`,
      'a\\b': String.raw`/a\\b`,
      'a  ': String.raw`/a\ \ `,
      'a\nb': undefined,
    };
    for (const [path, pattern] of Object.entries(PATTERNS)) assert.equal(ignorePattern(path), pattern, path);
  });

  it('is added as a line of its own', () => {
    assert.equal(withPattern('', '/.env'), '/.env\n');
    assert.equal(withPattern('a\n', '/.env'), 'a\n/.env\n');
    assert.equal(withPattern('a', '/.env'), 'a\n/.env\n');
    assert.equal(withPattern('a\r\nb', '/.env'), 'a\r\nb\r\n/.env\r\n');
  });
});
