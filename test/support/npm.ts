import { type SpawnOptions } from 'node:child_process';
import path from 'node:path';
import { run, runOrThrow, type Finished } from './processes';

/** The npm that runs this script, else the one on the PATH. */
function npm(args: readonly string[]): [command: string, args: string[]] {
  const running = process.env.npm_execpath;
  return running !== undefined && path.basename(running).startsWith('npm-')
    ? [process.execPath, [running, ...args]]
    : ['npm', [...args]];
}

/** Runs a script of package.json to its end. */
export function runScript(name: string, options: SpawnOptions, ...args: string[]): Promise<Finished> {
  return run(...npm(['run', '--silent', name, '--', ...args]), options);
}

/**
 * Downloads packages, as `name@version`, into a folder as `.tgz` files, without unpacking them or running
 * anything of theirs. Resolves to the files' names, in the order of the packages.
 */
export async function downloadPackages(folder: string, ...packages: string[]): Promise<string[]> {
  await runOrThrow(...npm(['pack', '--silent', '--pack-destination', folder, ...packages]), { cwd: folder });
  return packages.map((name) => path.join(folder, `${name.replace(/^@/, '').replace(/[/@]/g, '-')}.tgz`));
}

/** Installs what a folder's lock file names, without compiling or running anything of it. */
export async function installLocked(folder: string): Promise<void> {
  const flags = [
    '--legacy-peer-deps',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--silent',
  ];
  await runOrThrow(...npm(['ci', ...flags]), { cwd: folder });
}

/** Installs packages, as `name@version`, into a folder of their own, without running anything of them. */
export async function installPackage(folder: string, ...names: string[]): Promise<void> {
  const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  await runOrThrow(...npm(['install', ...flags, '--prefix', folder, ...names]), { cwd: folder });
}
