// Runs everything that can be checked, or what is named, tiers or files of theirs: npm test -- contract ui/response
// npm test -- --repeat N … runs it N times, and names each test that failed even once.
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { readChoice, type Choice, type Tier } from './support/choice';
import { runInLanes, type Job } from './support/lanes';
import { type Tally } from './support/mochaRun';
import { endEverythingOnSignal } from './support/processes';
import { runInNode, type TestRun } from './support/runInNode';
import { packageChecks, packageExtension, sourceChecks, type StaticCheck } from './support/staticChecks';
import { failed, failedTests, NOTHING, passed, sum, timeTable } from './support/summary';
import { buildHostTests } from './support/vscode/buildHostTests';
import {
  oldestVersion,
  provideHost,
  provideServed,
  requestedVersion,
  type HostRequest,
  type Provided,
} from './support/vscode/provide';
import { provideBrowser } from './support/vscode/provideBrowser';
import { runHostTests } from './support/vscode/runHostTests';

/** For one test, in milliseconds. A machine may be slow, and a real VS Code is not quick. */
const TIMEOUT: Readonly<Record<'unit' | 'contract' | 'webview' | 'ui', number>> = {
  unit: 20_000,
  contract: 60_000,
  webview: 60_000,
  ui: 480_000,
};

/** VS Codes at the same time: one leaves most of its processors idle, and more than four use up the memory first. */
const WORKBENCHES = Math.min(4, Math.max(2, availableParallelism()));

/** What proves `npm start`, which makes the package that the others use. */
const START = 'start.test.ts';

/** Does something the first time it is asked for, and remembers the outcome. */
function once<T>(action: () => Promise<T>): () => Promise<T> {
  let outcome: Promise<T> | undefined;
  return () => {
    if (outcome === undefined) {
      outcome = action();
      // A failure is reported by whoever asks, which may be much later.
      outcome.catch(() => undefined);
    }
    return outcome;
  };
}

const browser = once(provideBrowser);
const served = once(() => provideServed(requestedVersion()));
const hostTests = once(buildHostTests);
const host = {
  host: once(() => withBrowser({ version: requestedVersion(), executable: process.env.VSCODE_EXECUTABLE })),
  'host-oldest': once(() => withBrowser({ version: oldestVersion() })),
} as const;

async function withBrowser(request: HostRequest): Promise<Provided> {
  const provided = await provideHost(request);
  if (provided.host.kind === 'served') await browser();
  return provided;
}

let started = false;

/** The package is built once: by the test of `npm start`, where that is among what runs. */
const packaged = once(async () => (started ? '' : packageExtension()));

async function needPackage(): Promise<void> {
  const complaint = await packaged();
  if (complaint !== '') throw new Error(complaint);
}

/** Installs what the tiers need. That is timed apart: it happens once on a machine. Who needs what failed says so. */
async function install(tiers: readonly Tier[]): Promise<void> {
  const begin = performance.now();
  await Promise.allSettled([
    tiers.includes('host') ? host.host() : undefined,
    tiers.includes('host-oldest') ? host['host-oldest']() : undefined,
    tiers.includes('webview') ? browser() : undefined,
    ...(tiers.includes('ui') ? [served(), browser()] : []),
  ]);
  console.log(
    `Looked for VS Code and a browser, or installed them, in ${((performance.now() - begin) / 1000).toFixed(0)} s.`,
  );
}

async function runChecks(checks: readonly StaticCheck[]): Promise<TestRun> {
  let output = '';
  const tallies: Tally[] = [];
  for (const { name, run } of checks) {
    const begin = performance.now();
    const complaint = await run();
    const seconds = (performance.now() - begin) / 1000;
    output += `  ${complaint === '' ? '✔' : '✘'} ${name} (${seconds.toFixed(1)}s)\n${complaint}`;
    tallies.push((complaint === '' ? passed : failed)(name, seconds));
  }
  return { output, tally: sum(tallies) };
}

async function runHost(tier: 'host' | 'host-oldest'): Promise<TestRun> {
  await needPackage();
  const provided = await host[tier]();
  const run = await runHostTests(provided.host, await hostTests(), {
    workspaceFile: tier === 'host' || provided.host.kind === 'desktop',
    // Tables of attacks on what is the same in every VS Code.
    ...(tier === 'host' ? {} : { without: 'attacks' }),
  });
  return { ...run, output: `In ${provided.description}.\n${run.output}` };
}

async function runUi(files: readonly string[]): Promise<TestRun> {
  await needPackage();
  const { release } = await served();
  const { description } = await browser();
  const run = await runInNode({ files, timeout: TIMEOUT.ui, color: process.stdout.isTTY });
  return {
    ...run,
    output: `In served VS Code ${release.vscode}, with Chromium: ${description}.\n${run.output}`,
  };
}

async function runStart(files: readonly string[]): Promise<TestRun> {
  const run = await runInNode({ files, timeout: TIMEOUT.ui, color: process.stdout.isTTY });
  started = run.tally.failed === 0;
  return run;
}

