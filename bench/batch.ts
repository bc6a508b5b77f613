import path from 'node:path';
import { startSandbox } from '../src/sandbox/server';
import { PROJECT } from '../test/support/paths';
import { runOrThrow } from '../test/support/processes';
import type { Benchmark } from './benchmark';
import type { BatchSent, Order } from './batchInProcess';
import { bundle } from './bundled';
import { compareMeasured } from './comparison';

/** A batch in one file: the memory that it takes at most, how long the process does nothing else, and how soon a stop ends it. */
export const benchmark: Benchmark = async ({ pick, note }) => {
  const few = pick(1000, 100);
  const script = await bundle(path.join(PROJECT, 'bench/batchInProcess.ts'));
  const sandbox = await startSandbox();
  const send = async (...batches: readonly number[]) => run({ baseUrl: sandbox.baseUrl, batches });
  const run = async (order: Order): Promise<BatchSent> => {
    const before = sandbox.stats().created;
    const output = await runOrThrow(process.execPath, [script, JSON.stringify(order)]);
    const sent = JSON.parse(output) as BatchSent;
    const created = sandbox.stats().created - before;
    if (created < sent.created || created > sent.created + sent.unanswered)
      throw new Error(`The server created ${created}, and the reports say ${JSON.stringify(sent)}.`);
    return sent;
  };
  try {
    const rounds: { small: BatchSent; large: BatchSent; parts: BatchSent }[] = [];
    for (let round = 0; round < pick(5, 1); round++) {
      const small = await send(few);
      const large = await send(10 * few);
      rounds.push({ small, large, parts: await send(...Array<number>(10).fill(few)) });
    }
    const stopped = await run({ baseUrl: sandbox.baseUrl, batches: [10 * few], stopAt: few });
    note(
      `Stopped after ${few} of ${10 * few}: over ${stopped.stopMs.toFixed(0)} ms later; the server created ${stopped.created} to ${stopped.created + stopped.unanswered}, as the reports say.`,
    );
    const blocked = rounds.map(({ large }) => large.longestBlockMs.toFixed(0)).join(', ');
    note(`The longest that the process did nothing else while ${10 * few} were sent: ${blocked} ms.`);
    const what = `a batch of ${10 * few}`;
    const against = `a batch of ${few}`;
    return [
      compareMeasured(
        { what: `peak of memory, ${what}`, unit: 'MB', against, aim: { times: 2 } },
        rounds.map(({ small, large }) => ({ ours: large.peakMb, theirs: small.peakMb })),
      ),
      compareMeasured(
        { what: `peak of memory, ${what}`, unit: 'MB', against: `ten of ${few}`, aim: { times: 1.25 } },
        rounds.map(({ large, parts }) => ({ ours: large.peakMb, theirs: parts.peakMb })),
      ),
      compareMeasured(
        { what: `time for each request of ${what}`, unit: 'ms', against, aim: { times: 1 } },
        rounds.map(({ small, large }) => ({ ours: large.ms / 10 / few, theirs: small.ms / few })),
      ),
    ];
  } finally {
    await sandbox.stop();
  }
};
