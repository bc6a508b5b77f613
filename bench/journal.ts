import assert from 'node:assert/strict';
import type { Journal } from '../src/app/ports';
import { noJournal } from '../src/app/history/sendJournal';
import { startSandbox } from '../src/sandbox/server';
import { WindowJournal } from '../test/support/journal';
import { Sending } from '../test/support/sending';
import { removeFolder, temporaryFolder } from '../test/support/temporaryFolder';
import type { Benchmark, Context } from './benchmark';
import { compare, figuresOf, type Row } from './comparison';
import { readLongJournal } from './journalReading';
import { engine } from './sending';

/** What it costs that every request is on the disk before it leaves, and to read what is there. */
export const benchmark: Benchmark = async (context) => [
  ...(await writeAndSend(context)),
  ...(await readLongJournal(context)),
];

async function writeAndSend({ pick, note }: Context): Promise<Row[]> {
  const sandbox = await startSandbox();
  const folder = await temporaryFolder('eccaex-bench-journal');
  const sending = new Sending(sandbox.baseUrl);
  const window = new WindowJournal(folder);
  const waits: number[] = [];
  const journal: Journal = {
    begin: async (request) => {
      const begin = performance.now();
      const end = await window.journal.begin(request);
      waits.push(performance.now() - begin);
      return end;
    },
  };
  const sides = (count: number, inFlight: number) => {
    const side = (name: string, with_: Journal) => ({
      name,
      run: async () => {
        sending.journal = with_;
        await engine(sending, count, inFlight);
        return undefined;
      },
    });
    return { ours: side('with the journal', journal), theirs: side('the same without a journal', noJournal) };
  };
  const waited = (inFlight: number) => {
    const { median, max } = figuresOf(waits);
    const often = waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? NaN;
    note(
      `${inFlight} in flight: a send waits ${median.toFixed(2)} ms for the disk, 95% of them at most ${often.toFixed(2)} ms, the longest ${max.toFixed(2)} ms.`,
    );
    waits.length = 0;
  };
  try {
    const count = pick(1000, 100);
    const rows: Row[] = [];
    for (const inFlight of [1, 4, 20]) {
      const rounds = pick(7, 2);
      const what = `write down and send ${count} requests, ${inFlight} in flight`;
      rows.push(await compare({ what, ...sides(count, inFlight), aim: { times: 1.5 }, rounds }));
      waited(inFlight);
    }
    assert.deepEqual(window.failures, []);
    return rows;
  } finally {
    sending.dispose();
    await window.files.dispose();
    await sandbox.stop();
    await removeFolder(folder);
  }
}
