import assert from 'node:assert/strict';
import { waitWords } from '../../../../src/core/phrases';
import { timeOf } from '../../../../src/core/times';
import { waitOf } from '../../../../src/core/contract/retryAfter';

const NOW = new Date('2026-11-26T12:00:00.000Z');

describe('Retry-After', () => {
  for (const [header, seconds, until] of [
    ['120', 120, '2026-11-26T12:02:00.000Z'],
    [' 1 ', 1, '2026-11-26T12:00:01.000Z'],
    ['Thu, 26 Nov 2026 12:00:30 GMT', 30, '2026-11-26T12:00:30.000Z'],
    ['Fri, 27 Nov 2026 12:00:00 GMT', 86_400, '2026-11-27T12:00:00.000Z'],
  ] as const)
    it(`${header} is ${seconds} s`, () => assert.deepEqual(waitOf(header, NOW), { seconds, until }));

  for (const header of [
    undefined,
    '',
    '0',
    '-5',
    '1.5',
    'soon',
    '9'.repeat(1_000_000),
    '999999999',
    'Thu, 26 Nov 2026 11:59:00 GMT',
    'GMT',
    ' GMT',
  ])
    it(`${String(header).slice(0, 40)} says nothing`, () => assert.equal(waitOf(header, NOW), undefined));
});

describe('the words of a wait', () => {
  for (const [seconds, words] of [
    [45, 'Wait 45 s (until TIME)'],
    [60, 'Wait 1 min (until TIME)'],
    [61, 'Wait 2 min (until TIME)'],
    [120, 'Wait 2 min (until TIME)'],
    [7200, 'Wait 2 h (until TIME)'],
    [86_400, 'Wait 24 h (until Nov 27, TIME)'],
    [5 * 86_400, 'Wait 5 days (until Dec 1, TIME)'],
  ] as const)
    it(words, () => {
      const wait = waitOf(String(seconds), NOW);
      assert.equal(waitWords(wait), words.replace('TIME', timeOf(wait?.until ?? '')));
    });

  it('say nothing of a time where nobody did', () => assert.equal(waitWords(undefined), 'Wait'));
});
