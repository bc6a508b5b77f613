import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { languages, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { collectGarbage } from '../../test/support/collectGarbage';

/** One edit, in milliseconds. */
export interface Key {
  readonly diagnostic: number;
  readonly block: number;
  /** The longest block of the same edit in a text that is none of ours. */
  readonly plain: number;
}

const LATEST_MS = 30_000;

/** Toggles a comma in the first amount: the diagnostic comes and goes. The text is as before in the end. */
export async function keysIn(file: string, rounds: number): Promise<Key[]> {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('There is no workspace.');
  const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, file));
  const plain = await workspace.openTextDocument({ language: 'plaintext', content: document.getText() });
  await window.showTextDocument(document);
  const at = document.getText().indexOf('1500.00') + 4;
  const edit = (of: typeof document, text: string) => {
    const change = new WorkspaceEdit();
    change.replace(of.uri, new Range(of.positionAt(at), of.positionAt(at + 1)), text);
    return workspace.applyEdit(change);
  };
  const isFaulty = () =>
    languages
      .getDiagnostics(document.uri)
      .some(({ source, range }) => source === 'EccaEx' && range.contains(document.positionAt(at)));
  const keys: Key[] = [];
  for (let round = -1; round < rounds; round++) {
    const text = round % 2 === 0 ? '.' : ',';
    const { result: diagnostic, block } = await blocking(async () => {
      const begin = performance.now();
      const shown = until(
        (changed) => languages.onDidChangeDiagnostics(changed),
        () => isFaulty() === (text === ','),
      );
      await edit(document, text);
      await shown;
      return performance.now() - begin;
    });
    const other = await blocking(async () => {
      await edit(plain, text);
      await setTimeout(diagnostic);
    });
    if (round >= 0) keys.push({ diagnostic, block, plain: other.block });
  }
  await edit(document, '.');
  return keys;
}

/** What some work gives, and the longest that this process did nothing else meanwhile. */
export async function blocking<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; block: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const result = await work();
  await setTimeout(50);
  delay.disable();
  return { result, block: delay.max / 1e6 };
}

function until(listen: (changed: () => void) => { dispose(): unknown }, isSo: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = globalThis.setTimeout(() => {
      listener.dispose();
      reject(new Error('What was waited for did not come.'));
    }, LATEST_MS);
    const listener = listen(() => {
      if (!isSo()) return;
      clearTimeout(late);
      listener.dispose();
      resolve();
    });
  });
}

/** Megabytes that are still needed. */
export function inUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
