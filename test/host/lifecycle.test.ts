import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Sandbox } from '../../src/sandbox/server';
import {
  closeEditors,
  diagnosticsOf,
  eventually,
  fileUri,
  openFile,
  replaceText,
  waitForCodes,
  writeFile,
} from './support/editor';
import { invoice, send, startMerchant, stopMerchant } from './support/merchant';

describe('a problem that the API told of', () => {
  let merchant: Sandbox;
  let editor: vscode.TextEditor;
  let uri: vscode.Uri;
  let code: string;

  before(async () => {
    merchant = await startMerchant();
  });

  after(() => stopMerchant(merchant));

  /** A conflict on the value of external_id. */
  beforeEach(async function () {
    const text = invoice({ external_id: `order-${this.currentTest?.title ?? ''}` });
    const first = await writeFile('earlier.invoice.json', text);
    await send({ uri: first });
    editor = await openFile(`conflict-${Date.now()}.invoice.json`, text);
    uri = editor.document.uri;
    const report = await send({ uri });
    code = report.error?.code ?? '';
    assert.equal(report.problems[0]?.pointer, '/external_id');
    await waitForCodes(uri, code);
  });

  afterEach(closeEditors);

  it('goes when its value is edited, and comes back with undo', async () => {
    await replaceText(editor, 'order-', 'another-order-');
    await waitForCodes(uri);
    await vscode.commands.executeCommand('undo');
    await waitForCodes(uri, code);
  });

  it('moves along with edits elsewhere', async () => {
    await replaceText(editor, '{\n', '{\n\n\n');
    const moved = await eventually('it has moved', () => {
      const [diagnostic] = diagnosticsOf(uri);
      return diagnostic?.range.start.line === 6 ? diagnostic : undefined;
    });
    assert.match(editor.document.getText(moved.range), /^"order-/);
    await replaceText(editor, '"1500.00"', '"1500.01"');
    await waitForCodes(uri, code);
  });

  it('goes when the file is closed', async () => {
    await closeEditors();
    await waitForCodes(uri);
  });

  it('stays through a change of the language mode', async () => {
    await vscode.languages.setTextDocumentLanguage(editor.document, 'plaintext');
    await eventually(
      'the mode is plain text',
      () => vscode.window.activeTextEditor?.document.languageId === 'plaintext' || undefined,
    );
    await waitForCodes(uri, code);
  });

  it('follows a rename', async () => {
    const renamed = fileUri(`renamed-${Date.now()}.invoice.json`);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uri, renamed);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await waitForCodes(renamed, code);
    await waitForCodes(uri);
  });

  it('goes when the request is sent again and created', async () => {
    await replaceText(editor, 'order-', `order-${Date.now()}-`);
    assert.equal((await send({ uri })).outcome, 'created');
    await waitForCodes(uri);
    await vscode.commands.executeCommand('undo');
    await waitForCodes(uri);
  });

  it('shows for a file that is not open, and goes when that is deleted', async () => {
    const closed = await writeFile('closed.invoice.json', editor.document.getText());
    await send({ uri: closed });
    await waitForCodes(closed, code);
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(closed);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await waitForCodes(closed);
  });
});
