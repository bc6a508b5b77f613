import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');

describe('SECURITY.md', () => {
  const named = [...read('SECURITY.md').matchAll(/`(test\/[\w/.]+\.ts)`: (.+?) +\|$/gm)];

  it('names a test for each row', () => {
    assert.ok(named.length >= 15, `${named.length} tests are named`);
  });

  for (const [, file = '', title = ''] of named)
    it(`names a test that exists: ${title}`, () => {
      // A title may be cut by the quotes of the source.
      assert.ok(read(file).includes(title), `${file} has no test "${title}"`);
    });
});
