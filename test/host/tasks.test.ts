import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Sandbox } from '../../src/sandbox/server';
import { closeEditors, diagnosticsOf, eventually, openFile, writeFile } from './support/editor';
import { invoice, startMerchant, stopMerchant } from './support/merchant';

const definitions: Readonly<Record<string, object>> = {
  'check some': { command: 'validate', files: ['tasks/*.invoice.json'] },
  'check nothing': { command: 'validate', files: ['nowhere/*.json'] },
  'send to sandbox': { command: 'send', files: ['tasks/good.invoice.json'], environment: 'sandbox' },
  'send to dev': { command: 'send', files: ['tasks/good.invoice.json'], environment: 'dev' },
  'send to nowhere': { command: 'send', environment: 'elsewhere' },
  'do what': { command: 'delete' },
};

describe('tasks', () => {
  let merchant: Sandbox;
  let bad: vscode.Uri;

  before(async function () {
    merchant = await startMerchant();
    // The server with the oldest VS Code comes without what it searches files with.
    if (!vscode.workspace.workspaceFile) this.skip();
    const tasks = Object.entries(definitions).map(([label, definition]) => ({
      type: 'eccaex',
      label,
      ...definition,
    }));
    await writeFile('.vscode/tasks.json', JSON.stringify({ version: '2.0.0', tasks }));
    await writeFile('tasks/good.invoice.json', invoice());
    bad = await writeFile('tasks/bad.invoice.json', invoice({ amount: '1,50', purpose: '{{nobody}}' }));
  });

  after(() => stopMerchant(merchant));

  afterEach(closeEditors);

  it('check files, and show each problem once, in a file that is closed and when it is opened', async () => {
    assert.equal(await run('check some'), 1);
    const found = await eventually('the problem matcher found the problems', () => {
      const all = diagnosticsOf(bad);
      return all.length > 0 ? all : undefined;
    });
    assert.deepEqual(found.map(placeOf).sort(), ['1:12 amount-format', '8:14 placeholder-unknown']);
    await openFile('tasks/bad.invoice.json', Buffer.from(await vscode.workspace.fs.readFile(bad)).toString());
    const live = await eventually('they are those of the open file', () => {
      const all = diagnosticsOf(bad);
      return all.every(({ code }) => typeof code === 'object' && 'target' in code) ? all : undefined;
    });
    assert.deepEqual(live.map(placeOf).sort(), ['1:12 amount-format', '8:14 placeholder-unknown']);
    assert.equal(await run('check some'), 1);
    assert.deepEqual(diagnosticsOf(bad).map(placeOf).sort(), live.map(placeOf).sort());
  });

  it('send to the sandbox, and what comes of it is known as of any send', async () => {
    const { document } = await openFile('tasks/good.invoice.json', invoice());
    assert.equal(await run('send to sandbox'), 0);
    await eventually('the line above the request says so', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      return lenses.some(({ command }) => command?.title.includes('created')) ? true : undefined;
    });
  });

  it('send nothing anywhere else that no person has confirmed', async () => {
    const before = merchant.stats().requests;
    assert.equal(await run('send to dev'), 1);
    assert.equal(merchant.stats().requests, before);
  });

  it('that make no sense end with wrong usage, and send nothing', async () => {
    const before = merchant.stats().requests;
    for (const name of ['check nothing', 'send to nowhere', 'do what'])
      assert.equal(await run(name), 2, name);
    assert.equal(merchant.stats().requests, before);
  });

  it('are offered to check, and never to send', async () => {
    const offered = await vscode.tasks.fetchTasks({ type: 'eccaex' });
    const own = offered.filter(({ name }) => !(name in definitions));
    assert.deepEqual(
      own.map(({ definition }) => definition['command'] as unknown),
      ['validate'],
    );
  });
});

const placeOf = ({ range: { start }, code }: vscode.Diagnostic): string =>
  `${start.line}:${start.character} ${String(typeof code === 'object' ? code.value : code)}`;

/** Runs a task of tasks.json and resolves to its exit code. */
async function run(name: string): Promise<number | undefined> {
  const task = await eventually(`there is a task ${name}`, async () =>
    (await vscode.tasks.fetchTasks({ type: 'eccaex' })).find((one) => one.name === name),
  );
  const ended = new Promise<number | undefined>((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== name) return;
      listening.dispose();
      resolve(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}
