import { PROJECT } from '../test/support/paths';
import type { Benchmark } from './benchmark';
import { compareMeasured, figuresOf, type Row } from './comparison';
import { bundleForHost, inHost, providedHost } from './hosted';
import type { Key } from './host/editing';
import type { Listing } from './host/requestFiles';
import type { Scale } from './host/scale';
import { invoice } from './requests';

const FILES = 200;

const MANY_FILES = 5000;

/** What grows with the work, in a real VS Code: texts that are typed in, files that are sent at once or listed, entries of the history. */
export const benchmark: Benchmark = async ({ pick, note }) => {
  const host = await providedHost(note);
  const entry = await bundleForHost('scale.ts', 'scale.js');
  const texts: Readonly<Record<string, string>> = {
    '1 KB': batchOf(3),
    '70 KB': batchOf(200),
    '700 KB': batchOf(2000),
    '10,000 elements': batchOf(10_000),
    'a line of 5 MB': lineOf(5_000_000),
  };
  const named = Object.keys(texts).map((title, place) => ({ title, file: `key-${place}.invoice.json` }));
  const entries = pick(10_000, 2000);
  const { keys, first, memory, history } = await inHost<Scale>(host, {
    entry,
    extension: PROJECT,
    files: {
      ...Object.fromEntries(named.map(({ title, file }) => [file, texts[title] ?? ''])),
      ...Object.fromEntries(
        Array.from({ length: FILES }, (_, place) => [`many/${place}.invoice.json`, invoice('{{$uuid}}')]),
      ),
    },
    env: {
      BENCH_KEYS: named.map(({ file }) => file).join(),
      BENCH_ROUNDS: String(pick(10, 4)),
      BENCH_ENTRIES: String(entries),
    },
    settings: { 'eccaex.history.limit': 10_000 },
  });
  const listing = await inHost<Listing>(host, {
    entry: await bundleForHost('requestFiles.ts', 'requestFiles.js'),
    extension: PROJECT,
    files: Object.fromEntries(
      Array.from({ length: MANY_FILES }, (_, place) => [`${place}.invoice.json`, invoice('{{$uuid}}')]),
    ),
    env: { BENCH_ROUNDS: String(pick(10, 4)) },
  });
  const keysOf = (file: string): readonly Key[] => keys[file] ?? [];
  const smallest = figuresOf(keysOf('key-0.invoice.json').map(({ diagnostic }) => diagnostic)).median;
  const once = (row: Pick<Row, 'what' | 'unit' | 'against' | 'aim'>, ours: number, theirs: number) =>
    compareMeasured(row, [{ ours, theirs }]);
  note('A key waits 120 ms for the next one before the text is checked.');
  return [
    ...named.slice(1).map(({ title, file }) =>
      compareMeasured(
        { what: `key to diagnostic, ${title}`, unit: 'ms', against: '1 KB', aim: { more: 100 } },
        keysOf(file).map(({ diagnostic }) => ({ ours: diagnostic, theirs: smallest })),
      ),
    ),
    ...named.map(({ title, file }) =>
      compareMeasured(
        { what: `longest block at a key, ${title}`, unit: 'ms', against: 'a plain text', aim: { more: 50 } },
        keysOf(file).map(({ block, plain }) => ({ ours: block, theirs: plain })),
      ),
    ),
    compareMeasured(
      { what: `first of ${FILES} files to the wire`, unit: 'ms', against: 'one file', aim: { more: 100 } },
      first,
    ),
    once(
      { what: 'memory after 2000 sends', unit: 'MB', against: `after ${FILES}`, aim: { more: 20 } },
      memory.many,
      memory.few,
    ),
    once(
      {
        what: `open the history, ${entries} entries`,
        unit: 'ms',
        against: 'a view of 3 rows',
        aim: { more: 300 },
      },
      history.open.ms,
      history.small.ms,
    ),
    once(
      { what: 'longest block as it opens', unit: 'ms', against: 'a view of 3 rows', aim: { more: 50 } },
      history.open.block,
      history.small.block,
    ),
    once(
      { what: 'memory with the history open', unit: 'MB', against: 'before', aim: { more: 20 } },
      history.memory.after,
      history.memory.before,
    ),
    compareMeasured(
      {
        what: `a send beside the history, ${entries} entries`,
        unit: 'ms',
        against: 'hidden',
        aim: { times: 1.2 },
      },
      history.sends,
    ),
    once(
      {
        what: `longest block as ${MANY_FILES} request files are listed`,
        unit: 'ms',
        against: 'a view without rows',
        aim: { more: 50 },
      },
      listing.block.ours,
      listing.block.theirs,
    ),
    compareMeasured(
      {
        what: `a send beside ${MANY_FILES} request files`,
        unit: 'ms',
        against: 'hidden',
        aim: { times: 1.2 },
      },
      listing.sends,
    ),
  ];
};

function batchOf(count: number): string {
  const requests = Array.from({ length: count }, (_, place) => invoice(`order-${place}`));
  return `[${requests.join(',\n')}]`;
}

/** One request, whose purpose is the line. */
function lineOf(length: number): string {
  const request = JSON.parse(invoice('order-1')) as { purpose: string };
  return JSON.stringify({ ...request, purpose: 'p'.repeat(length) });
}
