// Runs everything that can be checked, or the tiers that are named: npm test -- unit contract
import { type Tally } from './support/mochaRun';
import { endEverythingOnSignal } from './support/processes';
import { runInNode } from './support/runInNode';
import { packageExtension, staticChecks, type StaticCheck } from './support/staticChecks';
import { testFiles } from './support/testFiles';
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

const TIERS = ['static', 'unit', 'contract', 'host', 'host-oldest', 'ui'] as const;
type Tier = (typeof TIERS)[number];

/** For one test, in milliseconds. A machine may be slow, and a real VS Code is not quick. */
const TIMEOUT: Readonly<Record<'unit' | 'contract' | 'ui', number>> = {
  unit: 20_000,
  contract: 60_000,
  ui: 240_000,
};

/** Where a tier's tests are; the tests in the extension host run on the oldest VS Code too. */
const testsOf = (tier: Tier): string[] => testFiles(tier === 'host-oldest' ? 'host' : tier);

const NOTHING: Tally = { passed: 0, failed: 0 };
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

/** Starts to fetch what the tiers will need, while those that need nothing run. */
async function prepare(tiers: readonly Tier[]): Promise<void> {
  if (tiers.includes('host')) await host.host();
  if (tiers.includes('host-oldest')) await host['host-oldest']();
  if (tiers.includes('ui')) await Promise.all([served(), browser()]);
}

async function check({ name, run }: StaticCheck): Promise<Tally> {
  const begin = performance.now();
  const complaint = await run();
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`  ${complaint === '' ? '✔' : '✘'} ${name} (${seconds}s)`);
  if (complaint === '') return { passed: 1, failed: 0 };
  console.log(complaint);
  return ONE_FAILED;
}

/** The checks do not depend on one another: each waits for what it needs, and all processors are used. */
async function runStatic(): Promise<Tally> {
  const tallies = await Promise.all(staticChecks(packaged).map(check));
  return tallies.reduce(add, NOTHING);
}

async function needPackage(): Promise<void> {
  const complaint = await packaged();
  if (complaint !== '') throw new Error(complaint);
}

async function runTier(tier: Tier): Promise<Tally> {
  if (tier === 'static') return runStatic();
  const files = testsOf(tier);
  if (files.length === 0) {
    console.log(`There is no test yet.`);
    return NOTHING;
  }
  switch (tier) {
    case 'unit':
    case 'contract':
      return runInNode({ files, timeout: TIMEOUT[tier] });
    case 'host':
    case 'host-oldest': {
      await needPackage();
      const provided = await host[tier]();
      console.log(`In ${provided.description}.`);
      return runHostTests(provided.host, {
        workspaceFile: tier === 'host' || provided.host.kind === 'desktop',
      });
    }
    case 'ui': {
      await needPackage();
      const { release } = await served();
      console.log(`In served VS Code ${release.vscode}, with Chromium: ${(await browser()).description}.`);
      return runInNode({ files, timeout: TIMEOUT.ui });
    }
  }
}

/** Runs a tier. One that has tests and ran none has failed, and so has one that broke off. */
async function tallyOf(tier: Tier): Promise<Tally> {
  console.log(`\n── ${tier} ──`);
  try {
    const tally = await runTier(tier);
    if (tier === 'static' || testsOf(tier).length === 0 || tally.passed + tally.failed > 0) return tally;
    console.error('No test ran.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  return ONE_FAILED;
}

function chosenTiers(names: readonly string[]): readonly Tier[] {
  const unknown = names.filter((name) => !TIERS.some((tier) => tier === name));
  if (unknown.length > 0) {
    throw new Error(`There is no tier ${unknown.join(', ')}. There are ${TIERS.join(', ')}.`);
  }
  return names.length === 0 ? TIERS : TIERS.filter((tier) => names.includes(tier));
}

async function main(): Promise<void> {
  const tiers = chosenTiers(process.argv.slice(2));
  prepare(tiers).catch(() => undefined);
  let total = NOTHING;
  for (const tier of tiers) total = add(total, await tallyOf(tier));
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
}

endEverythingOnSignal();
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
