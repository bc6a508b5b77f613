// Runs the benchmarks, or those that are named: npm run bench -- cli sending --quick
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endEverythingOnSignal } from '../test/support/processes';
import { PROJECT } from '../test/support/paths';
import type { Context } from './benchmark';
import { BENCHMARKS } from './benchmarks';
import { table, withSection, type Section } from './results';

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const quick = given.includes('--quick');
  const named = given.filter((name) => name !== '--quick');
  const unknown = named.filter((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no benchmark ${unknown.join(', ')}. There are ${Object.keys(BENCHMARKS).join(', ')}.`,
    );
  }
  for (const [name, load] of Object.entries(BENCHMARKS)) {
    if (named.length > 0 && !named.includes(name)) continue;
    console.log(`\n── ${name} ──`);
    const notes: string[] = [];
    const context: Context = {
      quick,
      pick: (full, short) => (quick ? short : full),
      note: (text) => notes.push(text),
    };
    const rows = await (await load()).benchmark(context);
    const section = { name, rows, notes };
    console.log(table(section));
    // What is short says too little to be kept.
    if (!quick) await keep(section);
  }
}

async function keep(section: Section): Promise<void> {
  const file = path.join(PROJECT, 'bench/RESULTS.md');
  const before = await readFile(file, 'utf8');
  await writeFile(file, withSection(before, section, Object.keys(BENCHMARKS)));
}

endEverythingOnSignal();
main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