async function runWebview(files: readonly string[]): Promise<TestRun> {
  await Promise.all([needPackage(), browser()]);
  return runInNode({ files, timeout: TIMEOUT.webview, color: process.stdout.isTTY });
}

const runFiles = (tier: 'unit' | 'contract', files: readonly string[]): Promise<TestRun> =>
  runInNode({ files, timeout: TIMEOUT[tier], color: process.stdout.isTTY });

/** The files in so many parts, neighbours apart: they often take alike. */
function parted(files: readonly string[], parts: number): string[][] {
  const groups = Array.from({ length: Math.min(parts, files.length) }, () => new Array<string>());
  for (const [place, file] of files.entries()) groups[place % groups.length]?.push(file);
  return groups;
}

interface Jobs {
  /** What makes the package that the others use: first, and by itself. */
  readonly first: readonly Job<TestRun>[];
  /** With a VS Code each. */
  readonly heavy: readonly Job<TestRun>[];
  /** In Node alone, one after the other beside all of them. */
  readonly light: readonly Job<TestRun>[];
}

function jobsOf({ tiers, filesOf }: Choice): Jobs {
  const only = (tier: Tier, ...jobs: readonly Job<TestRun>[]) => (tiers.includes(tier) ? jobs : []);
  const ui = tiers.includes('ui') ? filesOf('ui') : [];
  const start = ui.filter((file) => path.basename(file) === START);
  const parts = parted(
    ui.filter((file) => !start.includes(file)),
    WORKBENCHES,
  );
  return {
    first: start.length > 0 ? [{ name: 'ui: npm start', run: () => runStart(start) }] : [],
    heavy: [
      ...only('static', { name: 'static: package', run: () => runChecks(packageChecks(packaged)) }),
      // Suites in one process share what they can.
      ...parts.map((files, place) => ({
        name: `ui ${place + 1}/${parts.length}`,
        run: () => runUi(files),
      })),
      // The longest first, so that the lanes end together.
      ...only('host-oldest', { name: 'host-oldest', run: () => runHost('host-oldest') }),
      ...only('host', { name: 'host', run: () => runHost('host') }),
      ...only('webview', { name: 'webview', run: () => runWebview(filesOf('webview')) }),
    ],
    light: [
      ...only('unit', { name: 'unit', run: () => runFiles('unit', filesOf('unit')) }),
      ...only('contract', { name: 'contract', run: () => runFiles('contract', filesOf('contract')) }),
      ...only('static', { name: 'static: sources', run: () => runChecks(sourceChecks) }),
    ],
  };
}

/** A job that ran no test has failed, and so has one that broke off. */
function outcomeOf({ name }: Job<TestRun>, result: PromiseSettledResult<TestRun>): TestRun {
  if (result.status === 'rejected') {
    const reason: unknown = result.reason;
    return { output: reason instanceof Error ? reason.message : String(reason), tally: failed(name) };
  }
  const { tally, output } = result.value;
  if (tally.passed + tally.failed > 0) return result.value;
  return { output: `${output}\nNo test ran.`, tally: failed(name) };
}

async function runAll(choice: Choice): Promise<Tally> {
  const { first, heavy, light } = jobsOf(choice);
  if (first.length + heavy.length + light.length === 0) throw new Error('No file has such a name.');
  let total = NOTHING;
  const ended = (job: Job<TestRun>, result: PromiseSettledResult<TestRun>, seconds: number): void => {
    const { tally, output } = outcomeOf(job, result);
    const own = ({ suites }: Tally) =>
      suites.map((suite) => ({ ...suite, name: `${job.name}: ${suite.name}` }));
    total = sum([total, { ...tally, suites: own(tally) }]);
    console.log(`\n── ${job.name} (${seconds.toFixed(0)}s) ──\n${output.trimEnd()}`);
  };
  await Promise.all([
    runInLanes(first, 1, ended).then(() => runInLanes(heavy, WORKBENCHES, ended)),
    runInLanes(light, 1, ended),
  ]);
  return total;
}

async function main(): Promise<void> {
  const choice = readChoice(process.argv.slice(2));
  await install(choice.tiers);
  const begin = performance.now();
  const runs: Tally[] = [];
  for (let run = 1; run <= choice.times; run++) {
    if (choice.times > 1) console.log(`\n━━ run ${run} of ${choice.times} ━━`);
    runs.push(await runAll(choice));
  }
  const { passed: passes, failed: failures, failures: titles, suites } = sum(runs);
  console.log(`\nWhere the time went (${((performance.now() - begin) / 1000).toFixed(0)} s in all):`);
  console.log(timeTable(suites));
  console.log(`\n${failedTests(titles, choice.times)}`);
  console.log(`\n${passes} passed, ${failures} failed`);
  // A pipe takes the lines later than they are printed.
  process.stdout.write('', () => process.exit(failures > 0 || passes === 0 ? 1 : 0));
}

endEverythingOnSignal();
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
