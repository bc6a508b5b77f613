import assert from 'node:assert/strict';
import { LONGEST_BODY, shortened, shortenedJson } from '../../../../src/core/journal/shorten';

describe('shortening', () => {
  it('leaves a text of 256 KB as it is', () => {
    for (const text of ['', 'a'.repeat(LONGEST_BODY), 'ä'.repeat(LONGEST_BODY / 2)])
      assert.equal(shortened(text), text);
  });

  it('keeps the first 256 KB of a longer one, in whole characters', () => {
    assert.equal(shortened('a'.repeat(LONGEST_BODY + 1)), 'a'.repeat(LONGEST_BODY));
    assert.equal(shortened(`a${'💶'.repeat(LONGEST_BODY / 4)}`), `a${'💶'.repeat(LONGEST_BODY / 4 - 1)}`);
  });

  it('keeps the short parts of a value that is too large', () => {
    const value = { invoice_id: 'i-1', note: 'x'.repeat(LONGEST_BODY), list: Array(1000).fill(1) };
    const short = shortenedJson(value);
    assert.equal(short.invoice_id, 'i-1');
    assert.equal(short.note, `${'x'.repeat(500)}…`);
    assert.equal(short.list.length, 50);
    assert.ok(shortenedJson(short) === short);
  });

  it('leaves a value that is not too large', () => {
    const value = { a: [1, 'x'.repeat(1000)] };
    assert.equal(shortenedJson(value), value);
  });

  it('makes short whatever nests or repeats', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 60_000 }, (_, i) => [`key ${i}`, { a: { b: { c: { d: i } } } }]),
    );
    assert.ok(JSON.stringify(shortenedJson(wide)).length < LONGEST_BODY);
  });
});
