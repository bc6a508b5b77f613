import { inspect } from 'node:util';
import Mocha from 'mocha';

/** How long a suite took, its hooks included. */
export interface SuiteTime {
  readonly name: string;
  readonly seconds: number;
}

/** What a run of tests came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** The full titles of the tests and hooks that failed. */
  readonly failures: readonly string[];
  readonly suites: readonly SuiteTime[];
}

export interface MochaRunOptions {
  /** For one test, in milliseconds. */
  readonly timeout: number;
  readonly color: boolean;
  /** Told of each test or hook that fails, as it fails. */
  readonly failed?: (failure: Failure) => void;
}

/** A test or hook that failed: its full title, and its error with the stack. */
export interface Failure {
  readonly title: string;
  readonly error: string;
}

/** Runs test files, printing as they go, and counts. `.only` is an error. Rejects when a file cannot be loaded. */
export async function runMocha(
  files: readonly string[],
  { timeout, color, failed }: MochaRunOptions,
): Promise<Tally> {
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout, color, forbidOnly: true });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const failures: string[] = [];
  const suites: SuiteTime[] = [];
  const begins = new Map<Mocha.Suite, number>();
  const { stats } = await new Promise<Mocha.Runner>((resolve) => {
    const runner = mocha.run(() => resolve(runner));
    runner.on('fail', (test, error: unknown) => {
      const title = test.fullTitle();
      failures.push(title);
      failed?.({ title, error: inspect(error) });
    });
    runner.on('suite', (suite) => void begins.set(suite, performance.now()));
    runner.on('suite end', (suite) => {
      if (!suite.parent?.root) return;
      const seconds = (performance.now() - (begins.get(suite) ?? NaN)) / 1000;
      suites.push({ name: suite.title, seconds });
    });
  });
  return { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0, failures, suites };
}
