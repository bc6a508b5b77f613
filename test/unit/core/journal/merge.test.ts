import assert from 'node:assert/strict';
import { compaction, emptied, isOverfull } from '../../../../src/core/journal/compaction';
import {
  capped,
  merge,
  type HistoryEntry,
  type JournalPart,
  matches,
  outcomeOf,
  uncertainIn,
} from '../../../../src/core/journal/merge';
import { nextOrder } from '../../../../src/core/journal/order';
import type { Outcome } from '../../../../src/core/report/report';
import { type Summary } from '../../../../src/core/journal/summary';

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
const deleted = (id: string, session?: string): Summary => ({
  kind: 'deleted',
  id,
  at: '2026-03-04T12:00:00Z',
  ...(session === undefined ? {} : { session }),
});

/** `dead.0`: of a session and sealed where that has ended. */
function file(name: string, ...summaries: Summary[]): JournalPart {
  const session = name.split('.')[0] ?? '';
  const records = summaries.map((summary, at) => ({
    place: { file: name, offset: at * 10, length: 9 },
    session,
    summary,
  }));
  return { name, isSealed: isDead(session), records, unknown: [] };
}
const ended = (id: string, outcome: Outcome, code?: string): Summary => ({
  kind: 'answered',
  id,
  outcome,
  ...(code === undefined ? {} : { code }),
});
const shown = (entries: readonly HistoryEntry[]) => entries.map(({ id, state }) => `${id} ${state}`);
const isDead = (session: string) => session.startsWith('dead');

describe('the journal of several windows', () => {
  it('is one list, newest first, whatever file a record is in', () => {
    const files = [
      file('dead.0', sent('a', 1), sent('c', 3)),
      file('live.0', answered('a'), sent('b', 2), answered('b')),
    ];
    assert.deepEqual(shown(merge(files, isDead)), ['c lost', 'b answered', 'a answered']);
  });

  it('has as in flight what a living window sends, and as lost what a dead one did, until somebody knows', () => {
    const files = [
      file('live.0', sent('a', 1)),
      file('dead.0', sent('b', 2), sent('c', 3)),
      file('live.1', settled('c')),
    ];
    assert.deepEqual(shown(merge(files, isDead)), ['c settled', 'b lost', 'a in-flight']);
  });

  it('has nothing of what was deleted, wherever that is said', () => {
    const files = [
      file('dead.0', sent('a'), answered('a')),
      file('live.0', deleted('a'), answered('nobody')),
    ];
    assert.deepEqual(merge(files, isDead), []);
  });

  it('has each send once, though a file was written twice', () => {
    const twice = [sent('a'), answered('a')];
    assert.deepEqual(shown(merge([file('dead.0', ...twice), file('dead.1', ...twice)], isDead)), [
      'a answered',
    ]);
  });

  it('gives the very same entry for a send of which nothing is new, and another one for each that something is', () => {
    const first = file('live.0', sent('a', 1), sent('b', 2), answered('b'), sent('c', 3), sent('d', 4));
    const second = file('live.1', answered('c'), settled('b'), sent('e', 5));
    const before = merge([first], isDead);
    const after = merge([first, second], isDead);
    assert.deepEqual(shown(after), ['e in-flight', 'd in-flight', 'c answered', 'b answered', 'a in-flight']);
    assert.deepEqual(
      before.filter((entry) => after.includes(entry)).map(({ id }) => id),
      ['d', 'a'],
    );
    assert.deepEqual(
      after.map(({ isSettled }) => isSettled),
      [undefined, undefined, undefined, true, undefined],
    );
    const moved = first.records.map((record) => ({ ...record, place: { ...record.place, file: 'base' } }));
    assert.ok(
      merge([{ ...first, records: moved }], isDead).every(({ places }) => places.sent.file === 'base'),
    );
    const ended = merge([first, second], () => true);
    assert.deepEqual(shown(ended), ['e lost', 'd lost', 'c answered', 'b answered', 'a lost']);
  });

  it('has the order in which sends were written, also where a clock was ahead for a while', () => {
    const ahead = { ...sent('a'), at: '2027-01-01T00:00:00Z' };
    const later = { ...sent('c', 2), order: Date.parse(ahead.at) + 1 };
    const files = [file('dead.0', ahead, sent('b', 1)), file('live.0', later)];
    assert.deepEqual(shown(merge(files, isDead)), ['c in-flight', 'b lost', 'a lost']);
  });

  for (const [now, own, others, expected] of [
    [100, 0, 0, 100],
    [100, 90, 90, 100],
    // Another window may have given the same one.
    [100, 300, 300, 301],
    [100, 90, 300, 301],
    [100, 300, 90, 300],
    [100, 0, 8.64e15, 8.64e15],
  ] as const)
    it(`counts on from the newest: ${now} after ${own} and ${others} is ${expected}`, () =>
      assert.equal(nextOrder(now, own, others), expected));

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
      assert.deepEqual(shown(capped(merge(files, isDead), limit)), expected);
    });
  }
});

