import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ChildProcess } from 'node:child_process';
import type { Report } from '../../src/core/report/report';
import { OUT, PROJECT } from './paths';
import { ended, runOrThrow, start } from './processes';
import { removeFolder, temporaryFolder } from './temporaryFolder';

/** Apart from what VS Code runs meanwhile. */
const BUILD = path.join(OUT, 'cli');
const CLI = path.join(BUILD, 'cli.js');

let built: Promise<unknown> | undefined;

/** Builds the CLI as it is shipped, once for all tests of a process. */
export function buildCli(): Promise<unknown> {
  return (built ??= runOrThrow(process.execPath, ['esbuild.js', '--production', `--outdir=${BUILD}`], {
    cwd: PROJECT,
  }));
}

/** What a run of `eccaex` came to. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Beside those that any process needs. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A run that has not ended. */
export interface Running {
  readonly child: ChildProcess;
  readonly done: Promise<Ran>;
  /** Resolves when standard output and standard error together match. */
  saying(pattern: RegExp): Promise<RegExpExecArray>;
}

/** A folder for the files of a test, in which `eccaex` runs. */
export class CliWorkspace {
  private constructor(readonly folder: string) {}

  static async create(): Promise<CliWorkspace> {
    return new CliWorkspace(await temporaryFolder('eccaex-cli'));
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(path.join(this.folder, name), content);
    return name;
  }

  remove(): Promise<void> {
    return removeFolder(this.folder);
  }

  /** Runs `eccaex` to its end, in pipes. */
  run(args: readonly string[], options?: RunOptions): Promise<Ran> {
    return this.start(args, options).done;
  }

  start(args: readonly string[], options?: RunOptions): Running {
    return this.#start(process.execPath, [CLI, ...args], options);
  }

  /** Runs `eccaex` in a terminal of its own; what it writes, to both, is `stdout`, with the terminal's CRLF. */
  startInTerminal(args: readonly string[], options?: RunOptions): Running {
    const command = [process.execPath, CLI, ...args];
    const quoted = command.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
    const ofScript =
      process.platform === 'linux'
        ? ['-qec', `exec ${quoted}`, '/dev/null']
        : ['-q', '/dev/null', ...command];
    return this.#start('script', ofScript, options);
  }

  /** Runs a line of a POSIX shell in the folder; `eccaex` is a program in it, also for xargs. */
  async runInShell(line: string, options?: RunOptions): Promise<Ran> {
    const bin = await temporaryFolder('eccaex-bin');
    try {
      const program = `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`;
      writeFileSync(path.join(bin, 'eccaex'), program, { mode: 0o755 });
      return await this.#start('sh', ['-c', `PATH='${bin}':$PATH; ${line}`], options).done;
    } finally {
      await removeFolder(bin);
    }
  }

  #start(command: string, args: readonly string[], { variables = {} }: RunOptions = {}): Running {
    const { PATH = '', SystemRoot = '' } = process.env;
    const env = { PATH, SystemRoot, TERM: 'xterm', ...variables };
    const child = start(command, args, { cwd: this.folder, env, stdio: 'pipe' });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => (said[name] += text));
    }
    child.stdin?.on('error', () => undefined);
    const closed = once(child, 'close');
    const done = closed.then(async () => ({ code: await ended(child), ...said }));
    const saying = (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(said.stdout + said.stderr);
          if (match) resolve(match);
        };
        look();
        child.stdout?.on('data', look);
        child.stderr?.on('data', look);
        void closed.then(() =>
          reject(new Error(`It never said ${String(pattern)}: ${JSON.stringify(said)}`)),
        );
      });
    return { child, done, saying };
  }
}

/** What `--json` has printed: one report a line, and nothing else. */
export function reportsIn({ stdout }: Ran): Report[] {
  const lines = stdout.split('\n');
  if (lines.pop() !== '') throw new Error(`The last line has no end: ${stdout}`);
  return lines.map((line) => JSON.parse(line) as Report);
}
