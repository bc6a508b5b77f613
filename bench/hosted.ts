import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { OUT, PROJECT } from '../test/support/paths';
import { runOrThrow } from '../test/support/processes';
import { removeFolder, temporaryFolder } from '../test/support/temporaryFolder';
import { runInDesktop } from '../test/support/vscode/desktopHost';
import type { HostRun } from '../test/support/vscode/hostRun';
import { provideHost, requestedVersion, type Host } from '../test/support/vscode/provide';
import { provideBrowser } from '../test/support/vscode/provideBrowser';
import { runInServed } from '../test/support/vscode/servedHost';
import { QUIET } from '../test/support/vscode/settings';
import type { Context } from './benchmark';

/** Builds the extension, and gives the VS Code that measures it. */
export async function providedHost(note: Context['note']): Promise<Host> {
  await runOrThrow(process.execPath, ['esbuild.js', '--production'], { cwd: PROJECT });
  const { host, description } = await provideHost({
    version: requestedVersion(),
    executable: process.env.VSCODE_EXECUTABLE,
  });
  if (host.kind === 'served') await provideBrowser();
  note(`In ${description}.`);
  return host;
}

/** One start of VS Code in a workspace of its own. */
interface HostedRun {
  readonly entry: string;
  readonly extension: string;
  readonly beside?: string;
  /** Texts of the files of the workspace. */
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: HostRun['settings'];
}

/** Gives what the entry writes as JSON to the file BENCH_RESULT; rejects where that is `{ error }`. */
export async function inHost<Measured extends object>(
  host: Host,
  { entry, extension, beside, files, env = {}, settings = {} }: HostedRun,
): Promise<Measured> {
  const folder = await temporaryFolder('bench-host');
  try {
    const result = path.join(folder, 'result.json');
    const run: HostRun = {
      extension,
      beside,
      entry,
      workspace: path.join(folder, 'workspace'),
      dataFolder: path.join(folder, 'data'),
      env: { ...env, BENCH_RESULT: result },
      settings: { ...QUIET, ...settings },
    };
    await mkdir(run.workspace);
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(run.workspace, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
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

/** Bundles a module below bench/host for the extension host. Gives where it is. */
export async function bundleForHost(module: string, name: string): Promise<string> {
  const outfile = path.join(OUT, 'bench', name);
  await build({
    entryPoints: [path.join(PROJECT, 'bench/host', module)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}
