import { lstatSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommitHooks, HookState } from '../../app/leaks/scanPorts';
import { runGit, rootOf } from './gitCommand';

/** The pre-commit hook of a repository. One that is there is never touched. */
export const gitHooks: CommitHooks = {
  async state(folder: string): Promise<HookState> {
    const root = rootOf(folder);
    if (root === undefined) return { kind: 'no-repository' };
    const configured = (await runGit(root, ['config', '--get', 'core.hooksPath']))?.trim() ?? '';
    if (configured !== '') return { kind: 'elsewhere', folder: configured };
    const hooks = (await runGit(root, ['rev-parse', '--git-path', 'hooks']))?.trim() ?? '';
    if (hooks === '') return { kind: 'no-repository' };
    const file = path.resolve(root, hooks, 'pre-commit');
    return { kind: lstatSync(file, { throwIfNoEntry: false }) ? 'present' : 'free', file };
  },

  async add(file: string, text: string): Promise<boolean> {
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text, { flag: 'wx', mode: 0o755 });
      return true;
    } catch {
      return false;
    }
  },
};
