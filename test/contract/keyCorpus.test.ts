import assert from 'node:assert/strict';
import path from 'node:path';
import { literalKeysIn } from '../../src/core/leaks/literals';
import { PROJECT } from '../support/paths';
import { textsBelow } from '../support/sources';

/** Headers and variables that the packages of others use, with values that are no keys. */
const HEADERS =
  /\b(?:content-type|authorization|user-agent|cache-control|set-cookie|accept-encoding|x-[a-z]+-[a-z]+)\b/gi;
const VARIABLES = /(?<=process\.env\.|process\.env\[['"]|\$\{?|getenv\(['"]|export )[A-Z][A-Z_]{3,}\b/g;

describe('no key is found in the sources of all installed packages', function () {
  this.timeout(120_000);
  const folder = path.join(PROJECT, 'node_modules');
  const texts: { file: string; text: string }[] = [];

  before(() => {
    texts.push(...textsBelow(folder));
  });

  const foundIn = (change: (text: string) => string) =>
    texts.flatMap(({ file, text }) => {
      const changed = change(text);
      return literalKeysIn(changed).map(
        ({ offset, length }) => `${file}: ${changed.slice(offset, offset + length)}`,
      );
    });

  it('as they are', () => {
    const begin = performance.now();
    assert.deepEqual(
      foundIn((text) => text),
      [],
    );
    console.log(`      ${texts.length} files in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  });

  for (const [what, names, name] of [
    ['headers', HEADERS, 'X-Api-Key'],
    ['variables', VARIABLES, 'ECCAEX_API_KEY'],
  ] as const)
    it(`where their ${what} are called ${name}`, () => {
      let count = 0;
      assert.deepEqual(
        foundIn((text) => text.replace(names, () => (count++, name))),
        [],
      );
      assert.ok(count > 1000, `${count} names`);
      console.log(`      ${count} names in ${texts.length} files`);
    });
});
