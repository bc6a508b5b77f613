import assert from 'node:assert/strict';
import { LONGEST_BODY, shortened } from '../../../../src/app/history/sendJournal';

describe('shortening', () => {
  it('leaves a text of 256 KB as it is', () => {
    for (const text of ['', 'a'.repeat(LONGEST_BODY), 'ä'.repeat(LONGEST_BODY / 2)])
      assert.equal(shortened(text), text);
  });

  it('keeps the first 256 KB of a longer one, in whole characters', () => {
    assert.equal(shortened('a'.repeat(LONGEST_BODY + 1)), 'a'.repeat(LONGEST_BODY));
    assert.equal(shortened(`a${'💶'.repeat(LONGEST_BODY / 4)}`), `a${'💶'.repeat(LONGEST_BODY / 4 - 1)}`);
  });
});