describe('making the journal smaller', () => {
  interface Asked {
    readonly kept?: string[];
    readonly gone?: string[];
    readonly everything?: boolean;
  }
  const keeping = ({ kept = [], everything = false }: Asked) => ({
    ...{ kept: new Set(kept), everything, isEnded: isDead },
  });
  const plan = (parts: readonly JournalPart[], asked: Asked) => compaction(parts, keeping(asked), ['old']);
  const removable = (parts: readonly JournalPart[], asked: Asked) =>
    emptied(parts, keeping(asked), new Set(asked.gone));
  const copied = (parts: readonly JournalPart[], asked: Asked) =>
    plan(parts, asked).lines.flatMap((line) =>
      typeof line === 'string' ? [] : [`${line.file} ${line.offset} ${line.length}`],
    );

  it('makes one file of those that nobody appends to, and says of which', () => {
    const parts = [file('dead.0', sent('a')), file('live.0', sent('b'))];
    assert.deepEqual(plan(parts, { kept: ['a', 'b'] }), {
      replaced: ['dead.0', 'old'],
      lines: [
        '{"kind":"journal","format":2,"replaces":["dead.0","old"]}\n',
        '{"kind":"session","session":"dead"}\n',
        { file: 'dead.0', offset: 0, length: 9 },
      ],
    });
  });

  it('leaves out the records of what is not kept', () => {
    const parts = [
      file('dead.0', sent('a'), sent('b'), answered('b'), settled('a')),
      file('dead.1', sent('a'), settled('a')),
    ];
    assert.deepEqual(copied(parts, { kept: ['b'] }), ['dead.0 10 19']);
  });

  it('leaves out all that there is of a send, or nothing of it while some of it is in a file that stays', () => {
    const parts = [
      file('dead.0', sent('a'), answered('b'), settled('c'), sent('d')),
      file('live.0', answered('a'), sent('b'), sent('c')),
    ];
    assert.deepEqual(copied(parts, {}), ['dead.0 0 29']);
    assert.deepEqual(copied([...parts, file('live.1', deleted('a'))], {}), ['dead.0 10 19']);
  });

  it('remembers what was deleted while its session runs, or it stands in a file that stays', () => {
    const parts = [
      file('dead.0', sent('a'), deleted('a'), deleted('b', 'dead'), deleted('c', 'live'), deleted('d')),
      file('live.0', answered('d')),
    ];
    assert.deepEqual(copied(parts, {}), ['dead.0 30 19']);
  });

  for (const [what, parts, expected] of [
    [
      'without a note of what is gone',
      [file('dead.0', sent('a'), deleted('a', 'live')), file('dead.1', deleted('b', 'live'))],
      ['dead.0'],
    ],
    ['where nothing of it is kept', [file('dead.0', sent('c'), answered('c'))], ['dead.0']],
    ['though notes of its sends stay', [file('dead.0', sent('a')), file('live.0', deleted('a'))], ['dead.0']],
    [
      'unless it holds a response alone',
      [file('dead.0', sent('c'), sent('k')), file('dead.1', answered('c'))],
      [],
    ],
    ['unless it holds a request alone', [file('dead.0', sent('c')), file('dead.1', answered('c'))], []],
    ['unless it says that somebody knows', [file('live.0', sent('c')), file('dead.1', settled('c'))], []],
    ['unless it says what is gone', [file('dead.0', sent('a'), sent('k')), file('dead.1', deleted('a'))], []],
  ] as const)
    it(`has a file go as a whole ${what}`, () =>
      assert.deepEqual(removable(parts, { kept: ['k'], gone: ['a'] }), expected));

  it('keeps an answer whose request it does not see', () => {
    assert.deepEqual(copied([file('dead.0', answered('a'))], {}), ['dead.0 0 9']);
    assert.deepEqual(copied([file('dead.0', answered('a'))], { everything: true }), []);
    assert.deepEqual(copied([file('dead.0', answered('a')), file('live.0', deleted('a'))], {}), []);
  });

  it('keeps lines that it cannot read, in their place, unless everything is to go', () => {
    const unknown = { place: { file: 'dead.0', offset: 20, length: 2 }, session: 'dead' };
    const parts = [{ ...file('dead.0', sent('a'), sent('b')), unknown: [unknown] }];
    const places = ['dead.0 0 22'];
    assert.deepEqual(copied(parts, { kept: ['a', 'b'] }), places);
    assert.deepEqual(copied(parts, { kept: ['a'], everything: true }), ['dead.0 0 9']);
  });

  it('is worth it for many sends that are not kept, one that was deleted, or many files', () => {
    const isFull = (slack: number, ...parts: JournalPart[]) =>
      isOverfull(parts, { kept: new Set(['a']), isEnded: isDead }, slack);
    const old = file('dead.0', sent('a'), sent('b'), answered('b'), sent('c'));
    assert.equal(isFull(2, old), false);
    assert.equal(isFull(1, old), true);
    assert.equal(isFull(2, old, file('live.0', deleted('b'))), true);
    assert.equal(isFull(2, ...Array.from({ length: 17 }, (_, at) => file(`dead.${at}`))), true);
  });

  it('is worth it for many notes, unless they are still needed', () => {
    const notes = (session?: string) => file('dead.0', ...['b', 'c'].map((id) => deleted(id, session)));
    const isFull = (...parts: JournalPart[]) => isOverfull(parts, { kept: new Set(), isEnded: isDead }, 1);
    assert.equal(isFull(notes()), true);
    assert.equal(isFull(notes('live')), false);
    assert.equal(isFull(notes(), file('live.0', sent('b'), sent('c'))), false);
  });
});

