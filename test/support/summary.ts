import { type SuiteTime, type Tally } from './mochaRun';

export const NOTHING: Tally = { passed: 0, failed: 0, failures: [], suites: [] };

/** Of something that passes or fails as a whole. */
export const passed = (name: string, seconds: number): Tally => ({
  ...NOTHING,
  passed: 1,
  suites: [{ name, seconds }],
});

export const failed = (name: string, seconds = 0): Tally => ({
  passed: 0,
  failed: 1,
  failures: [name],
  suites: [{ name, seconds }],
});

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((all, tally) => all + tally.passed, 0),
  failed: tallies.reduce((all, tally) => all + tally.failed, 0),
  failures: tallies.flatMap(({ failures }) => failures),
  suites: tallies.flatMap(({ suites }) => suites),
});

/** Suites that take less are one line together. */
const SHORT_SECONDS = 3;

/** Where the time went: each suite that took a while, the longest first, as a table of text. */
export function timeTable(suites: readonly SuiteTime[]): string {
  const long = suites.filter(({ seconds }) => seconds >= SHORT_SECONDS);
  const rest = suites.filter(({ seconds }) => seconds < SHORT_SECONDS);
  const row = ({ name, seconds }: SuiteTime): string => `${seconds.toFixed(1).padStart(8)} s  ${name}`;
  const all = rest.reduce((seconds, suite) => seconds + suite.seconds, 0);
  return [
    ...long.sort((a, b) => b.seconds - a.seconds).map(row),
    row({ name: `${rest.length} shorter ones together`, seconds: all }),
  ].join('\n');
}

/** Each test that failed, and in how many of the runs: at the end, where it is not lost in what was printed before. */
export function failedTests(failures: readonly string[], runs: number): string {
  const times = new Map<string, number>();
  for (const title of failures) times.set(title, (times.get(title) ?? 0) + 1);
  const count = (failed: number): string => (runs === 1 ? 'failed' : `failed ${failed} of ${runs} times`);
  return times.size === 0
    ? `No test failed in ${runs === 1 ? 'this run' : `${runs} runs`}.`
    : [...times].map(([title, failed]) => `${count(failed)}: ${title}`).join('\n');
}
