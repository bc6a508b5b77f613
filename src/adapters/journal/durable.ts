import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** Makes a folder that its owner alone can enter; true where it was not there. It is on the disk then, and so are its parents. */
export async function makeFolder(folder: string): Promise<boolean> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return false;
  for (let made = folder; made.length >= first.length; made = path.dirname(made))
    await syncFolder(path.dirname(made));
  return true;
}

/** Has the disk know which files a folder holds; Windows does that by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using(await open(folder), (handle) => handle.sync());
}

export async function using<Result>(
  handle: FileHandle,
  work: (handle: FileHandle) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/** Whether an error says that a file, or a folder on its path, is not there. */
export function isAbsence(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

/** What an error of the disk means, in words for people. */
export function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'access is not allowed';
    // Of a folder to be made on a read-only disk, Node says the first.
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENAMETOOLONG':
      return 'its folder cannot be made';
    case 'EXDEV':
      return 'that is on another disk';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open';
    default:
      return codeOf(error) ?? String(error);
  }
}
