import type { ChildProcess } from 'node:child_process';
import { bundledChild } from './bundledChild';
import type { JournalOrder } from './journalChild';
import { runOrThrow, start } from './processes';

/** Starts a process that does something with a journal; what it does is in the order. */
export async function startJournalProcess(
  order: JournalOrder,
  command = process.execPath,
  before: readonly string[] = [],
): Promise<ChildProcess> {
  const script = await bundledChild('journalChild.ts');
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
  const script = await bundledChild('journalChild.ts');
  const order: JournalOrder = { work: 'list', folder };
  return JSON.parse(await runOrThrow(command, [...before, script, JSON.stringify(order)])) as string[];
}
