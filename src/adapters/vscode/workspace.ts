import { EventEmitter, FileSystemError, Uri, workspace, type ExtensionContext, type Memento } from 'vscode';
import type { ActiveEnvironment, FileReading, JournalTrouble, RequestFiles } from '../../app/ports';
import { isEnvironment, type Environment } from '../../core/environments/environment';
import { decodeUtf8 } from '../files/text';
import { earlierFolders } from '../journal/earlierFolders';
import { FolderJournal } from '../journal/folderJournal';
import { workspaceId } from '../journal/workspaceId';
import { FILE_FAULTS } from '../../core/sharedWords';

const ENTRY = 'eccaex.environment';

/** Kept in the workspace's state, which is VS Code's own and no file of the workspace. */
export class WorkspaceEnvironment implements ActiveEnvironment {
  readonly #changed = new EventEmitter<Environment>();
  readonly onDidChange = this.#changed.event;

  constructor(private readonly state: Memento) {}

  get(): Environment {
    const kept = this.state.get<unknown>(ENTRY);
    return isEnvironment(kept) ? kept : 'sandbox';
  }

  async set(environment: Environment): Promise<void> {
    await this.state.update(ENTRY, environment);
    this.#changed.fire(environment);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

const LARGEST_FILE = 50 * 1024 * 1024;

/** An open document counts as it stands, saved or not; any other file as it is on disk. */
export const workspaceFiles: RequestFiles = {
  async read(uri: string): Promise<FileReading> {
    const open = workspace.textDocuments.find((document) => document.uri.toString() === uri);
    if (open) return { ok: true, text: open.getText() };
    try {
      const location = Uri.parse(uri, true);
      const { size } = await workspace.fs.stat(location);
      if (size > LARGEST_FILE) return { ok: false, fault: 'unreadable', detail: FILE_FAULTS.tooLarge };
      return decodeUtf8(await workspace.fs.readFile(location));
    } catch (error) {
      return { ok: false, fault: 'unreadable', detail: reasonOf(error) };
    }
  },
};

function reasonOf(error: unknown): string {
  if (error instanceof FileSystemError && error.code === 'FileNotFound') return FILE_FAULTS.absent;
  if (error instanceof FileSystemError && error.code === 'FileIsADirectory') return FILE_FAULTS.folder;
  return error instanceof Error ? error.message : String(error);
}

/**
 * The journal of the workspace, the same in each window that has it open. VS Code gives a second window another
 * `storageUri`, so the journal is in the storage that all windows share.
 */
export function workspaceJournal(
  { globalStorageUri, storageUri }: Pick<ExtensionContext, 'globalStorageUri' | 'storageUri'>,
  onFailure: (reason: string, what: JournalTrouble) => void,
): FolderJournal {
  const { workspaceFile, workspaceFolders = [] } = workspace;
  const id = workspaceId(
    workspaceFile ? [workspaceFile] : workspaceFolders.map(({ uri }) => uri),
    process.platform,
  );
  const folder = Uri.joinPath(globalStorageUri, 'workspaces', id, 'journal').fsPath;
  const earlier = storageUri
    ? () => earlierFolders(storageUri.fsPath)
    : () => Promise.resolve([Uri.joinPath(globalStorageUri, 'journal').fsPath]);
  return new FolderJournal(folder, onFailure, earlier);
}
