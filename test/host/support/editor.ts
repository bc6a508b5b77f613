import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The folder that the tests work in. */
export function workspaceFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return folder.uri;
}

export function fileUri(name: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), name);
}

/** Writes a file of the workspace; its bytes as they are. */
export async function writeFile(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const uri = fileUri(name);
  await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? Buffer.from(content) : content);
  return uri;
}

/** Writes a file and opens it in an editor. */
export async function openFile(name: string, content: string): Promise<vscode.TextEditor> {
  const uri = await writeFile(name, content);
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Puts another text in place of the one that an editor has. */
export async function replaceText(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const text = editor.document.getText();
  const start = text.indexOf(from);
  assert.ok(start >= 0, `the text has ${from}`);
  const range = new vscode.Range(
    editor.document.positionAt(start),
    editor.document.positionAt(start + from.length),
  );
  assert.ok(await editor.edit((edit) => edit.replace(range, to)));
}

/** A look at a state between others takes the extension host's time from what is to bring the state about. */
const POLL_MS = 20;

/** Resolves to the first value that is not `undefined`; looks again until then. Rejects after 20 s. */
export async function eventually<Value>(
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`It did not come about that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The diagnostics of this extension. */
export function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'EccaEx');
}

export function codeOf({ code }: vscode.Diagnostic): string {
  assert.ok(typeof code === 'object');
  return String(code.value);
}

/** Waits until a file shows one error, whoever shows it: VS Code's own JSON support knows broken syntax, too. */
export async function waitForOneError(uri: vscode.Uri): Promise<vscode.Diagnostic> {
  const errors = () =>
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
  try {
    return await eventually(`${uri.path} shows one error`, () =>
      errors().length === 1 ? errors()[0] : undefined,
    );
  } catch (error) {
    const shown = errors().map(({ source, message }) => `${source ?? ''}: ${message}`);
    throw new Error(`${String(error)}; it shows ${shown.join(' | ')}`, { cause: error });
  }
}

/** Waits until a file has exactly these codes, in any order. */
export async function waitForCodes(uri: vscode.Uri, ...codes: string[]): Promise<vscode.Diagnostic[]> {
  const wanted = [...codes].sort().join(' ');
  try {
    return await eventually(`${uri.path} has the problems [${wanted}]`, () => {
      const found = diagnosticsOf(uri);
      return found.map(codeOf).sort().join(' ') === wanted ? found : undefined;
    });
  } catch (error) {
    throw new Error(`${String(error)}; it has [${diagnosticsOf(uri).map(codeOf).join(' ')}]`, {
      cause: error,
    });
  }
}

/** The quick fixes at a place, once there are any: VS Code drops the question when the text changes meanwhile. */
export async function fixesAt(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return eventually(`there are fixes at ${uri.path}`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
    return actions.length > 0 ? actions : undefined;
  });
}

/** Does what a person does who picks the fix with this title. */
export async function applyFix(
  uri: vscode.Uri,
  range: vscode.Range,
  title: string | RegExp,
): Promise<unknown> {
  const fixes = await fixesAt(uri, range);
  const fix = fixes.find((action) =>
    typeof title === 'string' ? action.title === title : title.test(action.title),
  );
  assert.ok(fix, `${String(title)} is among: ${fixes.map((action) => action.title).join(' | ')}`);
  if (fix.edit) assert.ok(await vscode.workspace.applyEdit(fix.edit));
  if (!fix.command) return undefined;
  return vscode.commands.executeCommand(fix.command.command, ...((fix.command.arguments ?? []) as unknown[]));
}
