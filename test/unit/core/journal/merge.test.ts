import assert from 'node:assert/strict';
import { compaction, isOverfull } from '../../../../src/core/journal/compaction';
import { deletedIn, merge, type HistoryEntry, type SessionFile } from '../../../../src/core/journal/merge';
import { matches, outcomeOf } from '../../../../src/core/journal/search';
import type { Summary } from '../../../../src/core/journal/summary';

const NOW = new Date('2026-03-04T12:00:00Z');

function sent(id: string, minute = 0): Summary {
  return {
    kind: 'sent',
    id,
    at: `2026-03-04T10:${String(minute).padStart(2, '0')}:00.000Z`,
    uri: 'file:///shop/a.json',
    path: '/shop/a.json',
    index: 0,
    environment: 'dev',
    url: 'https://api.example/api/v1/create-invoice',
    request: {
      externalId: `Order ${id}`,
      amount: '12.00',
      currency: 'EUR',
      customerId: 'user_7',
      purpose: 'Premium tea',
    },
  };
}
const answered = (id: string): Summary => ({
  kind: 'answered',
  id,
  outcome: 'rejected',
  status: 422,
  code: 'BAD',
  message: 'The amount is odd.',
});
const settled = (id: string): Summary => ({ kind: 'settled', id });
const deleted = (id: string, at = NOW.toISOString()): Summary => ({ kind: 'deleted', id, at });

function file(name: string, ...summaries: Summary[]): SessionFile {
  const records = summaries.map((summary, place) => ({
    place: { file: name, offset: place * 10, length: 9 },
    summary,
  }));
  return { name, session: name.split('.')[0] ?? '', records };
}
const shown = (entries: readonly HistoryEntry[]) => entries.map(({ id, state }) => `${id} ${state}`);
const isDead = (session: string) => session.startsWith('dead');

describe('the journal of several windows', () => {
  it('is one list, newest first, whatever file a record is in', () => {
    const files = [
      file('dead.0', sent('a', 1), sent('c', 3)),
      file('live.0', answered('a'), sent('b', 2), answered('b')),
    ];
    assert.deepEqual(shown(merge(files, 9, isDead)), ['c lost', 'b answered', 'a answered']);
  });

  it('has as in flight what a living window sends, and as lost what a dead one did, until somebody knows', () => {
    const files = [
      file('live.0', sent('a', 1)),
      file('dead.0', sent('b', 2), sent('c', 3)),
      file('live.1', settled('c')),
    ];
    assert.deepEqual(shown(merge(files, 9, isDead)), ['c settled', 'b lost', 'a in-flight']);
  });

  it('has nothing of what was deleted, wherever that is said', () => {
    const files = [
      file('dead.0', sent('a'), answered('a')),
      file('live.0', deleted('a'), answered('nobody')),
    ];
    assert.deepEqual(merge(files, 9, isDead), []);
  });

  it('has each send once, though a file was written twice', () => {
    const twice = [sent('a'), answered('a')];
    assert.deepEqual(shown(merge([file('dead.0', ...twice), file('dead.1', ...twice)], 9, isDead)), [
      'a answered',
    ]);
  });

  for (const [limit, expected] of [
    [0, ['d in-flight', 'b lost']],
    [1, ['d in-flight', 'c answered', 'b lost']],
    [9, ['d in-flight', 'c answered', 'b lost', 'a answered']],
  ] as const) {
    it(`keeps ${limit} that are over, and all others`, () => {
      const files = [
        file('dead.0', sent('a', 1), answered('a'), sent('b', 2), sent('c', 3), answered('c')),
        file('live.0', sent('d', 4)),
      ];
      assert.deepEqual(shown(merge(files, limit, isDead)), expected);
    });
  }
});

describe('making the journal smaller', () => {
  const plan = (files: readonly SessionFile[], kept: string[], everything = false, gone: string[] = []) =>
    compaction(files, new Set(kept), ({ session }) => isDead(session), NOW, everything, new Set(gone)).map(
      (rewrite) => `${rewrite.file}: ${[...rewrite.offsets].join()}`,
    );

  it('leaves what is all kept, and what somebody writes to', () => {
    assert.deepEqual(plan([file('dead.0', sent('a'), answered('a')), file('live.0', sent('b'))], ['a']), []);
  });

  it('takes out the records of what is not kept, and files of which nothing stays', () => {
    const files = [
      file('dead.0', sent('a'), sent('b'), answered('b'), settled('a')),
      file('dead.1', sent('a'), settled('a')),
    ];
    assert.deepEqual(plan(files, ['b']), ['dead.1: ', 'dead.0: 10,20']);
  });

  it('remembers for a day what was deleted, and longer while it stands in the file of a living window', () => {
    const before = '2026-03-02T00:00:00Z';
    const files = [
      file('dead.0', sent('a'), deleted('a'), deleted('b', before), deleted('c', before)),
      file('live.0', sent('c')),
    ];
    assert.deepEqual(plan(files, []), ['dead.0: 10,30']);
  });

  it('remembers nothing of what is to be gone, where a note of that would keep a file', () => {
    const files = [file('dead.0', sent('a'), deleted('a')), file('dead.1', sent('a'), sent('b'))];
    assert.deepEqual(plan(files, ['a', 'b'], false, ['a']), ['dead.0: ', 'dead.1: 10']);
  });

  it('leaves a file that cannot be read, unless everything is to go', () => {
    assert.deepEqual(plan([file('dead.0')], []), []);
    assert.deepEqual(plan([file('dead.0')], [], true), ['dead.0: ']);
  });

  it('is worth it for many sends that are not kept, or one that was deleted', () => {
    const files = [file('dead.0', sent('a'), sent('b'), sent('c'))];
    const kept = new Set(['a']);
    assert.equal(isOverfull(files, new Set(), kept, 2), false);
    assert.equal(isOverfull(files, new Set(), kept, 1), true);
    assert.equal(isOverfull(files, deletedIn([file('live.0', deleted('b'))]), kept, 2), true);
  });
});

describe('searching the history', () => {
  const [rejected, lost] = merge([file('dead.0', sent('a', 2), answered('a'), sent('b', 1))], 9, isDead);

  for (const query of [
    '',
    'order A',
    'DEV',
    'rejected bad',
    '12.00 eur',
    '422',
    'api.example',
    '/shop/a.json',
    '2026-03-04',
    'user_7 premium TEA',
    'amount odd',
  ]) {
    it(`finds by “${query}”`, () => assert.ok(rejected && matches(rejected, query)));
  }

  it('finds nothing by a word that is not there', () => {
    assert.ok(rejected && !matches(rejected, 'order created'));
  });

  it('finds what has no answer as unanswered', () => {
    assert.ok(lost && matches(lost, 'unanswered'));
    assert.equal(outcomeOf(lost), 'unanswered');
  });
});
