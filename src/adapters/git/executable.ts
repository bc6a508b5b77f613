import { statSync } from 'node:fs';
import path from 'node:path';

/**
 * The absolute path of a program on the PATH. Windows would look into the working directory first,
 * where a repository could have put a program of its own.
 */
export function findExecutable(name: string, variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (variables['PATH'] ?? variables['Path'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, file)).find(isFile);
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