describe('searching the history', () => {
  const [rejected, lost] = merge([file('dead.0', sent('b', 1), sent('a', 2), answered('a'))], isDead);

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

describe('sends whose invoice may exist', () => {
  const uncertain = (...summaries: Summary[]) =>
    uncertainIn(merge([file('dead.0', ...summaries)], isDead)).map(({ id }) => id);

  it('are those without an end, without a response, and with one that says neither', () => {
    assert.deepEqual(
      uncertain(
        ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((id, minute) => sent(id, minute)),
        ended('b', 'unanswered', 'timeout'),
        ended('c', 'unexpected', 'not-an-invoice'),
        ended('d', 'unexpected', 'http-502'),
        ended('e', 'created'),
        ended('f', 'rejected', 'BAD'),
        ended('g', 'blocked', 'connection'),
        ended('h', 'unexpected', 'redirect'),
        ended('i', 'unexpected', 'http-404'),
      ),
      ['d', 'c', 'b', 'a'],
    );
  });

  it('are none that somebody dismissed, whether they have a response or not', () => {
    assert.deepEqual(
      uncertain(sent('a'), sent('b'), ended('b', 'unanswered'), settled('a'), settled('b')),
      [],
    );
  });

  it('are none before one of the same order that somebody dismissed: who looked that order up has looked it up for all', () => {
    const again = { ...sent('a', 1), id: 'a2' };
    assert.deepEqual(uncertain(sent('a'), again, settled('a2')), []);
    assert.deepEqual(uncertain(sent('a'), again, ended('a2', 'unanswered'), settled('a2')), []);
    assert.deepEqual(uncertain(sent('a'), again, settled('a')), ['a2']);
  });

  it('are none that were sent again and created; of those that were not, the last one', () => {
    const again = (id: string, of: string, minute: number): Summary => ({ ...sent(of, minute), id });
    assert.deepEqual(uncertain(sent('a'), again('a2', 'a', 1), ended('a2', 'created')), []);
    assert.deepEqual(uncertain(sent('a'), again('a2', 'a', 1), ended('a2', 'unanswered')), ['a2']);
    assert.deepEqual(uncertain(sent('a'), again('a2', 'a', 1), ended('a2', 'rejected', 'API_KEY_INVALID')), [
      'a',
    ]);
  });
});
