import { NO_KEYS } from '../test/support/keys';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileTree } from '../src/adapters/files/fileTree';
import { Git } from '../src/adapters/git/git';
import { LeakScanner } from '../src/app/leaks/leakScanner';
import { problemsOfNow } from '../src/app/outcomes/problemsOfNow';
import { parseDocument } from '../src/core/document/document';
import { startSandbox } from '../src/sandbox/server';
import { bodyOf, WindowJournal } from '../test/support/journal';
import { PROJECT } from '../test/support/paths';
import { startScriptedServer } from '../test/support/scriptedServer';
import { Sending } from '../test/support/sending';
import { removeFolder, temporaryFolder } from '../test/support/temporaryFolder';
import type { Benchmark } from './benchmark';
import { compareMeasured, figuresOf, type Row } from './comparison';
import { plot, type Series } from './plot';
import { profileOf } from './profiled';
import { invoice } from './requests';
import { writeCorpus } from './scanCorpus';
import { engine } from './sending';

type Measure = (size: number) => Promise<number>;

/** What grows, and what it costs at each size, in milliseconds. */
interface Growing {
  readonly title: string;
  readonly of: string;
  readonly sizes: readonly number[];
  readonly measure: Measure;
}

/** At most so much more for each unit of the largest size than of the smallest. */
const AIM = 1.3;

/** Whether cost grows as size does: with documents, files, entries of the history, requests, and answers. */
export const benchmark: Benchmark = async ({ quick, pick, note }) => {
  const folder = await temporaryFolder('bench-growth');
  const sandbox = await startSandbox();
  const sending = new Sending(sandbox.baseUrl);
  const scale = pick(1, 0.05);
  const sizes = (...all: number[]) => all.map((size) => Math.max(1, Math.round(size * scale)));
  try {
    const all: Growing[] = [
      { title: 'check a document', of: 'KB', sizes: sizes(175, 350, 700, 1400), measure: check },
      {
        title: 'send a batch, 20 in flight',
        of: 'requests',
        sizes: sizes(1000, 2000, 4000),
        measure: (count) => timed(() => engine(sending, count, 20)),
      },
      { title: 'find keys', of: 'files', sizes: sizes(500, 1000, 2000), measure: scanIn(folder) },
      { title: 'read the history', of: 'entries', sizes: sizes(500, 1000, 2000), measure: historyIn(folder) },
      { title: 'take an answer', of: 'KB', sizes: sizes(2000, 4000, 8000), measure: answer },
    ];
    const rows: Row[] = [];
    const series: Series[] = [];
    for (const growing of all) {
      const points = await pointsOf(growing, pick(9, 1));
      series.push({ title: growing.title, of: growing.of, points });
      rows.push(rowOf(growing, points));
    }
    note(`Of the time for the largest answer: ${await profileOf(() => answer(sizes(8000)[0] ?? 0))}.`);
    if (!quick) {
      await writeFile(path.join(PROJECT, 'bench/growth.svg'), plot(series));
      note(
        'Each size is in growth.svg. The aim is for the cost of one unit, at the largest size and the smallest.',
      );
    }
    return rows;
  } finally {
    sending.dispose();
    await sandbox.stop();
    await removeFolder(folder);
  }
};

/** The sizes in turn, so that what the machine does meanwhile meets all alike. */
async function pointsOf({ sizes, measure }: Growing, rounds: number): Promise<Series['points']> {
  const costs = sizes.map((size) => ({ size, all: [] as number[] }));
  for (let round = -1; round < rounds; round++)
    for (const { size, all } of costs) {
      const ms = await measure(size);
      if (round >= 0) all.push(ms);
    }
  return costs.map(({ size, all }) => ({ size, ms: figuresOf(all).median }));
}

function rowOf({ title, of, sizes }: Growing, points: Series['points']): Row {
  const [first] = points;
  const last = points.at(-1);
  assert.ok(first && last);
  const [small, large] = [sizes[0], sizes.at(-1)].map(String);
  return compareMeasured(
    {
      what: `${title}: each of ${large ?? ''} ${of}`,
      unit: 'ms',
      against: `each of ${small ?? ''}`,
      aim: { times: AIM },
    },
    [{ ours: last.ms / last.size, theirs: first.ms / first.size }],
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

const texts = new Map<number, string>();

/** The same as at a keystroke: a new text, read and checked whole. */
function check(kilobytes: number): Promise<number> {
  const text = texts.get(kilobytes) ?? batchOf(kilobytes);
  texts.set(kilobytes, text);
  return timed(() => {
    const problems = problemsOfNow(parseDocument(text), { environment: 'dev', variables: {} }, []);
    assert.ok(problems.length > 0);
    return Promise.resolve();
  });
}

function batchOf(kilobytes: number): string {
  const requests: string[] = [];
  for (let length = 0; length < kilobytes * 1000; length += requests.at(-1)?.length ?? 0)
    requests.push(invoice(requests.length % 10 === 0 ? '' : `order-${requests.length}`));
  return `[${requests.join(',\n')}]`;
}

function scanIn(folder: string): Measure {
  const scanner = new LeakScanner({
    keys: NO_KEYS,
    tree: fileTree,
    git: new Git(),
    isTrusted: () => true,
  });
  return async (count) => {
    const files = path.join(folder, `files-${count}`);
    await writeCorpus(files, count);
    const { signal } = new AbortController();
    return timed(async () => {
      assert.ok((await scanner.scan(files, { signal })).files.length > 0);
    });
  };
}

/** As a window does that begins. */
function historyIn(folder: string): Measure {
  return async (count) => {
    const journal = path.join(folder, `journal-${count}`);
    const before = new WindowJournal(journal);
    before.limit = count;
    await before.history.refresh();
    const missing = count - before.history.entries.length;
    for (let place = 0; place < missing; place += 100)
      await Promise.all(
        Array.from({ length: Math.min(100, missing - place) }, () =>
          before.send({ body: bodyOf(randomUUID(), { purpose: 'p'.repeat(300) }) }),
        ),
      );
    await before.files.dispose();
    const window = new WindowJournal(journal);
    window.limit = count;
    try {
      return await timed(async () => {
        await window.history.refresh();
        assert.equal(window.history.entries.length, count);
      });
    } finally {
      await window.files.dispose();
    }
  };
}

/** From the request to the report. */
async function answer(kilobytes: number): Promise<number> {
  const keys = Array.from({ length: kilobytes * 20 }, (_, place) => `"key${place}":"${'v'.repeat(37)}"`);
  const body = `{"invoice_id":"i-1","payment_link":"https://pay.example/i-1",${keys.join()}}`;
  const server = await startScriptedServer((res) => {
    res.writeHead(201, { 'Content-Type': 'application/json' }).end(body);
  });
  const sending = new Sending(server.baseUrl);
  try {
    return await timed(async () => {
      const report = await sending.sendOne(invoice(randomUUID()));
      assert.equal(report.outcome, 'created');
    });
  } finally {
    sending.dispose();
    await server.stop();
  }
}
