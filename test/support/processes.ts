import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:os';

/** Child processes that have not ended yet; each leads a process group, so that its own children end with it. */
const running = new Set<ChildProcess>();

const SECONDS_TO_END = 10;

const signalGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone: there is nothing left to end.
  }
};

process.once('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

/** Starts a program at the head of a process group of its own. It never outlives this process. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, [...args], { ...options, detached: process.platform !== 'win32' });
  running.add(child);
  child.once('exit', () => {
    signalGroup(child, 'SIGKILL');
    running.delete(child);
  });
  child.once('error', () => running.delete(child));
  return child;
}

/** Resolves when the program has ended, to its exit code: 128 + the signal's number when a signal ended it. */
export function ended(child: ChildProcess): Promise<number> {
  const code = (exit: number | null, signal: NodeJS.Signals | null): number =>
    exit ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve(code(child.exitCode, child.signalCode));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exit, signal) => resolve(code(exit, signal)));
  });
}

/** Asks a program and its group to end, and makes them end when they do not. */
export async function stop(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  const end = ended(child);
  signalGroup(child, 'SIGTERM');
  const deadline = setTimeout(() => signalGroup(child, 'SIGKILL'), SECONDS_TO_END * 1000);
  await end.finally(() => clearTimeout(deadline));
}

export interface Finished {
  readonly code: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs a program to its end without showing what it prints. Rejects when it cannot be started. */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Finished> {
  const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const append = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout?.on('data', append);
  child.stderr?.on('data', append);
  return { code: await ended(child), output };
}

/** Like `run`, for a program that has to succeed. Rejects with its output when it does not. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<string> {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** Makes Ctrl+C and a termination request end everything that was started, and then this process. */
export function endEverythingOnSignal(): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      void Promise.allSettled([...running].map(stop)).then(() =>
        process.exit(128 + constants.signals[signal]),
      );
    });
  }
}
