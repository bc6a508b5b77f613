import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import type { JournalOrder } from './journalChild';
import { PROJECT } from './paths';
import { runOrThrow, start } from './processes';
import { temporaryFolder } from './temporaryFolder';

let built: Promise<string> | undefined;

/** Starts a process that does something with a journal; it is quick, since it is bundled once. */
export async function startJournalProcess(
  order: JournalOrder,
  command = process.execPath,
  before: readonly string[] = [],
): Promise<ChildProcess> {
  const script = await (built ??= bundle());
  return start(command, [...before, script, JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** What a process finds in a journal: `order-1 in-flight`, in the order of the alphabet. */
export async function entriesFoundBy(
  command: string,
  folder: string,
  before: readonly string[] = [],
): Promise<string[]> {
  const script = await (built ??= bundle());
  const order: JournalOrder = { work: 'list', folder };
  return JSON.parse(await runOrThrow(command, [...before, script, JSON.stringify(order)])) as string[];
}

async function bundle(): Promise<string> {
  const outfile = path.join(await temporaryFolder('eccaex-journal-child'), 'child.js');
  await build({
    entryPoints: [path.join(PROJECT, 'test/support/journalChild.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return outfile;
}
