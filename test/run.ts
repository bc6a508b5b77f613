// Runs everything that can be checked, or what is named, tiers or files of theirs: npm test -- contract ui/response
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { runInLanes, type Job } from './support/lanes';
import { type Tally } from './support/mochaRun';
import { PROJECT } from './support/paths';
import { endEverythingOnSignal } from './support/processes';
import { runInNode, type TestRun } from './support/runInNode';
import { packageChecks, packageExtension, sourceChecks, type StaticCheck } from './support/staticChecks';
import { testFiles } from './support/testFiles';
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

const TIERS = ['static', 'unit', 'contract', 'webview', 'host', 'host-oldest', 'ui'] as const;
type Tier = (typeof TIERS)[number];

/** For one test, in milliseconds. A machine may be slow, and a real VS Code is not quick. */
const TIMEOUT: Readonly<Record<'unit' | 'contract' | 'webview' | 'ui', number>> = {
  unit: 20_000,
  contract: 60_000,
  webview: 60_000,
  ui: 240_000,
};

/** A VS Code in a browser keeps two processors busy; what runs in Node alone fits beside it. */
const PROCESSORS_OF_A_WORKBENCH = 2;

/** More than this use up the machine's memory before its processors. */
const MOST_LANES = 4;

/** What proves `npm start`, which packages the extension anew: nothing else may use the package meanwhile. */
const START = 'start.test.ts';

const NOTHING: Tally = { passed: 0, failed: 0 };
const ONE_PASSED: Tally = { passed: 1, failed: 0 };
const ONE_FAILED: Tally = { passed: 0, failed: 1 };

const add = (a: Tally, b: Tally): Tally => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

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

const packaged = once(packageExtension);

async function needPackage(): Promise<void> {
  const complaint = await packaged();
  if (complaint !== '') throw new Error(complaint);
}

/** Starts to fetch what the tiers will need, while those that need nothing run. */
async function prepare(tiers: readonly Tier[]): Promise<void> {
  if (tiers.includes('host')) await host.host();
  if (tiers.includes('host-oldest')) await host['host-oldest']();
  if (tiers.includes('webview')) await browser();
  if (tiers.includes('ui')) await Promise.all([served(), browser()]);
}

async function runChecks(checks: readonly StaticCheck[]): Promise<TestRun> {
  let output = '';
  let tally = NOTHING;
  for (const { name, run } of checks) {
    const begin = performance.now();
    const complaint = await run();
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    output += `  ${complaint === '' ? '✔' : '✘'} ${name} (${seconds}s)\n${complaint}`;
    tally = add(tally, complaint === '' ? ONE_PASSED : ONE_FAILED);
  }
  return { output, tally };
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

async function runWebview(files: readonly string[]): Promise<TestRun> {
  await Promise.all([needPackage(), browser()]);
  return runInNode({ files, timeout: TIMEOUT.webview, color: process.stdout.isTTY });
}

const runFiles = (tier: 'unit' | 'contract', files: readonly string[]): Promise<TestRun> =>
  runInNode({ files, timeout: TIMEOUT[tier], color: process.stdout.isTTY });

/** What runs at the same time: jobs that share no files. */
interface Phase {
  /** With a VS Code in a browser, or what that needs. */
  readonly heavy: readonly Job<TestRun>[];
  /** In Node alone, on one processor. */
  readonly light: readonly Job<TestRun>[];
}

/** The jobs of what is chosen, by what has to have ended before. */
function phasesOf({ tiers, isChosen }: Choice): readonly Phase[] {
  const only = (tier: Tier, ...jobs: readonly Job<TestRun>[]) => (tiers.includes(tier) ? jobs : []);
  const filesOf = (tier: Tier) => testFiles(tier).filter((file) => isChosen(tier, file));
  const ui = filesOf('ui');
  const start = ui.filter((file) => path.basename(file) === START);
  const others = ui.filter((file) => !start.includes(file));
  return [
    {
      heavy: only('static', { name: 'static: package', run: () => runChecks(packageChecks(packaged)) }),
      light: [],
    },
    {
      heavy: start.length > 0 ? only('ui', { name: 'ui: npm start', run: () => runUi(start) }) : [],
      light: only('unit', { name: 'unit', run: () => runFiles('unit', filesOf('unit')) }),
    },
    {
      heavy: [
        ...only('webview', { name: 'webview', run: () => runWebview(filesOf('webview')) }),
        ...only('host', { name: 'host', run: () => runHost('host') }),
        ...only('host-oldest', { name: 'host-oldest', run: () => runHost('host-oldest') }),
        // Suites in one process share what they can.
        ...(others.length > 0 || start.length === 0
          ? only('ui', { name: 'ui', run: () => runUi(others) })
          : []),
      ],
      light: [
        ...only('contract', { name: 'contract', run: () => runFiles('contract', filesOf('contract')) }),
        ...only('static', { name: 'static: sources', run: () => runChecks(sourceChecks) }),
      ],
    },
  ];
}

/** A job that ran no test has failed, and so has one that broke off. */
function outcomeOf(result: PromiseSettledResult<TestRun>): TestRun {
  if (result.status === 'rejected') {
    const reason: unknown = result.reason;
    return { output: reason instanceof Error ? reason.message : String(reason), tally: ONE_FAILED };
  }
  const { tally, output } = result.value;
  if (tally.passed + tally.failed > 0) return result.value;
  return { output: `${output}\nNo test ran.`, tally: ONE_FAILED };
}

/** What a command line names. */
interface Choice {
  readonly tiers: readonly Tier[];
  readonly isChosen: (tier: Tier, file: string) => boolean;
}

/** A tier, or those of its files whose paths begin so: `ui/response`. */
function chosen(names: readonly string[]): Choice {
  const tierOf = (name: string) => name.split('/')[0];
  const unknown = names.filter((name) => !TIERS.some((tier) => tier === tierOf(name)));
  if (unknown.length > 0) {
    throw new Error(`There is no tier ${unknown.join(', ')}. There are ${TIERS.join(', ')}.`);
  }
  return {
    tiers: names.length === 0 ? TIERS : TIERS.filter((tier) => names.some((name) => tierOf(name) === tier)),
    isChosen: (tier, file) => {
      const own = names.filter((name) => tierOf(name) === tier);
      const place = path.relative(path.join(PROJECT, 'test'), file).split(path.sep).join('/');
      return own.length === 0 || own.some((name) => name === tier || place.startsWith(name));
    },
  };
}

async function main(): Promise<void> {
  const choice = chosen(process.argv.slice(2));
  prepare(choice.tiers).catch(() => undefined);
  const workbenches = Math.max(1, Math.floor(availableParallelism() / PROCESSORS_OF_A_WORKBENCH));
  const lanes = Math.min(workbenches, MOST_LANES);
  let total = NOTHING;
  const ended = ({ name }: Job<TestRun>, result: PromiseSettledResult<TestRun>, seconds: number): void => {
    const { tally, output } = outcomeOf(result);
    total = add(total, tally);
    console.log(`\n── ${name} (${seconds.toFixed(0)}s) ──\n${output.trimEnd()}`);
  };
  for (const { heavy, light } of phasesOf(choice))
    await Promise.all([runInLanes(heavy, lanes, ended), runInLanes(light, 1, ended)]);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  // A pipe takes the lines later than they are printed.
  process.stdout.write('', () => process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0));
}

endEverythingOnSignal();
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
