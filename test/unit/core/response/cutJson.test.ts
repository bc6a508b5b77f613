import assert from 'node:assert/strict';
import { cutJson, isTooLarge, LARGEST_VALUE } from '../../../../src/core/response/cutJson';

describe('values that are too large', () => {
  it('keeps the short parts of a value that is too large', () => {
    const value = { invoice_id: 'i-1', note: 'x'.repeat(LARGEST_VALUE), list: Array(1000).fill(1) };
    assert.ok(isTooLarge(value));
    const short = cutJson(value, (text) => text);
    assert.equal(short.invoice_id, 'i-1');
    assert.equal(short.note, `${'x'.repeat(500)}…`);
    assert.equal(short.list.length, 50);
    assert.ok(!isTooLarge(short));
  });

  it('takes texts out before it cuts, so that no part of one is left', () => {
    const secret = 'k'.repeat(40);
    const value = {
      ['n'.repeat(490) + secret]: 1,
      long: 'x'.repeat(490) + secret,
      short: secret,
      list: [secret],
    };
    const text = JSON.stringify(cutJson(value, (whole) => whole.replaceAll(secret, '••••')));
    assert.doesNotMatch(text, /k/);
    assert.equal(text.split('••••').length - 1, 4);
  });

  it('counts names, texts and numbers, also of what is nested', () => {
    const of = (name: string, text: string) => ({ [name]: [[text], 12] });
    assert.ok(!isTooLarge(of('n', 'a'.repeat(LARGEST_VALUE - 3))));
    assert.ok(isTooLarge(of('nn', 'a'.repeat(LARGEST_VALUE - 3))));
    assert.ok(isTooLarge(of('n', 'a'.repeat(LARGEST_VALUE - 2))));
    assert.ok(isTooLarge(Array(LARGEST_VALUE / 4 + 1).fill(1234)));
  });

  it('makes short whatever nests or repeats', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 60_000 }, (_, i) => [`key ${i}`, { a: { b: { c: { d: i } } } }]),
    );
    assert.ok(isTooLarge(wide));
    assert.ok(JSON.stringify(cutJson(wide, (text) => text)).length < LARGEST_VALUE);
  });
});
