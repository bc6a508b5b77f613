import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { name, publisher } from '../package.json';
import { PROJECT } from '../test/support/paths';
import { removeFolder, temporaryFolder } from '../test/support/temporaryFolder';
import type { Benchmark } from './benchmark';
import { compareMeasured, figuresOf } from './comparison';
import { bundleForHost, inHost, providedHost } from './hosted';
import type { Measured } from './host/measure';
import { invoice } from './requests';

/** Each in an extension host of its own, which has never loaded it before. */
export const benchmark: Benchmark = async ({ pick, note }) => {
  const host = await providedHost(note);
  const entry = await bundleForHost('measure.ts', 'measure.js');
  const measure = (extension: string, id: string) =>
    inHost<Measured>(host, {
      entry,
      extension,
      // None that activates the extension by itself.
      files: { 'order.json': invoice('{{$uuid}}') },
      env: { BENCH_EXTENSION: id },
    });
  const folder = await temporaryFolder('bench-activation');
  const rounds: { ours: Measured; empty: Measured }[] = [];
  try {
    const own = await withoutEvents(folder);
    for (let round = 0; round < pick(7, 1); round++) {
      rounds.push({
        ours: await measure(own, `${publisher}.${name}`),
        empty: await measure(path.join(PROJECT, 'bench/host/empty'), 'bench.empty'),
      });
    }
  } finally {
    await removeFolder(folder);
  }
  const busy = (side: 'ours' | 'empty') =>
    figuresOf(rounds.map((round) => round[side].busy)).median.toFixed(0);
  note(
    `In the two seconds from the activation on, the extension host is busy for ${busy('ours')} ms; with the empty extension for ${busy('empty')} ms.`,
  );
  return [
    compareMeasured(
      { what: 'activation, cold', unit: 'ms', against: 'an empty extension', aim: { more: 25 } },
      rounds.map(({ ours, empty }) => ({ ours: ours.activation, theirs: empty.activation })),
    ),
    compareMeasured(
      { what: 'the first send after activation', unit: 'ms', against: 'the second send', aim: { times: 3 } },
      rounds.map(({ ours }) => ({ ours: ours.firstSend ?? NaN, theirs: ours.secondSend ?? NaN })),
    ),
  ];
};

/** The extension as it is packed, but that nothing activates it before the clock runs: VS Code reads JSON as it starts. */
async function withoutEvents(folder: string): Promise<string> {
  const extension = path.join(folder, name);
  for (const part of ['dist', 'media', 'package.nls.json'])
    await cp(path.join(PROJECT, part), path.join(extension, part), { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(PROJECT, 'package.json'), 'utf8')) as object;
  await writeFile(
    path.join(extension, 'package.json'),
    JSON.stringify({ ...manifest, activationEvents: [] }),
  );
  return extension;
}
