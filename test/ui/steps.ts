import assert from 'node:assert/strict';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server';
import { type SessionOptions } from '../support/vscode/session';
import { Workbench } from '../support/vscode/workbench';

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

/**
 * Opens one workbench for all tests of a suite, which go on from one another: a start is slow. After a failed one a
 * picture is taken, and the rest is not tried. What is given can be used from the first test on.
 */
export function stageForSteps({ session, sandbox }: StageOptions): Stage {
  let workbench: Workbench | undefined;
  let api: Sandbox | undefined;

  before('open a workbench', async () => {
    api = await startSandbox(sandbox);
    workbench = await Workbench.open(session(api));
  });

  afterEach('end after a failure', async function () {
    await workbench?.screenshotOnFailure(this.currentTest);
    assert.notEqual(this.currentTest?.state, 'failed', 'The steps after this one build on it.');
  });

  after('close the workbench', async () => {
    await workbench?.close();
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
