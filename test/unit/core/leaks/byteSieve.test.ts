import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteSieve } from '../../../../src/core/leaks/byteSieve';
import { KeyFinder } from '../../../../src/core/leaks/keyFinder';
import { leaksIn, sieveOf } from '../../../../src/core/leaks/leak';
import { codeUnits } from '../../../support/arbitraryTexts';
import { apiKey } from '../../../support/keys';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const capitals = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());

describe('the look at bytes before their text is searched', () => {
  const sieve = new ByteSieve(['x-api-key', 'sk_dev_4f1c09d2', 'c2tf+/ab']);

  it('lets pass what holds a literal, wherever it stands and whatever its case', () => {
    for (const text of [
      'X-Api-Key: {{key}}',
      'a sk_dev_4f1c09d2',
      'ЇЖ c2tf+/ab',
      'xx-api-key',
      'X-API-KEY',
    ]) {
      assert.equal(sieve.mayHold(bytesOf(text)), true, text);
    }
  });

  it('keeps back what holds only parts of one', () => {
    for (const text of [
      '',
      'x',
      'x-api-ke',
      'x-api-kex-api-ke',
      'sk_dev_4f1c09d sk_dev',
      'c2tf+/aс2tf+/ab',
    ]) {
      assert.equal(sieve.mayHold(bytesOf(text)), false, text);
    }
  });

  it('lets everything pass where a literal is a single character', () => {
    assert.equal(new ByteSieve(['k', 'x-api-key']).mayHold(bytesOf('nothing')), true);
  });

  it('finds a literal among any bytes, and none where there is none', () => {
    const literals = fc.array(
      fc.string({ unit: fc.constantFrom(...Array.from('abAB-_9')), minLength: 2, maxLength: 9 }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('abAB-_9'), 'é', '€', '💶'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(literals, text, (sought, within) => {
        const isThere = sought.some((literal) => capitals(within).includes(capitals(literal)));
        assert.equal(new ByteSieve(sought).mayHold(bytesOf(within)), isThere);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps back no text with a key in it', () => {
    const keys = fc.string({
      unit: fc.constantFrom(...Array.from('abXY01_-+/=%.')),
      minLength: 2,
      maxLength: 32,
    });
    const written = (key: string) =>
      fc.constantFrom(
        key,
        encodeURIComponent(key),
        Buffer.from(`shop:${key}`).toString('base64'),
        `"${key.slice(0, 5)}" + '${key.slice(5)}'`,
        `${key.slice(0, 1)}" + "${key.slice(1)}`,
        `X-API-KEY: "live_${'4f1c09d2'.repeat(2)}"`,
      );
    const cases = keys.chain((key) => fc.tuple(fc.constant(key), codeUnits(40), written(key), codeUnits(40)));
    let found = 0;
    fc.assert(
      fc.property(cases, ([key, before, middle, after]) => {
        const finder = new KeyFinder([{ environment: 'dev', key: apiKey(key) }]);
        const text = `${before} ${middle} ${after}`;
        if (leaksIn(text, finder).length === 0) return;
        found++;
        assert.equal(sieveOf(finder).mayHold(bytesOf(text)), true, text);
      }),
      { numRuns: 1000 },
    );
    assert.ok(found > 500, `${found} of them have a key in it`);
  });
});
