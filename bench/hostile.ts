import { NO_KEYS } from '../test/support/keys';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileTree } from '../src/adapters/files/fileTree';
import { Git } from '../src/adapters/git/git';
import { LeakScanner } from '../src/app/leaks/leakScanner';
import { removeFolder, temporaryFolder } from '../test/support/temporaryFolder';
import type { Benchmark } from './benchmark';
import { compareMeasured, type Row } from './comparison';
import { READERS, type Reader } from './hostileReaders';
import { SHAPES, type Shape } from './hostileShapes';

const KB = 1024;
const SMALL = 100 * KB;
/** Between these, a fault of the machine is told from one of the reader by measuring again. */
const TIMES_AGAIN = 3;
const AIM = 2;

interface Cost {
  readonly shape: Shape;
  /** Milliseconds for each 100 KB. */
  readonly small: number;
  readonly large: number;
}

/**
 * Whether what a stranger writes is read in time that grows with its size and no faster, whatever it is. Each reader
 * reads each shape at 10 KB, 100 KB, 1 MB and 4 MB, or as much as its source ever gives it; the row is of the shape that
 * grows worst. Rejects where anything is thrown.
 */
export const benchmark: Benchmark = async ({ pick, note }) => {
  const folder = await temporaryFolder('bench-hostile');
  const shapes = SHAPES.filter((_, place) => place % pick(1, 12) === 0);
  const scale = pick(1, 0.25);
  const rows: Row[] = [];
  try {
    for (const reader of [...READERS, scannerIn(folder)]) {
      const sizes = [10 * KB, SMALL, 1024 * KB, 4096 * KB].map((size) => Math.min(size * scale, reader.most));
      const [, small = 0, , large = 0] = sizes;
      if (small === large) for (const shape of shapes) await timeOf(reader, shape, large);
      let worst: Cost | undefined;
      for (const shape of small === large ? [] : shapes) {
        // The largest is read where its cost is taken.
        for (const size of sizes.slice(0, -1)) await timeOf(reader, shape, size);
        const cost = await costOf(reader, shape, small, large);
        if (!worst || cost.large / cost.small > worst.large / worst.small) worst = cost;
      }
      if (!worst) {
        note(`${reader.name}: ${large / KB} KB at most, and nothing is thrown.`);
        continue;
      }
      rows.push(
        compareMeasured(
          {
            what: `${reader.name}, ${worst.shape.name} of ${shapes.length} shapes: 100 KB of ${Math.round(large / KB)} KB`,
            unit: 'ms',
            against: `100 KB of ${Math.round(small / KB)} KB`,
            aim: { times: AIM },
          },
          [{ ours: worst.large, theirs: worst.small }],
        ),
      );
    }
    note('A file has no longer name than 255 bytes: those are read in tests alone.');
    return rows;
  } finally {
    await removeFolder(folder);
  }
};

/** The least of several times: what a machine adds is never less than nothing. */
async function costOf(reader: Reader, shape: Shape, small: number, large: number): Promise<Cost> {
  let [least, most] = [Infinity, Infinity];
  for (let again = 0; again < TIMES_AGAIN; again++) {
    for (let round = 0; round < 3; round++) least = Math.min(least, await timeOf(reader, shape, small));
    most = Math.min(most, await timeOf(reader, shape, large));
    if (most / large <= (AIM * least) / small) break;
  }
  return { shape, small: (least / small) * SMALL, large: (most / large) * SMALL };
}

/** Of the processor, in milliseconds: what else runs on the machine does not count. */
async function timeOf({ read }: Reader, shape: Shape, size: number): Promise<number> {
  const text = shape.text(size);
  const begin = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

function scannerIn(folder: string): Reader {
  const scanner = new LeakScanner({
    keys: NO_KEYS,
    tree: fileTree,
    git: new Git(),
    isTrusted: () => true,
  });
  return {
    name: 'a file that is searched for keys',
    most: 4096 * KB,
    read: async (text) => {
      await writeFile(path.join(folder, 'stranger.txt'), text);
      await scanner.scan(folder, new AbortController());
    },
  };
}
