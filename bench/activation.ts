import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { name, publisher } from '../package.json';
import { OUT, PROJECT } from '../test/support/paths';
import { runOrThrow } from '../test/support/processes';
import { removeFolder, temporaryFolder } from '../test/support/temporaryFolder';
import { runInDesktop } from '../test/support/vscode/desktopHost';
import type { HostRun } from '../test/support/vscode/hostRun';
import { provideHost, requestedVersion, type Host } from '../test/support/vscode/provide';
import { provideBrowser } from '../test/support/vscode/provideBrowser';
import { runInServed } from '../test/support/vscode/servedHost';
import { QUIET } from '../test/support/vscode/settings';
import type { Benchmark } from './benchmark';
import { compareMeasured, figuresOf } from './comparison';
import type { Measured } from './host/measure';
import { invoice } from './requests';

/** Each in an extension host of its own, which has never loaded it before. */
export const benchmark: Benchmark = async ({ pick, note }) => {
  await runOrThrow(process.execPath, ['esbuild.js', '--production'], { cwd: PROJECT });
  const { host, description } = await provideHost({
    version: requestedVersion(),
    executable: process.env.VSCODE_EXECUTABLE,
  });
  if (host.kind === 'served') await provideBrowser();
  note(`In ${description}.`);
  const entry = await buildMeasure();
  const folder = await temporaryFolder('bench-activation');
  const rounds: { ours: Measured; empty: Measured }[] = [];
  try {
    const own = await withoutEvents(folder);
    for (let round = 0; round < pick(7, 1); round++) {
      rounds.push({
        ours: await measure(host, entry, own, `${publisher}.${name}`),
        empty: await measure(host, entry, path.join(PROJECT, 'bench/host/empty'), 'bench.empty'),
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

async function buildMeasure(): Promise<string> {
  const outfile = path.join(OUT, 'bench/measure.js');
  await build({
    entryPoints: [path.join(PROJECT, 'bench/host/measure.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/** A workspace whose files do not activate the extension by themselves. */
async function measure(host: Host, entry: string, extension: string, id: string): Promise<Measured> {
  const folder = await temporaryFolder('bench-host');
  try {
    const result = path.join(folder, 'result.json');
    const run: HostRun = {
      extension,
      entry,
      workspace: path.join(folder, 'workspace'),
      dataFolder: path.join(folder, 'data'),
      env: { BENCH_EXTENSION: id, BENCH_RESULT: result },
      settings: QUIET,
    };
    await mkdir(run.workspace);
    await writeFile(path.join(run.workspace, 'order.json'), invoice('{{$uuid}}'));
    const { code, log } =
      host.kind === 'desktop'
        ? await runInDesktop(host.executable, run)
        : await runInServed(host.installation, run);
    if (code !== 0) throw new Error(`VS Code ended with ${code}.\n${log}`);
    const measured = JSON.parse(await readFile(result, 'utf8')) as Measured | { readonly error: string };
    if ('error' in measured) throw new Error(measured.error);
    return measured;
  } finally {
    await removeFolder(folder);
  }
}
