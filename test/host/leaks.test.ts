import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ScanSummary } from '../../src/ui/leaks/scanCommand';
import {
  applyFix,
  closeEditors,
  eventually,
  fileUri,
  fixesAt,
  openFile,
  replaceText,
  waitForCodes,
  writeFile,
} from './support/editor';
import { sayingYes, whileListening } from './support/dialogs';
import { forget, invoice, send, useKey } from './support/merchant';
import { USED_KEYS } from '../support/usedKeys';

const KEY = USED_KEYS.inFiles;
const LITERAL = USED_KEYS.moved;

const scan = () => vscode.commands.executeCommand<ScanSummary>('eccaex.scanForKeys');

const findingsIn = ({ findings }: ScanSummary, folder: string) =>
  findings
    .filter(({ file }) => file.startsWith(fileUri(folder).fsPath))
    .map(
      ({ file, code, range }) =>
        `${file.slice(fileUri(folder).fsPath.length + 1)}:${range.start.line + 1} ${code}`,
    )
    .sort();

describe('keys in files', () => {
  before(() => useKey('dev', KEY));

  after(() => forget('dev'));

  afterEach(closeEditors);

  it('are told while they are there, in any document', async () => {
    const editor = await openFile(
      'leaks/live.sh',
      `curl -H 'X-Api-Key: ${LITERAL}'\n# ${KEY}\n# sandbox_active\n`,
    );
    const { uri } = editor.document;
    const told = await waitForCodes(uri, 'key-literal', 'key-in-file');
    for (const { message } of told) assert.ok(!message.includes(KEY) && !message.includes(LITERAL), message);
    await replaceText(editor, LITERAL, '$ECCAEX_API_KEY_DEV');
    await waitForCodes(uri, 'key-in-file');
    await replaceText(editor, KEY, 'nothing');
    await waitForCodes(uri);
    await vscode.commands.executeCommand('undo');
    await waitForCodes(uri, 'key-in-file');
  });

  it('are told once where they keep a request from being sent', async () => {
    const { document } = await openFile('leaks/order.invoice.json', invoice({ purpose: KEY }));
    await waitForCodes(document.uri, 'key-in-file');
    assert.equal((await send({ uri: document.uri, environment: 'dev' })).outcome, 'invalid');
    const [only] = await waitForCodes(document.uri, 'key-in-file');
    assert.equal(document.getText(only?.range), KEY);
    assert.equal(only?.severity, vscode.DiagnosticSeverity.Error);
  });

  it('give way to a placeholder, where they are stored already', async () => {
    const { document } = await openFile('leaks/fix.js', `const headers = { key: "${KEY}" };\n`);
    const [problem] = await waitForCodes(document.uri, 'key-in-file');
    assert.ok(problem);
    await applyFix(document.uri, problem.range, 'Replace the dev key with process.env.ECCAEX_API_KEY_DEV');
    assert.equal(document.getText(), 'const headers = { key: process.env.ECCAEX_API_KEY_DEV };\n');
    await waitForCodes(document.uri);
  });

  it('are moved to SecretStorage, where they are not', async () => {
    const { document } = await openFile('leaks/move.sh', `curl -H "X-Api-Key: ${LITERAL}"\n`);
    await waitForCodes(document.uri, 'key-literal');
    const index = document.getText().indexOf(LITERAL);
    const done = await sayingYes(() =>
      vscode.commands.executeCommand('_eccaex.moveKey', { uri: document.uri, index, environment: 'staging' }),
    );
    assert.equal(done, true);
    assert.equal(document.getText(), 'curl -H "X-Api-Key: ${ECCAEX_API_KEY_STAGING}"\n');
    const again = await openFile('leaks/again.txt', LITERAL);
    await waitForCodes(again.document.uri, 'key-in-file');
    await forget('staging');
    await waitForCodes(again.document.uri);
  });

  it('are found in files that are not open, and forgotten when they are gone', async () => {
    const uri = await writeFile('leaks/search/config.yaml', `headers:\n  X-Api-Key: ${LITERAL}\n`);
    await writeFile('leaks/search/parts.ts', `const key = "${KEY.slice(0, 9)}" + "${KEY.slice(9)}";\n`);
    await writeFile('leaks/search/fine.http', 'GET https://a.example\nX-Api-Key: {{key}}\n');
    const found = await scan();
    assert.deepEqual(findingsIn(found, 'leaks/search'), [
      'config.yaml:2 key-literal',
      'parts.ts:1 key-in-file',
    ]);
    assert.ok(!JSON.stringify(found).includes(LITERAL) && found.isComplete);
    await waitForCodes(uri, 'key-literal');
    await writeFile('leaks/search/config.yaml', 'headers: {}\n');
    assert.deepEqual(findingsIn(await scan(), 'leaks/search'), ['parts.ts:1 key-in-file']);
    await waitForCodes(uri);
  });

  it('weigh less in a file that git ignores, and a fix sees to that', async () => {
    const { document } = await openFile('leaks/repository/.env', `ECCAEX_API_KEY_DEV=${KEY}\n`);
    execFileSync('git', ['init', '--quiet'], { cwd: fileUri('leaks/repository').fsPath });
    await document.save();
    await vscode.commands.executeCommand('eccaex.scanForKeys');
    const { uri } = document;
    const [problem] = await waitForCodes(uri, 'key-in-file');
    assert.ok(problem);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Warning);
    const ignore = 'Add .env to .gitignore';
    await eventually('git is asked', async () =>
      (await fixesAt(uri, problem.range)).find(({ title }) => title === ignore),
    );
    await applyFix(uri, problem.range, ignore);
    await eventually(
      'it is information',
      () => severityAt(uri) === vscode.DiagnosticSeverity.Information || undefined,
    );
    const ignored = await vscode.workspace.fs.readFile(fileUri('leaks/repository/.gitignore'));
    assert.equal(Buffer.from(ignored).toString(), '/.env\n');
  });

  describe('and the hook before each commit', () => {
    const OTHERS = '#!/bin/sh\necho others\n';
    const run = (command: string) => whileListening(() => vscode.commands.executeCommand(command));
    const root = () => fileUri('.').fsPath;
    const file = () => path.join(root(), '.git/hooks/pre-commit');

    after(() => rm(path.join(root(), '.git'), { recursive: true, force: true }));

    it('is not added where there is no repository, and that is said', async () => {
      const { told } = await run('eccaex.addCommitHook');
      assert.match(told.join(), /not in a Git repository/);
    });

    it('is added by a command of its own, beside a hook that is there, and taken out again', async () => {
      execFileSync('git', ['init', '--quiet'], { cwd: root() });
      await writeFile('.git/hooks/pre-commit', OTHERS);
      const none = await run('eccaex.removeCommitHook');
      assert.deepEqual(none.told, ['This repository has no commit hook of this extension.']);
      const added = await run('eccaex.addCommitHook');
      assert.deepEqual(added.told, [
        'Commit hook added: it searches each commit for API keys. The hook that was there runs after it.',
      ]);
      assert.match(await readFile(file(), 'utf8'), /scan --staged/);
      const again = await run('eccaex.addCommitHook');
      assert.match(again.told.join(), /already there/);
      const removed = await run('eccaex.removeCommitHook');
      assert.deepEqual(removed.told, ['Commit hook removed: commits are no longer searched for API keys.']);
      assert.equal(await readFile(file(), 'utf8'), OTHERS);
    });
  });
});

function severityAt(uri: vscode.Uri): vscode.DiagnosticSeverity | undefined {
  return vscode.languages.getDiagnostics(uri).find(({ source }) => source === 'EccaEx')?.severity;
}
