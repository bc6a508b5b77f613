import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Where the workspace that was opened last has its journal, once something was sent from it; `folder` has the data of one VS Code. */
export async function journalFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const journals = entries
    .filter((entry) => entry.isDirectory() && entry.name === 'journal')
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const born = await Promise.all(journals.map(async (journal) => (await stat(journal)).birthtimeMs));
  const newest = journals[born.indexOf(Math.max(...born))];
  assert.ok(newest !== undefined, 'there is a journal');
  return newest;
}
