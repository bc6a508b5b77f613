import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, rm, truncate } from 'node:fs/promises';
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
import { picking, sayingYes, whileListening } from './support/dialogs';
import { forget, invoice, send, useKey } from './support/merchant';
import { makeUnreadable } from '../support/unwritable';
import { USED_KEYS } from '../support/usedKeys';

const KEY = USED_KEYS.inFiles;
const LITERAL = USED_KEYS.moved;
const SECRET = USED_KEYS.movedSecret;

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

  for (const [name, before, after] of [
    [
      'certain.js',
      `send({ 'X-Api-Key': '${LITERAL}', 'X-Trace': 'b7Kd93mPx2' });\n`,
      `send({ 'X-Api-Key': process.env.ECCAEX_API_KEY_STAGING, 'X-Trace': 'b7Kd93mPx2' });\n`,
    ],
    [
      'certain.tsx',
      `<Pay eccaexApiKey="${LITERAL}" live />;\n`,
      '<Pay eccaexApiKey={process.env.ECCAEX_API_KEY_STAGING} live />;\n',
    ],
    [
      'certain.py',
      `ECCAEX_API_KEY = r"${LITERAL}"\n`,
      'ECCAEX_API_KEY = os.environ["ECCAEX_API_KEY_STAGING"]\n',
    ],
    [
      'certain.xml',
      `<X-Api-Key>${LITERAL}</X-Api-Key>\n`,
      '<X-Api-Key>${ECCAEX_API_KEY_STAGING}</X-Api-Key>\n',
    ],
    [
      'certain.yaml',
      `- name: BUILD\n  value: b7Kd93mPx2\n- name: ECCAEX_API_KEY\n  value: "${LITERAL}"\n`,
      '- name: BUILD\n  value: b7Kd93mPx2\n- name: ECCAEX_API_KEY\n  value: "${ECCAEX_API_KEY_STAGING}"\n',
    ],
    [
      'secret.go',
      `eccaexWebhookSecret := "${SECRET}"\n`,
      'eccaexWebhookSecret := os.Getenv("ECCAEX_WEBHOOK_SECRET_STAGING")\n',
    ],
  ] as const)
    it(`are replaced by what the fix says, and nothing else is: ${name}`, async () => {
      const { document } = await openFile(`leaks/${name}`, before);
      const [problem] = await waitForCodes(document.uri, 'key-literal');
      assert.ok(problem);
      const isSecret = before.includes(SECRET);
      assert.equal(problem.message.startsWith(isSecret ? 'Webhook secret in ' : 'API key in '), true);
      const fixes = await fixesAt(document.uri, problem.range);
      const title = fixes.map((fix) => fix.title).find((one) => one.startsWith('Store '));
      assert.ok(title !== undefined);
      await picking('staging', () => applyFix(document.uri, problem.range, title));
      assert.equal(document.getText(), after);
      const said = title.replace(/^Store ••••\w{4} and replace it with /, '').replace('_…', '_STAGING');
      assert.ok(after.includes(said), `${title}: ${after}`);
      await sayingYes(() =>
        vscode.commands.executeCommand(isSecret ? 'eccaex.removeWebhookSecret' : 'eccaex.removeApiKey', {
          environment: 'staging',
        }),
      );
    });

  it('get no fix that replaces them where it is not certain where they begin and end', async () => {
    const places = [
      `Our X-Api-Key is ${LITERAL}.`,
      `- value: "${LITERAL}"\n  name: ECCAEX_API_KEY`,
      `eccaex_api_key = pick(live, "${LITERAL}")`,
      `new EccaEx("${LITERAL}")`,
      `ECCAEX_API_KEY=${LITERAL}&&run`,
    ];
    const text = [`X-Api-Key: ${LITERAL}`, ...places].join('\n\n');
    const { document } = await openFile('leaks/uncertain.txt', text);
    const found = await waitForCodes(document.uri, ...Array<string>(6).fill('key-literal'));
    const sorted = [...found].sort((a, b) => a.range.start.compareTo(b.range.start));
    const offered = await fixesAt(document.uri, new vscode.Range(0, 0, document.lineCount, 0));
    assert.equal(offered.filter(({ title }) => title.startsWith('Store ')).length, 1, 'for the first alone');
    for (const [place, { range }] of sorted.slice(1).entries()) {
      const asked = { uri: document.uri, index: document.offsetAt(range.start), environment: 'staging' };
      const done = await sayingYes(() => vscode.commands.executeCommand('_eccaex.moveKey', asked));
      assert.equal(done, false, places[place]);
    }
    assert.equal(document.getText(), text);
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

  it('are said not to have been looked for where a file was not searched, and why', async () => {
    await writeFile('leaks/limits/picture.png', new Uint8Array([0x89, 0x50, 0, 0, 0, 13]));
    await writeFile('leaks/limits/dump.sql', 'x'.repeat(6 * 1024 * 1024));
    const huge = (await writeFile('leaks/limits/huge.img', '')).fsPath;
    const locked = (await writeFile('leaks/limits/locked.txt', '')).fsPath;
    // A sparse file takes no room.
    await truncate(huge, 1024 * 1024 * 1024 + 1);
    const release = makeUnreadable(locked);
    try {
      const { result, told } = await whileListening(async (heard) => {
        const summary = await scan();
        await eventually('the result is told', () => (heard.length > 0 ? true : undefined));
        return summary;
      });
      const own = result.limited
        .filter(({ file }) => file.startsWith(fileUri('leaks/limits').fsPath))
        .map(({ file, limit }) => `${path.basename(file)} ${limit}`);
      assert.deepEqual(own.sort(), [
        'dump.sql large',
        'huge.img tooLarge',
        ...(release ? ['locked.txt unreadable'] : []),
        'picture.png binary',
      ]);
      const [message = ''] = told;
      if (release) assert.match(message, /Could not be read: leaks\/limits\/locked\.txt\./);
      assert.match(message, /Too large to search: leaks\/limits\/huge\.img\./);
      assert.match(
        message,
        /Searched for stored keys only, because of their size: leaks\/limits\/dump\.sql\./,
      );
      assert.match(message, /Searched for stored keys only: \d+ binary files?\./);
    } finally {
      release?.();
      await rm(fileUri('leaks/limits').fsPath, { recursive: true });
    }
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
