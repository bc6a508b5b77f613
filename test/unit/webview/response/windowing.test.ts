import assert from 'node:assert/strict';
import { contentHeight, scrollTopFor, TALLEST, windowOf } from '../../../../src/webview/response/windowing';

const [rowHeight, viewport] = [22, 440];

describe('the window of a long list', () => {
  it('holds the rows in view and a few more', () => {
    assert.deepEqual(windowOf({ rows: 1000, rowHeight, viewport, scrollTop: 0 }), {
      first: 0,
      last: 30,
      top: 0,
    });
    const { first, last, top } = windowOf({ rows: 1000, rowHeight, viewport, scrollTop: 2205 });
    assert.deepEqual([first, last, top], [90, 131, 90 * 22]);
    assert.deepEqual(windowOf({ rows: 3, rowHeight, viewport, scrollTop: 0 }).last, 3);
    assert.deepEqual(windowOf({ rows: 0, rowHeight, viewport, scrollTop: 0 }), { first: 0, last: 0, top: 0 });
  });

  for (const rows of [10, 1_000, 200_000, 363_637, 5_000_000]) {
    it(`of ${rows} rows reaches each of them, and is never large`, () => {
      const height = contentHeight(rows, rowHeight);
      assert.ok(height <= TALLEST);
      for (const row of [0, 1, Math.floor(rows / 3), rows - 2, rows - 1]) {
        for (const from of [0, 0.5, 1].map((share) => share * Math.max(0, height - viewport))) {
          const scrollTop = scrollTopFor(row, { rows, rowHeight, viewport, scrollTop: from });
          assert.ok(scrollTop >= 0 && scrollTop <= Math.max(0, height - viewport) + 0.001, `${scrollTop}`);
          const { first, last, top } = windowOf({ rows, rowHeight, viewport, scrollTop });
          assert.ok(first <= row && row < last, `${row} in ${first}..${last}`);
          assert.ok(last - first <= 42);
          const offset = top + (row - first) * rowHeight - scrollTop;
          assert.ok(offset > -1 && offset < viewport - rowHeight + 1, `${row} is ${offset} below the edge`);
        }
      }
    });
  }

  it('stays where a row is in view already', () => {
    const scrolled = { rows: 1000, rowHeight, viewport, scrollTop: 2200 };
    assert.equal(scrollTopFor(105, scrolled), 2200);
    assert.equal(scrollTopFor(99, scrolled), 99 * 22);
    assert.equal(scrollTopFor(120, scrolled), 121 * 22 - 440);
  });
});
