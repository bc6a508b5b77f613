import assert from 'node:assert/strict';
import { exactMomentOf, momentOf, timeOf } from '../../../src/core/times';

describe('a time', () => {
  const now = new Date(2026, 10, 26, 16, 31, 9);

  it('has 24 hours, and a day where that is not today, and a year where it is not this one', () => {
    const times = [
      now,
      new Date(2026, 10, 26, 0, 5, 0),
      new Date(2026, 10, 25, 23, 59, 59),
      new Date(2025, 0, 2, 3, 4, 5),
    ];
    assert.deepEqual(
      times.map((at) => momentOf(at, now)),
      ['16:31', '00:05', 'Nov 25, 23:59', 'Jan 02 2025, 03:04'],
    );
    assert.deepEqual(
      times.map((at) => exactMomentOf(at, now)),
      ['16:31:09', '00:05:00', 'Nov 25, 23:59:59', 'Jan 02 2025, 03:04:05'],
    );
    assert.equal(timeOf(now.toISOString()), '16:31');
  });
});
