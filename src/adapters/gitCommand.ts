import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findExecutable } from './executable';

/**
 * A repository is somebody else's text, its configuration included: what that could have git run or fetch
 * is switched off. File names are no patterns.
 */
const SAFE = [
  ...['--no-pager', '--no-optional-locks', '--literal-pathspecs'],
  ...['-c', 'core.fsmonitor=false', '-c', 'protocol.allow=never'],
];

/** What git needs to find itself and the user's own settings; API keys are in the environment, too. */
const PASSED_ON = ['PATH', 'Path', 'HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'SystemRoot', 'TMPDIR', 'TEMP'];

const PATIENCE_MS = 20_000;
const MOST_OUTPUT = 64 * 1024 * 1024;

/** Runs the `git` on the PATH in a folder. Resolves to what it prints; to nothing where it fails or is not there. */
export function runGit(folder: string, args: readonly string[]): Promise<string> {
  const program = findExecutable('git');
  if (program === undefined) return Promise.resolve('');
  return new Promise((resolve) => {
    execFile(
      program,
      [...SAFE, ...args],
      {
        cwd: folder,
        env: environment(),
        timeout: PATIENCE_MS,
        maxBuffer: MOST_OUTPUT,
        windowsHide: true,
      },
      (error, output) => resolve(error ? '' : output),
    );
  });
}

function environment(): NodeJS.ProcessEnv {
  const own = PASSED_ON.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(own),
    LC_ALL: 'C',
    GIT_NO_LAZY_FETCH: '1',
    // Older versions know no such variable, and a repository can allow a single protocol.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** The nearest folder with a repository in it. `known` saves looking twice. */
export function rootOf(folder: string, known = new Map<string, string | undefined>()): string | undefined {
  if (known.has(folder)) return known.get(folder);
  const parent = path.dirname(folder);
  const isRoot = existsSync(path.join(folder, '.git'));
  const root = isRoot ? folder : parent === folder ? undefined : rootOf(parent, known);
  known.set(folder, root);
  return root;
}
