import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { selfSignedCertificate } from '../certificate';
import { type Tally } from '../mochaRun';
import { type TestRun } from '../runInNode';
import { FIXTURE_WORKSPACE, PROJECT } from '../paths';
import { removeFolder, temporaryFolder } from '../temporaryFolder';
import { assertNoKeyWritten } from '../usedKeys';
import { runInDesktop } from './desktopHost';
import { type HostExit, type HostTestOrder } from './hostRun';
import { startTrap, writeHostileMachine, writeHostileWorkspace } from './hostileWorkspace';
import { type Host } from './provide';
import { runInServed } from './servedHost';
import { QUIET, type Settings } from './settings';

export interface HostTestOptions {
  /** Environment variables for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The user's settings, beside those that keep the workbench quiet. */
  readonly settings?: Settings;
  /** Whether to open a workspace file, or else the folder itself: the server with VS Code 1.96 reads no such file. */
  readonly workspaceFile?: boolean;
  /** A folder below test/host whose tests are left out. */
  readonly without?: string;
}

/** For one test, in milliseconds. */
const TIMEOUT = 60_000;

/**
 * Runs the tests in test/host, as they were built, in the extension host of a real VS Code, on a copy of the fixture
 * workspace. All of them run under attack: the workspace file and the settings of the machine say what an attacker
 * would say. The tally is mocha's own. Rejects, with what was printed, when VS Code or mocha did not get as far as
 * one, when no test ran, when something went where the attacker wants it, or when a key was written anywhere.
 */
export async function runHostTests(
  host: Host,
  entry: string,
  { env, settings, workspaceFile = true, without }: HostTestOptions = {},
): Promise<TestRun> {
  const folder = await temporaryFolder('host-tests');
  const trap = await startTrap();
  let output = '';
  try {
    const order = {
      timeout: TIMEOUT,
      color: process.stdout.isTTY,
      output: path.join(folder, 'output.txt'),
      tally: path.join(folder, 'tally.json'),
      trusted: await writeCertificate(folder),
      ...(without === undefined ? {} : { without }),
    } satisfies HostTestOrder;
    const workspace = path.join(folder, 'workspace');
    const dataFolder = path.join(folder, 'data');
    await cp(FIXTURE_WORKSPACE, workspace, { recursive: true });
    await writeHostileMachine(dataFolder, trap);
    const run = {
      extension: PROJECT,
      entry,
      workspace: workspaceFile ? await writeHostileWorkspace(workspace, trap) : workspace,
      dataFolder,
      env: { ...env, NODE_EXTRA_CA_CERTS: order.trusted.cert, HOST_TEST_ORDER: JSON.stringify(order) },
      settings: { ...QUIET, ...settings },
    };
    const exit =
      host.kind === 'desktop' ? runInDesktop(host.executable, run) : runInServed(host.installation, run);
    try {
      await exit;
    } finally {
      if (existsSync(order.output)) output = await readFile(order.output, 'utf8');
    }
    const result = await tally(order.tally, await exit);
    assert.equal(trap.connections(), 0, 'Something went where an attacker wanted it.');
    const searched = await assertNoKeyWritten(folder);
    assert.ok(searched > 10, `${searched} files of VS Code, of the user and of the workspace were searched`);
    return { tally: result, output };
  } catch (error) {
    throw new Error(`${output}\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await trap.stop();
    await removeFolder(folder);
  }
}

async function writeCertificate(folder: string): Promise<{ cert: string; key: string }> {
  const certificate = selfSignedCertificate();
  const files = { cert: path.join(folder, 'trusted.pem'), key: path.join(folder, 'trusted-key.pem') };
  await writeFile(files.cert, certificate.cert);
  await writeFile(files.key, certificate.key);
  return files;
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
