import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeRecord } from '../src/core/journal/record';
import { bodyOf, departed, REPORT, WindowJournal } from '../test/support/journal';
import { removeFolder, temporaryFolder } from '../test/support/temporaryFolder';
import type { Context } from './benchmark';
import { compareMeasured, type Row } from './comparison';

/** For a window to read a long journal, or what has become of it, in milliseconds more than for one that is empty. */
const MOST_ADDED = 200;

/** At most so much more for each line of a long journal than of a short one. */
const GROWTH = 1.3;

/** For each send that is kept, so many are noted as deleted: by a window that still runs, so that the notes stay. */
const NOTES = 10;

interface Cost {
  /** Until a window that has just been opened knows what is there. */
  readonly opened: number;
  /** Until it knows of one more send. */
  readonly refreshed: number;
}

/** What it costs to read a journal that is as long as it gets, and to find what is new in it. */
export async function readLongJournal({ pick }: Context): Promise<Row[]> {
  const folder = await temporaryFolder('eccaex-bench-journal');
  const most = pick(10_000, 1_000);
  const [long, short] = [most, most / 4];
  const costs: Record<'long' | 'short' | 'empty', Cost>[] = [];
  try {
    for (let round = -1; round < pick(9, 1); round++) {
      const cost = {
        long: await costOf(folder, long),
        short: await costOf(folder, short),
        empty: await costOf(folder, 0),
      };
      if (round >= 0) costs.push(cost);
    }
  } finally {
    await removeFolder(folder);
  }
  const size = `${most} sends and ${most * NOTES} notes of deleted ones`;
  return (['opened', 'refreshed'] as const).flatMap((when) => {
    const what = when === 'opened' ? `read ${size}` : `find one more send among ${size}`;
    const times = long / short;
    return [
      compareMeasured(
        { what, unit: 'ms', against: 'the same, empty', aim: { more: MOST_ADDED } },
        costs.map((cost) => ({ ours: cost.long[when], theirs: cost.empty[when] })),
      ),
      compareMeasured(
        { what, unit: 'ms', against: `${times} times a quarter of it`, aim: { times: GROWTH } },
        costs.map((cost) => ({ ours: cost.long[when], theirs: times * cost.short[when] })),
      ),
    ];
  });
}

async function costOf(base: string, count: number): Promise<Cost> {
  const folder = path.join(base, randomUUID());
  await write(folder, count);
  const [window, other] = [0, 1].map(() => Object.assign(new WindowJournal(folder), { limit: count + 1 }));
  assert.ok(window && other);
  try {
    const opened = await timed(() => window.history.refresh());
    assert.equal(window.history.entries.length, count);
    await other.send();
    const refreshed = await timed(() => window.history.refresh());
    assert.equal(window.history.entries.length, count + 1);
    assert.deepEqual(window.failures, []);
    return { opened, refreshed };
  } finally {
    await Promise.all([window, other].map(({ files }) => files.dispose()));
    await removeFolder(folder);
  }
}

async function write(folder: string, count: number): Promise<void> {
  const session = randomUUID();
  const begun = Date.now() - count * 1_000;
  const lines = Array.from({ length: count }, (_, place) => {
    const id = randomUUID();
    const at = new Date(begun + place * 1_000).toISOString();
    const sent = encodeRecord({ kind: 'sent', id, at, ...departed({ body: bodyOf(`order-${place}`) }) });
    const answered = encodeRecord({ kind: 'answered', id, report: REPORT });
    const notes = Array.from({ length: NOTES }, () =>
      encodeRecord({ kind: 'deleted', id: randomUUID(), at, session }),
    );
    return [sent, answered, ...notes].join('');
  });
  await mkdir(path.join(folder, 'sessions'), { recursive: true });
  await writeFile(path.join(folder, `${session}.0.jsonl`), lines.join(''));
  // On another machine, as far as can be seen from here.
  const mark = JSON.stringify({ system: 'another', machine: 'another' });
  await writeFile(path.join(folder, 'sessions', `${session}.mark`), mark);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
