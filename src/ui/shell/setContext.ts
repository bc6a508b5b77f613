import { commands } from 'vscode';

/** The keys that the manifest's `when` clauses read. */
type ContextKey =
  | 'eccaex.sandboxRunning'
  | 'eccaex.requestEditor'
  | 'eccaex.sentEditor'
  | 'eccaex.noRequestFiles'
  | 'eccaex.historyEmpty'
  | 'eccaex.historyFiltered';

export function setContext(key: ContextKey, value: boolean): void {
  void commands.executeCommand('setContext', key, value);
}
