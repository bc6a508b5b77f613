import path from 'node:path';
import { startSandbox } from '../src/sandbox/server';
import { PROJECT } from '../test/support/paths';
import { runOrThrow } from '../test/support/processes';
import type { Benchmark } from './benchmark';
import { compareMeasured } from './comparison';

/** Megabytes in use after a garbage collection: after so many sends of one file, and after ten times as many. */
export const benchmark: Benchmark = async ({ pick }) => {
  const few = pick(1000, 100);
  const sandbox = await startSandbox();
  try {
    const pairs: { ours: number; theirs: number }[] = [];
    for (let round = 0; round < pick(3, 1); round++) {
      const script = path.join(PROJECT, 'bench/memoryOfSends.ts');
      const output = await runOrThrow(process.execPath, [
        ...['--import', 'tsx', script],
        ...[sandbox.baseUrl, String(few)],
      ]);
      const { few: theirs, many: ours } = JSON.parse(output) as { few: number; many: number };
      pairs.push({ ours, theirs });
    }
    const what = `memory after ${10 * few} sends`;
    return [compareMeasured({ what, unit: 'MB', against: `after ${few}`, aim: { times: 1.05 } }, pairs)];
  } finally {
    await sandbox.stop();
  }
};
