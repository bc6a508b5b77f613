import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { entriesFoundBy, startJournalProcess } from '../support/journalProcess';
import { nodes } from '../support/nodes';
import { ended } from '../support/processes';
import { request } from '../support/requests';
import { removeFolder, temporaryFolder } from '../support/temporaryFolder';

describe('a journal that windows of different versions of VS Code share', () => {
  let sandbox: Sandbox;
  let folder: string;
  let versions: string[];
  before('have each Node', async function () {
    // They may have to be installed.
    this.timeout(600_000);
    versions = await nodes();
  });
  beforeEach(async () => {
    sandbox = await startSandbox({ slowMs: 600_000 });
    folder = await temporaryFolder('eccaex-journal');
  });
  afterEach(async () => {
    await sandbox.stop();
    await removeFolder(folder);
  });

  const startSending = async (order: string, node: string): Promise<ChildProcess> => {
    const { baseUrl } = sandbox;
    const before = sandbox.received().length;
    const texts = [request({ external_id: `"${order}"`, customer_id: '"fault_slow"' })];
    const child = await startJournalProcess({ work: 'send', folder, baseUrl, texts }, node);
    while (sandbox.received().length === before) await new Promise((resolve) => setImmediate(resolve));
    return child;
  };

  it('has a send in flight for all of them while its window runs, and lost when that has ended', async () => {
    const windows: ChildProcess[] = [];
    for (const [at, node] of versions.entries()) windows.push(await startSending(`order-${at}`, node));
    for (const state of ['in-flight', 'lost']) {
      const expected = versions.map((_, at) => `order-${at} ${state}`);
      const found = await Promise.all(versions.map((node) => entriesFoundBy(node, folder)));
      assert.deepEqual(
        found,
        versions.map(() => expected),
      );
      for (const child of windows) child.kill('SIGKILL');
      await Promise.all(windows.map(ended));
    }
  });
});
