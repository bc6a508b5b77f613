import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import path from 'node:path';
import type { VersionControl } from '../app/scanPorts';
import type { GitState } from '../core/leaks/leak';
import { findExecutable } from './executable';

/**
 * A repository is somebody else's text, its configuration included: what that could have git run or fetch
 * is switched off. File names are no patterns.
 */
const SAFE = [
  ...['--no-pager', '--no-optional-locks', '--literal-pathspecs'],
  ...['-c', 'core.fsmonitor=false', '-c', `core.hooksPath=${devNull}`, '-c', 'protocol.allow=never'],
];

/** What git needs to find itself and the user's own settings; API keys are in the environment, too. */
const PASSED_ON = ['PATH', 'Path', 'HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'SystemRoot', 'TMPDIR', 'TEMP'];

const PATIENCE_MS = 20_000;
const MOST_OUTPUT = 64 * 1024 * 1024;
/** Paths on one command line, in characters: Windows takes 32,767. */
const LONGEST_LINE = 20_000;

/** Asks the `git` on the PATH. */
export class Git implements VersionControl {
  readonly #program = findExecutable('git');

  async ignoredFolders(folder: string): Promise<readonly string[]> {
    if (rootOf(folder, new Map()) === undefined) return [];
    const all = await this.#list(folder, [
      'ls-files',
      '-z',
      '--others',
      '--ignored',
      '--exclude-standard',
      '--directory',
    ]);
    return all.filter((name) => name.endsWith('/')).map((name) => path.join(folder, name));
  }

  async statesOf(files: readonly string[]): Promise<ReadonlyMap<string, GitState>> {
    const states = new Map<string, GitState>();
    const known = new Map<string, string | undefined>();
    const byRoot = new Map<string, string[]>();
    for (const file of files) {
      const root = rootOf(path.dirname(file), known);
      if (root !== undefined) byRoot.set(root, [...(byRoot.get(root) ?? []), file]);
    }
    for (const [root, own] of byRoot) {
      for (const some of chunks(own)) {
        for (const [file, state] of await this.#statesIn(root, some)) states.set(file, state);
      }
    }
    return states;
  }

  async #statesIn(root: string, files: readonly string[]): Promise<(readonly [string, GitState])[]> {
    const names = files.map((file) => path.relative(root, file).split(path.sep).join('/'));
    const ask = async (...args: string[]) => new Set(await this.#list(root, [...args, '--', ...names]));
    const tracked = await ask('ls-files', '-z', '--cached');
    const committed = tracked.size > 0 ? await ask('ls-tree', '-z', '-r', '--name-only', 'HEAD') : new Set();
    const others = await ask('ls-files', '-z', '--others');
    const ignored =
      others.size > 0
        ? await ask('ls-files', '-z', '--others', '--ignored', '--exclude-standard')
        : new Set();
    return files.flatMap((file, at): (readonly [string, GitState])[] => {
      const name = names[at] ?? '';
      if (tracked.has(name)) return [[file, committed.has(name) ? 'committed' : 'staged']];
      if (others.has(name)) return [[file, ignored.has(name) ? 'ignored' : 'untracked']];
      return [];
    });
  }

  /** What git prints, name by name; nothing where it fails. */
  #list(folder: string, args: readonly string[]): Promise<string[]> {
    const program = this.#program;
    if (program === undefined) return Promise.resolve([]);
    return new Promise((resolve) => {
      execFile(
        program,
        [...SAFE, ...args],
        { cwd: folder, env: environment(), timeout: PATIENCE_MS, maxBuffer: MOST_OUTPUT, windowsHide: true },
        (error, output) => resolve(error ? [] : output.split('\0').filter((name) => name !== '')),
      );
    });
  }
}

function environment(): NodeJS.ProcessEnv {
  const own = PASSED_ON.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(own), LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
}

/** The nearest folder with a repository in it. */
function rootOf(folder: string, known: Map<string, string | undefined>): string | undefined {
  if (known.has(folder)) return known.get(folder);
  const parent = path.dirname(folder);
  const root = existsSync(path.join(folder, '.git'))
    ? folder
    : parent === folder
      ? undefined
      : rootOf(parent, known);
  known.set(folder, root);
  return root;
}

function chunks(files: readonly string[]): string[][] {
  const all: string[][] = [];
  let length = Infinity;
  for (const file of files) {
    length += file.length + 3;
    if (length > LONGEST_LINE) {
      all.push([]);
      length = file.length + 3;
    }
    all.at(-1)?.push(file);
  }
  return all;
}
