// Runs the benchmarks, or those that are named: npm run bench -- cli sending --quick
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endEverythingOnSignal } from '../test/support/processes';
import { PROJECT } from '../test/support/paths';
import type { Context } from './benchmark';
import { BENCHMARKS } from './benchmarks';
import { runsOn, table, type Section } from './results';

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
  const sections: Section[] = [];
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
    sections.push(section);
  }
  // What is short or not whole says too little to be kept.
  if (quick || named.length > 0) return;
  const results = [
    '# Results',
    runsOn(),
    ...sections.map((section) => `## ${section.name}\n\n${table(section)}`),
  ];
  await writeFile(path.join(PROJECT, 'bench/RESULTS.md'), `${results.join('\n\n')}\n`);
}

endEverythingOnSignal();
main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
