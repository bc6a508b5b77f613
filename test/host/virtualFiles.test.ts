import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, replaceText, waitForCodes } from './support/editor';
import { invoice, send } from './support/merchant';

/** Files that are on no disk, as in a virtual workspace. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  readonly #files = new Map<string, Uint8Array>();

  put(path: string, text: string): void {
    this.#files.set(path, Buffer.from(text));
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.readFile(path).length };
  }

  readFile(file: vscode.Uri | string): Uint8Array {
    const content = this.#files.get(typeof file === 'string' ? file : file.path);
    if (!content) throw vscode.FileSystemError.FileNotFound(file);
    return content;
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    this.#files.set(path, content);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}

describe('files that are on no disk', () => {
  const files = new MemoryFiles();
  let registration: vscode.Disposable;

  before(() => {
    registration = vscode.workspace.registerFileSystemProvider('memory', files);
  });

  after(() => {
    registration.dispose();
  });

  afterEach(closeEditors);

  it('are sent, by themselves and from an editor', async () => {
    const uri = vscode.Uri.parse('memory:/virtual.invoice.json');
    files.put(uri.path, invoice());
    const report = await send({ uri, environment: 'sandbox' });
    assert.equal(report.outcome, 'created');
    assert.equal(report.file, 'memory:/virtual.invoice.json');
    const editor = await vscode.window.showTextDocument(uri);
    await replaceText(editor, '"1500.00"', '1500');
    await waitForCodes(uri, 'field-type');
    assert.equal((await send({ environment: 'sandbox' })).outcome, 'invalid');
  });
});
