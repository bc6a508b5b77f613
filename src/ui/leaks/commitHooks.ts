import { Uri, window, workspace } from 'vscode';
import type { HookState } from '../../app/leaks/scanPorts';
import { commitHook } from '../../core/leaks/commitHook';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';

type HookServices = Pick<Services, 'hooks' | 'extensionFolder'>;

/** Adds the hook that looks for keys before each commit. A hook that is there stays, and runs after it. */
export async function addCommitHook(services: HookServices): Promise<boolean> {
  const folder = await folderOfRepository();
  if (folder === undefined) return false;
  return addHookTo(services, folder);
}

export async function addHookTo({ hooks, extensionFolder }: HookServices, folder: string): Promise<boolean> {
  const state = await hooks.state(folder);
  if (!('file' in state)) return tellWhyNot(state);
  if (state.kind === 'ours') {
    void notify.info('The commit hook is already there: it searches each commit for API keys.');
    return true;
  }
  if (!(await hooks.add(state.file, commitHook(extensionFolder)))) {
    void notify.error(`Could not write ${state.file}.`);
    return false;
  }
  const others = state.kind === 'others' ? ' The hook that was there runs after it.' : '';
  const show = 'Show';
  void notify
    .info(`Commit hook added: it searches each commit for API keys.${others}`, show)
    .then((choice) => (choice === show ? window.showTextDocument(Uri.file(state.file)) : undefined));
  return true;
}

/** Takes our part out of the hook before each commit, and nothing that others wrote. */
export async function removeCommitHook({ hooks }: HookServices): Promise<boolean> {
  const folder = await folderOfRepository();
  if (folder === undefined) return false;
  const state = await hooks.state(folder);
  if (!('file' in state)) return tellWhyNot(state);
  if (state.kind !== 'ours') {
    void notify.info('This repository has no commit hook of this extension.');
    return true;
  }
  if (!(await hooks.remove(state.file))) {
    void notify.error(`Could not write ${state.file}.`);
    return false;
  }
  void notify.info('Commit hook removed: commits are no longer searched for API keys.');
  return true;
}

async function folderOfRepository(): Promise<string | undefined> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) {
    void notify.info('Open a folder on this machine first: the commit hook belongs to its repository.');
    return undefined;
  }
  const folder = folders.length === 1 ? folders[0] : await window.showWorkspaceFolderPick();
  return folder?.uri.fsPath;
}

function tellWhyNot(state: Extract<HookState, { kind: 'elsewhere' | 'no-repository' }>): false {
  void notify.warn(
    state.kind === 'elsewhere'
      ? `This repository keeps its hooks in ${state.folder} (core.hooksPath). Add “eccaex scan --staged” to the pre-commit hook there.`
      : 'This folder is not in a Git repository.',
  );
  return false;
}
