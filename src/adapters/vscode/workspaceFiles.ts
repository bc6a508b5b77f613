import { FileSystemError, Uri, workspace } from 'vscode';
import type { FileReading, RequestFiles } from '../../app/ports';
import { decodeUtf8 } from '../files/text';

const LARGEST_FILE = 50 * 1024 * 1024;

/** An open document counts as it stands, saved or not; any other file as it is on disk. */
export const workspaceFiles: RequestFiles = {
  async read(uri: string): Promise<FileReading> {
    const open = workspace.textDocuments.find((document) => document.uri.toString() === uri);
    if (open) return { ok: true, text: open.getText() };
    try {
      const location = Uri.parse(uri, true);
      const { size } = await workspace.fs.stat(location);
      if (size > LARGEST_FILE) return { ok: false, fault: 'unreadable', detail: 'it is larger than 50 MB' };
      return decodeUtf8(await workspace.fs.readFile(location));
    } catch (error) {
      return { ok: false, fault: 'unreadable', detail: reasonOf(error) };
    }
  },
};

function reasonOf(error: unknown): string {
  if (error instanceof FileSystemError && error.code === 'FileNotFound') return 'it does not exist';
  if (error instanceof FileSystemError && error.code === 'FileIsADirectory') return 'it is a folder';
  return error instanceof Error ? error.message : String(error);
}
