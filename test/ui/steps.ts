import assert from 'node:assert/strict';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server';
import { type SessionOptions } from '../support/vscode/session';
import { Workbench } from '../support/vscode/workbench';
import { startOver } from './startOver';

/** What the steps of a test have in common. */
export interface Stage {
  readonly workbench: Workbench;
  /** Stands in for the vendor's server, wherever a base URL says so. */
  readonly api: Sandbox;
}

export interface StageOptions {
  /** The workbench to open, once the address of the stand-in is known. */
  readonly session: (api: Sandbox) => SessionOptions;
  readonly sandbox?: SandboxOptions;
}

/** What no suite has asked to have for itself. A start is slow: the next suite goes on with it, as if it were new. */
let shared: Workbench | undefined;

after('close the workbench that is shared', () => shared?.close());

/** Only files and settings can be another suite's afterwards. */
const canShare = ({ env, workspaceTrust }: SessionOptions): boolean =>
  env === undefined && workspaceTrust === undefined;

/** A workbench that is new, or as good as new. */
async function take(options: SessionOptions): Promise<Workbench> {
  if (shared === undefined || !canShare(options)) return Workbench.open(options);
  const workbench = shared;
  shared = undefined;
  try {
    await startOver(workbench, options);
    return workbench;
  } catch (error) {
    await workbench.screenshot('failed-to-start-over');
    await workbench.close();
    throw error;
  }
}

/**
 * Opens one workbench for all tests of a suite, which go on from one another. After a failed one a picture is taken,
 * and the rest is not tried. What is given can be used from the first test on.
 */
export function stageForSteps({ session, sandbox }: StageOptions): Stage {
  let workbench: Workbench | undefined;
  let api: Sandbox | undefined;
  let options: SessionOptions | undefined;
  let failed = false;

  before('open a workbench', async () => {
    api = await startSandbox(sandbox);
    options = session(api);
    workbench = await take(options);
  });

  afterEach('end after a failure', async function () {
    await workbench?.screenshotOnFailure(this.currentTest);
    failed ||= this.currentTest?.state === 'failed';
    assert.ok(!failed, 'The steps after this one build on it.');
  });

  after('hand the workbench on', async () => {
    if (workbench !== undefined && options !== undefined) {
      if (shared === undefined && !failed && canShare(options)) shared = workbench;
      else await workbench.close();
    }
    await api?.stop();
  });

  return {
    get workbench() {
      assert.ok(workbench, 'The workbench is open.');
      return workbench;
    },
    get api() {
      assert.ok(api, 'The stand-in runs.');
      return api;
    },
  };
}
