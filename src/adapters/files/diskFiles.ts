import { createReadStream } from 'node:fs';
import path from 'node:path';
import { URI } from 'vscode-uri';
import type { FileReading, RequestFiles } from '../../app/ports';
import { decodeUtf8 } from './text';
import { FILE_FAULTS } from '../../core/sharedWords';

/** In bytes. */
const LARGEST_FILE = 50 * 1024 * 1024;

/** The URI of a path that is relative to the working directory, or absolute. */
export function uriOfPath(file: string): string {
  return URI.file(path.resolve(file)).toString();
}

/** Files as they are on disk; also pipes, as in `<(command)`. */
export const diskFiles: RequestFiles = {
  async read(uri: string): Promise<FileReading> {
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of createReadStream(URI.parse(uri).fsPath) as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > LARGEST_FILE) return unreadable(FILE_FAULTS.tooLarge);
        chunks.push(chunk);
      }
    } catch (error) {
      return unreadable(reasonOf(error));
    }
    return decodeUtf8(Buffer.concat(chunks));
  },
};

function unreadable(detail: string): FileReading {
  return { ok: false, fault: 'unreadable', detail };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return FILE_FAULTS.absent;
    case 'EISDIR':
      return FILE_FAULTS.folder;
    case 'EACCES':
    case 'EPERM':
      return 'reading it is not allowed';
    default:
      return code ?? message;
  }
}
