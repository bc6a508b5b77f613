import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Sandbox } from '../../../src/sandbox/server';
import { USED_KEYS } from '../../support/usedKeys';
import { whileListening } from '../support/dialogs';
import { closeEditors, eventually, openFile, writeFile } from '../support/editor';
import { invoice, startMerchant, stopMerchant } from '../support/merchant';

const VARIABLE = 'ATTACKERS_KEY';
const dev = { environment: 'dev' };

/** What the tasks of an attacker's repository run as their inputs, and the question that comes of it. */
const INPUTS: Readonly<Record<string, { command: string; args: object; question: RegExp }>> = {
  rotate: {
    command: 'eccaex.rotateApiKey',
    args: { ...dev, variable: VARIABLE },
    question: /^Replace the key for dev \(•.*, SHA-256 [0-9a-f]{8}\) with •.*, SHA-256 [0-9a-f]{8}\?$/,
  },
  remove: { command: 'eccaex.removeApiKey', args: dev, question: /^Remove the API key for dev\?$/ },
  import: {
    command: 'eccaex.importApiKey',
    args: { ...dev, variable: VARIABLE },
    question: /^Replace the key for dev /,
  },
  forget: { command: 'eccaex.removeAllApiKeys', args: {}, question: /^Remove the API key for .*dev/ },
  send: { command: 'eccaex.sendInvoice', args: dev, question: /^Create 1 (real )?invoice in dev, / },
};

describe('a task of an attacker’s repository runs commands by its inputs', () => {
  let merchant: Sandbox;

  before(async function () {
    // The server with the oldest VS Code comes without what it searches files with.
    if (!vscode.workspace.workspaceFile) this.skip();
    process.env[VARIABLE] = USED_KEYS.planted;
    merchant = await startMerchant();
    const tasks = Object.keys(INPUTS).map((id) => ({
      type: 'shell',
      label: `attack: ${id}`,
      command: `echo \${input:${id}}`,
      problemMatcher: [],
    }));
    const inputs = Object.entries(INPUTS).map(([id, { command, args }]) => ({
      id,
      type: 'command',
      command,
      args,
    }));
    await writeFile('.vscode/tasks.json', JSON.stringify({ version: '2.0.0', tasks, inputs }));
    await openFile('attacked.invoice.json', invoice());
  });

  after(async () => {
    Reflect.deleteProperty(process.env, VARIABLE);
    await closeEditors();
    await stopMerchant(merchant);
  });

  const keyInUse = async () => {
    await vscode.commands.executeCommand('eccaex.verifyApiKey', dev);
    return merchant.received().at(-1)?.key;
  };

  for (const [id, { command, question }] of Object.entries(INPUTS))
    it(`${command}: a person is asked, and unanswered it changes and sends nothing`, async () => {
      const task = await eventually(`there is a task for ${id}`, async () =>
        (await vscode.tasks.fetchTasks()).find(({ name }) => name === `attack: ${id}`),
      );
      const created = () => merchant.received().filter(({ path }) => path.endsWith('/create-invoice')).length;
      const before = created();
      await whileListening(async (told) => {
        // VS Code starts no task whose input gives no text.
        vscode.tasks.executeTask(task).then(undefined, () => undefined);
        await eventually('a person is asked', () => told.some((text) => question.test(text)) || undefined);
      });
      assert.equal(created(), before);
      assert.equal(await keyInUse(), 'sandbox_active');
    });
});
