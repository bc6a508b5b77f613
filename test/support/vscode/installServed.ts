import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { downloadPackages, installLocked } from '../npm';
import { CACHE } from '../paths';
import { runOrThrow } from '../processes';
import { type Release } from './releases';

/** VS Code's server on disk. */
export interface ServedInstallation {
  readonly release: Release;
  /** The Node that runs the server. */
  readonly node: string;
  /** The folder with VS Code's `out` and `extensions`. */
  readonly vscode: string;
}

/** Parts for AI agents: a quarter of a gigabyte that no extension host needs. */
const SUPERFLUOUS = ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'extensions/copilot'];

/** Whether npm has a server that runs on this machine. */
export const servedIsPossible = process.platform === 'linux';

/** What this process is installing, by where. */
const underWay = new Map<string, Promise<void>>();

/** Installs a release of VS Code's server from npm, once. Rejects when npm or tar fails. */
export async function installServed(release: Release): Promise<ServedInstallation> {
  const home = path.join(CACHE, `code-server-${release.codeServer}`);
  if (!existsSync(home)) {
    const installing = underWay.get(home) ?? installInto(home, release);
    underWay.set(home, installing);
    await installing;
  }
  return {
    release,
    node: path.join(home, 'node/bin/node'),
    vscode: path.join(home, 'code-server/lib/vscode'),
  };
}

/** Everything is put together beside its place and moved there whole: an interrupted installation leaves no half. */
async function installInto(home: string, release: Release): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  await removeAbandoned(home);
  const draft = `${home}.${process.pid}.partial`;
  await mkdir(draft);
  try {
    await fetchInto(draft, release);
    await rename(draft, home);
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(home)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function fetchInto(draft: string, release: Release): Promise<void> {
  const packages = await downloadPackages(
    draft,
    `code-server@${release.codeServer}`,
    `node-${process.platform}-${process.arch}@${release.node}`,
  );
  for (const [index, name] of ['code-server', 'node'].entries()) {
    await mkdir(path.join(draft, name));
    const file = packages[index] ?? '';
    await runOrThrow('tar', ['-xzf', file, '--strip-components=1', '-C', path.join(draft, name)]);
    await rm(file);
  }
  const vscode = path.join(draft, 'code-server/lib/vscode');
  await lockToRegistry(path.join(vscode, 'npm-shrinkwrap.json'));
  await installLocked(vscode);
  await installLocked(path.join(vscode, 'extensions'));
  for (const part of SUPERFLUOUS) await rm(path.join(vscode, part), { recursive: true, force: true });
  for (const part of ['share', 'include']) {
    await rm(path.join(draft, 'node', part), { recursive: true, force: true });
  }
}

/** Has npm take those packages from the registry, by their version, that the lock file takes from a git repository. */
async function lockToRegistry(lockFile: string): Promise<void> {
  interface Lock {
    readonly packages: Record<string, { resolved?: string; integrity?: string }>;
  }
  const lock = JSON.parse(await readFile(lockFile, 'utf8')) as Lock;
  for (const entry of Object.values(lock.packages)) {
    if (entry.resolved?.startsWith('git+') !== true) continue;
    delete entry.resolved;
    delete entry.integrity;
  }
  await writeFile(lockFile, JSON.stringify(lock));
}

/** Removes what an installation left behind whose process is gone. */
async function removeAbandoned(home: string): Promise<void> {
  for (const entry of await readdir(path.dirname(home))) {
    const [, pid] = /^code-server-.*\.(\d+)\.partial$/.exec(entry) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(path.join(path.dirname(home), entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
