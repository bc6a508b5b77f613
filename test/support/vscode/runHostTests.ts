import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Tally } from '../mochaRun';
import { FIXTURE_WORKSPACE, PROJECT } from '../paths';
import { removeFolder, temporaryFolder } from '../temporaryFolder';
import { buildHostTests } from './buildHostTests';
import { runInDesktop } from './desktopHost';
import { type HostExit, type HostTestOrder } from './hostRun';
import { type Host } from './provide';
import { runInServed } from './servedHost';
import { QUIET, type Settings } from './settings';

export interface HostTestOptions {
  /** Environment variables for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The user's settings, beside those that keep the workbench quiet. */
  readonly settings?: Settings;
}

/** For one test, in milliseconds. */
const TIMEOUT = 60_000;

/**
 * Runs the tests in test/host in the extension host of a real VS Code, on a copy of the fixture workspace. The
 * tally is mocha's own. Rejects when VS Code or mocha did not get as far as one, or when no test ran.
 */
export async function runHostTests(host: Host, { env, settings }: HostTestOptions = {}): Promise<Tally> {
  const entry = await buildHostTests();
  const folder = await temporaryFolder('host-tests');
  try {
    const order: Required<HostTestOrder> = {
      timeout: TIMEOUT,
      color: process.stdout.isTTY,
      output: path.join(folder, 'output.txt'),
      tally: path.join(folder, 'tally.json'),
    };
    const run = {
      extension: PROJECT,
      entry,
      workspace: path.join(folder, 'workspace'),
      dataFolder: path.join(folder, 'data'),
      env: { ...env, HOST_TEST_ORDER: JSON.stringify(order) },
      settings: { ...QUIET, ...settings },
    };
    await cp(FIXTURE_WORKSPACE, run.workspace, { recursive: true });
    const exit =
      host.kind === 'desktop' ? runInDesktop(host.executable, run) : runInServed(host.installation, run);
    await exit.finally(async () => {
      if (existsSync(order.output)) process.stdout.write(await readFile(order.output));
    });
    return await tally(order.tally, await exit);
  } finally {
    await removeFolder(folder);
  }
}

async function tally(file: string, { code, log }: HostExit): Promise<Tally> {
  const fail = (why: string): never => {
    throw new Error(`${why}\n${log}`);
  };
  if (!existsSync(file)) return fail(`The tests did not come to an end (exit code ${code}).`);
  const result = JSON.parse(await readFile(file, 'utf8')) as Tally;
  if (result.passed + result.failed === 0) return fail('No test ran.');
  if (result.failed === 0 && code !== 0) return fail(`All tests passed, and VS Code ended with ${code}.`);
  return result;
}
