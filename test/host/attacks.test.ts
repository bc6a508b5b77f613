import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Sandbox } from '../../src/sandbox/server';
import { settingsOfAttacker } from '../support/attackerSettings';

import { USED_KEYS } from '../support/usedKeys';
import {
  closeEditors,
  diagnosticsOf,
  eventually,
  fileUri,
  openFile,
  waitForCodes,
  workspaceFolder,
  writeFile,
} from './support/editor';
import {
  forget,
  invoice,
  send,
  sendUnanswered,
  startMerchant,
  stopMerchant,
  useKey,
} from './support/merchant';

const PORT_OF_NOBODY = 9;
const settingsFile = () => fileUri('.vscode/settings.json');
const inspected = (name: string, scope?: vscode.ConfigurationScope) =>
  vscode.workspace.getConfiguration('eccaex', scope).inspect(name);

// The runner opens a workspace file, and settings of the machine, that an attacker has written. Nothing may come
// to where they lead, during all tests of this tier.
describe('an attacker’s repository', () => {
  let merchant: Sandbox;
  before(async () => {
    merchant = await startMerchant();
  });
  beforeEach(() => useKey('dev', 'sandbox_active'));
  after(() => stopMerchant(merchant));
  afterEach(closeEditors);

  async function sentToTheMerchant(uri: vscode.Uri): Promise<void> {
    const report = await send({ uri });
    assert.equal(report.outcome, 'created', JSON.stringify(report.problems));
    assert.equal(report.origin, merchant.origin);
  }

  /** Nobody answers what is asked. */
  async function blocked(argument: object, code?: string): Promise<void> {
    const before = merchant.stats().requests;
    const report = await sendUnanswered({ environment: 'dev', ...argument });
    assert.deepEqual(
      [report.outcome, report.problems[0]?.code],
      [code === undefined ? 'cancelled' : 'blocked', code],
    );
    assert.equal(merchant.stats().requests, before);
  }

  describe('sets settings', () => {
    // The server with the oldest VS Code reads no workspace file, and hears of no change on the disk.
    before(function () {
      if (!vscode.workspace.workspaceFile) this.skip();
    });

    it('in its workspace file, flat, nested and by language: they do not count', async () => {
      const { globalValue, workspaceValue } = inspected('requestFiles') ?? {};
      assert.deepEqual(workspaceValue, ['**/*.planted.json'], 'VS Code has read the file');
      // Only a VS Code that works on another machine has settings of that.
      if (vscode.env.remoteName !== undefined)
        assert.deepEqual(globalValue, ['**/*.machine.json'], 'VS Code has read those of the machine');
      await sentToTheMerchant(await writeFile('workspace-file.invoice.json', invoice()));
    });

    it('in the description of its dev container: they do not count', async () => {
      for (const name of ['baseUrl.staging', 'baseUrl.prod', 'prod.sendWithoutConfirmation'])
        assert.equal(inspected(name)?.globalValue, undefined, name);
      await useKey('staging', USED_KEYS.canary);
      const uri = await writeFile('machine.invoice.json', invoice({ amount: '{{planted}}' }));
      const report = await send({ uri, environment: 'staging' });
      assert.equal(report.problems[0]?.code, 'placeholder-unknown');
      await forget('staging');
    });

    it('in its folder, flat, nested and by language: they do not count', async () => {
      const settings = { ...settingsOfAttacker(PORT_OF_NOBODY), 'eccaex.requestFiles': ['**/*.folder.json'] };
      const file = await writeFile('.vscode/settings.json', JSON.stringify(settings));
      try {
        const { document } = await openFile('probe.folder.json', invoice());
        await eventually('VS Code has read the settings', () => {
          const { workspaceFolderValue } = inspected('requestFiles', document) ?? {};
          return Array.isArray(workspaceFolderValue) ? true : undefined;
        });
        await sentToTheMerchant(document.uri);
        await blocked(
          { uri: await writeFile('planted.invoice.json', invoice()), environment: 'prod' },
          'key-absent',
        );
      } finally {
        await vscode.workspace.fs.delete(file);
      }
    });

    it('that would send to prod without asking: a person is asked all the same', async () => {
      await useKey('prod', USED_KEYS.canary);
      try {
        await blocked({ uri: await writeFile('unasked.invoice.json', invoice()), environment: 'prod' });
      } finally {
        await forget('prod');
      }
    });

    it('that name no files but trouble: request files are checked as ever', async () => {
      const patterns = [
        '{'.repeat(500),
        '**/'.repeat(300),
        '[',
        '',
        '/',
        '../**',
        5,
        null,
        { a: 1 },
        '**/*'.repeat(50),
      ];
      await writeFile('.vscode/settings.json', JSON.stringify({ 'eccaex.requestFiles': patterns }));
      try {
        const { document } = await openFile('trouble.invoice.json', invoice({ amount: 'x' }));
        await eventually('VS Code has read the settings', () =>
          Array.isArray(inspected('requestFiles', document)?.workspaceFolderValue) ? true : undefined,
        );
        await waitForCodes(document.uri, 'amount-format');
      } finally {
        await vscode.workspace.fs.delete(settingsFile());
      }
    });
  });

  describe('leads out of the workspace', () => {
    let outside: string;
    let secret: string;
    before(() => {
      outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
      secret = path.join(outside, 'secret.json');
      writeFileSync(secret, invoice());
    });
    after(() => rmSync(outside, { recursive: true, force: true }));

    const link = (name: string, target: string): vscode.Uri => {
      const uri = fileUri(name);
      rmSync(uri.fsPath, { force: true });
      symlinkSync(target, uri.fsPath);
      return uri;
    };

    it('by a request file that is a link: asked about, and nothing is sent unasked', () =>
      blocked({ uri: link('link.invoice.json', secret) }));

    it('by a link to a link', () => {
      const first = link('first-link.json', secret);
      return blocked({ uri: link('second-link.invoice.json', first.fsPath) });
    });

    it('by a folder that is a link', () => {
      link('linked-folder', outside);
      return blocked({ uri: fileUri('linked-folder/secret.json') });
    });

    it('by a link in the editor', async () => {
      await vscode.window.showTextDocument(link('open-link.invoice.json', secret));
      await blocked({});
    });

    it('by an argument of a task or a key binding', async () => {
      await blocked({ uri: secret });
      await blocked({ uri: vscode.Uri.file(secret) });
      await blocked({
        uri: `${workspaceFolder().fsPath}/../${path.basename(path.dirname(secret))}/secret.json`,
      }).catch(
        // The folder beside the workspace has no such file.
        (error: unknown) => assert.match(String(error), /returns a report/),
      );
      await blocked({ uris: [secret] });
    });

    it('by a folder whose name begins like the workspace’s', () => {
      const sibling = `${workspaceFolder().fsPath}-evil`;
      mkdirSync(sibling, { recursive: true });
      writeFileSync(path.join(sibling, 'x.json'), invoice());
      return blocked({ uri: path.join(sibling, 'x.json') });
    });

    it('by a file system of another extension', async () => {
      const provider: vscode.TextDocumentContentProvider = { provideTextDocumentContent: () => invoice() };
      const registration = vscode.workspace.registerTextDocumentContentProvider('attacker', provider);
      try {
        const document = await vscode.workspace.openTextDocument(
          vscode.Uri.parse('attacker:/x.invoice.json'),
        );
        await blocked({ uri: document.uri });
      } finally {
        registration.dispose();
      }
    });

    it('and back into it: that is sent', async () => {
      const inside = await writeFile('inside.invoice.json', invoice());
      await sentToTheMerchant(link('inside-link.invoice.json', inside.fsPath));
    });

    it('to the sandbox: that is sent, since nothing leaves this machine', async () => {
      const report = await send({ uri: link('sandbox-link.invoice.json', secret), environment: 'sandbox' });
      assert.equal(report.outcome, 'created');
    });
  });

  describe('has a task that runs a command', () => {
    it('which brings a key or a yes of its own: neither is taken', async () => {
      await blocked(
        {
          uri: await writeFile('task.invoice.json', invoice()),
          environment: 'prod',
          key: USED_KEYS.canary,
          confirmed: true,
        },
        'key-absent',
      );
    });

    it('which imports a key from what is no variable: there is none', async () => {
      for (const variable of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
        const result = await vscode.commands.executeCommand<{ done: boolean }>('eccaex.importApiKey', {
          environment: 'staging',
          variable,
        });
        assert.equal(result.done, false, variable);
      }
    });

    it('which names another environment, base URL or body: only the documented arguments count', async () => {
      const uri = await writeFile('arguments.invoice.json', invoice());
      const report = await send({
        uri,
        environment: 'evil',
        baseUrl: 'http://127.0.0.1:9',
        body: '{}',
        origin: 'x',
      });
      assert.equal(report.outcome, 'created');
      assert.equal(report.origin, merchant.origin);
    });
  });

  it('has a key of ours in a request file: it is not sent, and no diagnostic says it', async () => {
    const key = USED_KEYS.inRequest;
    await useKey('dev', key);
    const { document } = await openFile('with-key.invoice.json', invoice({ purpose: key }));
    const report = await send();
    assert.deepEqual([report.outcome, report.problems[0]?.code], ['invalid', 'key-in-file']);
    for (const { message } of diagnosticsOf(document.uri)) assert.ok(!message.includes(key));
  });
});
