import path from 'node:path';
import type { VersionControl } from '../../app/leaks/scanPorts';
import type { GitState } from '../../core/leaks/leak';
import { rootOf, runGit } from './gitCommand';
import { visitStaged } from './stagedFiles';

/** Paths on one command line, in characters: Windows takes 32,767. */
const LONGEST_LINE = 20_000;

/** Asks the `git` on the PATH. */
export class Git implements VersionControl {
  readonly visitStaged = visitStaged;

  async ignoredFolders(folder: string): Promise<readonly string[]> {
    if (rootOf(folder) === undefined) return [];
    const all = await this.#list(folder, [
      'ls-files',
      '-z',
      '--others',
      '--ignored',
      '--exclude-standard',
      '--directory',
    ]);
    return (all ?? []).filter((name) => name.endsWith('/')).map((name) => path.join(folder, name));
  }

  rootOf(file: string): string | undefined {
    return rootOf(path.dirname(file));
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
    const ask = async (about: readonly string[], ...args: string[]) => {
      const all = about.length === 0 ? [] : await this.#list(root, [...args, '--', ...about]);
      return all && new Set(all);
    };
    const [tracked, committed] = await Promise.all([
      ask(names, 'ls-files', '-z', '--cached'),
      // Before the first commit this fails.
      ask(names, 'ls-tree', '-z', '-r', '--name-only', 'HEAD'),
    ]);
    const untracked = names.filter((name) => tracked?.has(name) === false);
    const [others, ignored] = await Promise.all([
      ask(untracked, 'ls-files', '-z', '--others'),
      ask(untracked, 'ls-files', '-z', '--others', '--ignored', '--exclude-standard'),
    ]);
    return files.flatMap((file, at): (readonly [string, GitState])[] => {
      const name = names[at] ?? '';
      if (tracked?.has(name)) return [[file, committed?.has(name) ? 'committed' : 'staged']];
      if (!tracked || !others || !ignored) return [[file, 'unknown']];
      if (others.has(name)) return [[file, ignored.has(name) ? 'ignored' : 'untracked']];
      return [];
    });
  }

  /** What git prints, name by name. */
  async #list(folder: string, args: readonly string[]): Promise<string[] | undefined> {
    return (await runGit(folder, args))?.split('\0').filter((name) => name !== '');
  }
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
