import assert from 'node:assert/strict';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server';
import { Session, type SessionOptions } from '../support/vscode/session';
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

/** What no suite has asked to have for itself: the next one opens its workspace in it. */
let shared: Session | undefined;

after('end the VS Code that is shared', () => shared?.end());

/** What a server is started with can be no other suite's. */
const canShare = ({ env, workspaceTrust }: SessionOptions): boolean =>
  env === undefined && workspaceTrust === undefined;

async function open(options: SessionOptions): Promise<Workbench> {
  const session = (canShare(options) ? shared : undefined) ?? (await Session.start(options));
  if (session === shared) shared = undefined;
  return Workbench.in(session, options);
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
    workbench = await open(options);
  });

  afterEach('end after a failure', async function () {
    await workbench?.screenshotOnFailure(this.currentTest);
    failed ||= this.currentTest?.state === 'failed';
    assert.ok(!failed, 'The steps after this one build on it.');
  });

  after('hand VS Code on', async () => {
    if (workbench !== undefined && options !== undefined) {
      if (shared === undefined && !failed && canShare(options)) shared = workbench.session;
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
