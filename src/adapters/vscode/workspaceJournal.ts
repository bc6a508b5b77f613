import { createHash } from 'node:crypto';
import { Uri, workspace, type ExtensionContext } from 'vscode';
import type { JournalTrouble } from '../../app/ports';
import { earlierFolders } from '../journal/earlierFolders';
import { FolderJournal } from '../journal/folderJournal';

/**
 * The journal of the workspace, the same in each window that has it open. VS Code gives a second window another
 * `storageUri`, so the journal is in the storage that all windows share.
 */
export function workspaceJournal(
  { globalStorageUri, storageUri }: Pick<ExtensionContext, 'globalStorageUri' | 'storageUri'>,
  onFailure: (reason: string, what: JournalTrouble) => void,
): FolderJournal {
  const folder = Uri.joinPath(globalStorageUri, 'workspaces', workspaceId(), 'journal').fsPath;
  const earlier = storageUri
    ? () => earlierFolders(storageUri.fsPath)
    : () => Promise.resolve([Uri.joinPath(globalStorageUri, 'journal').fsPath]);
  return new FolderJournal(folder, onFailure, earlier);
}

function workspaceId(): string {
  const { workspaceFile, workspaceFolders = [] } = workspace;
  const identity = workspaceFile ? [workspaceFile] : workspaceFolders.map(({ uri }) => uri);
  if (identity.length === 0) return 'none';
  return createHash('sha256').update(identity.join('\n')).digest('hex').slice(0, 32);
}
