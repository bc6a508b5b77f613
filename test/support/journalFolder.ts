import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Where a workspace has its journal, once something was sent from it; `folder` has the data of one workbench. */
export async function journalFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const [journal, ...others] = entries.filter((entry) => entry.isDirectory() && entry.name === 'journal');
  assert.ok(journal && others.length === 0, 'there is one journal');
  return path.join(journal.parentPath, journal.name);
}
