import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * A repository is somebody else's text, its configuration included: what that could have git run or fetch
 * is switched off. File names are no patterns.
 */
const SAFE = [
  ...['--no-pager', '--no-optional-locks', '--no-replace-objects', '--literal-pathspecs'],
  ...['-c', 'core.fsmonitor=false', '-c', 'protocol.allow=never'],
];

/** What git needs to find itself and the user's own settings; API keys are in the environment, too. */
const PASSED_ON = ['PATH', 'Path', 'HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'SystemRoot', 'TMPDIR', 'TEMP'];

const PATIENCE_MS = 10_000;
const MOST_OUTPUT = 64 * 1024 * 1024;

/** Repositories where git came to no end, by when that was: each question would wait as long. */
const stuck = new Map<string, number>();
const STUCK_FOR_MS = 60_000;

export interface GitOptions {
  /** What it is given to read. */
  readonly input?: string;
  /** Whether to ask about the commit that is being made, if this runs in a hook of it. */
  readonly ofCommit?: boolean;
}

/** Runs the `git` on the PATH in a folder. Resolves to what it prints; `undefined` where it fails or is not there. */
export async function runGit(folder: string, args: readonly string[]): Promise<string | undefined> {
  return (await runGitForBytes(folder, args))?.toString();
}

export function runGitForBytes(
  folder: string,
  args: readonly string[],
  { input = '', ofCommit = false }: GitOptions = {},
): Promise<Buffer | undefined> {
  const program = findExecutable('git');
  const repository = rootOf(folder) ?? folder;
  if (program === undefined || performance.now() - (stuck.get(repository) ?? -Infinity) < STUCK_FOR_MS)
    return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const child = execFile(
      program,
      [...SAFE, ...args],
      {
        cwd: folder,
        env: environment(ofCommit),
        encoding: 'buffer',
        timeout: PATIENCE_MS,
        maxBuffer: MOST_OUTPUT,
        windowsHide: true,
      },
      (error, output) => {
        if (error?.killed === true) stuck.set(repository, performance.now());
        resolve(error ? undefined : output);
      },
    );
    // It may end before it has read all.
    child.stdin?.on('error', () => undefined).end(input);
  });
}

function environment(ofCommit: boolean): NodeJS.ProcessEnv {
  const own = PASSED_ON.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(own),
    ...(ofCommit ? variablesOfCommit() : {}),
    LC_ALL: 'C',
    GIT_NO_LAZY_FETCH: '1',
    // Older versions know no such variable, and a repository can allow a single protocol.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** What git tells the hooks of a commit, which run where its files begin. */
function variablesOfCommit(): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE = '', GIT_INDEX_FILE } = process.env;
  return {
    ...(GIT_DIR === undefined
      ? {}
      : { GIT_DIR: path.resolve(GIT_DIR), GIT_WORK_TREE: path.resolve(GIT_WORK_TREE) }),
    ...(GIT_INDEX_FILE === undefined ? {} : { GIT_INDEX_FILE: path.resolve(GIT_INDEX_FILE) }),
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

/**
 * The absolute path of a program on the PATH. Windows would look into the working directory first,
 * where a repository could have put a program of its own.
 */
function findExecutable(name: string, variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (variables['PATH'] ?? variables['Path'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, file)).find(isFile);
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
