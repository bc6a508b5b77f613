import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import type { JournalOrder } from './journalChild';
import { PROJECT } from './paths';
import { start } from './processes';
import { temporaryFolder } from './temporaryFolder';

let built: Promise<string> | undefined;

/** Starts a process that does something with a journal; it is quick, since it is bundled once. */
export async function startJournalProcess(order: JournalOrder): Promise<ChildProcess> {
  const script = await (built ??= bundle());
  return start(process.execPath, [script, JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
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
