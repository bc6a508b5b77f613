import { lstatSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommitHooks, HookState } from '../../app/leaks/scanPorts';
import { EARLIER, isOurHook, withoutOurHook } from '../../core/leaks/commitHook';
import { runGit, rootOf } from './gitCommand';

/** The pre-commit hook of a repository. What others wrote is never read for what it does, and never lost. */
export const gitHooks: CommitHooks = {
  async state(folder: string): Promise<HookState> {
    const root = rootOf(folder);
    if (root === undefined) return { kind: 'no-repository' };
    const configured = (await runGit(root, ['config', '--get', 'core.hooksPath']))?.trim() ?? '';
    if (configured !== '') return { kind: 'elsewhere', folder: configured };
    const hooks = (await runGit(root, ['rev-parse', '--git-path', 'hooks']))?.trim() ?? '';
    if (hooks === '') return { kind: 'no-repository' };
    const file = path.resolve(root, hooks, 'pre-commit');
    if (!isThere(file)) return { kind: 'free', file };
    return { kind: hasOurs(file) ? 'ours' : 'others', file };
  },

  async add(file: string, text: string): Promise<boolean> {
    const earlier = file + EARLIER;
    try {
      await mkdir(path.dirname(file), { recursive: true });
      if (isThere(file)) {
        if (isThere(earlier)) return false;
        await rename(file, earlier);
      }
    } catch {
      return false;
    }
    try {
      await writeFile(file, text, { flag: 'wx', mode: 0o755 });
      return true;
    } catch {
      if (isThere(earlier) && !isThere(file)) await rename(earlier, file).catch(() => undefined);
      return false;
    }
  },

  async remove(file: string): Promise<boolean> {
    const earlier = file + EARLIER;
    try {
      const rest = withoutOurHook(await readFile(file, 'utf8'), isThere(earlier));
      if (rest !== undefined) await writeFile(file, rest);
      // In one step: there is no moment without the hook that was there before.
      else if (isThere(earlier)) await rename(earlier, file);
      else await rm(file);
      return true;
    } catch {
      return false;
    }
  },
};

/** A link that leads nowhere is there, too. */
function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

function hasOurs(file: string): boolean {
  try {
    return isOurHook(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
