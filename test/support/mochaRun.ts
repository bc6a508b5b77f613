import Mocha from 'mocha';

/** What a run of tests came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export interface MochaRunOptions {
  /** For one test, in milliseconds. */
  readonly timeout: number;
  readonly color: boolean;
}

/** Runs test files, printing as they go, and counts. `.only` is an error. Rejects when a file cannot be loaded. */
export async function runMocha(
  files: readonly string[],
  { timeout, color }: MochaRunOptions,
): Promise<Tally> {
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout, color, forbidOnly: true });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const { stats } = await new Promise<Mocha.Runner>((resolve) => {
    const runner = mocha.run(() => resolve(runner));
  });
  return { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0 };
}
