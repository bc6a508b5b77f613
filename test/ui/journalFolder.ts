import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Where the one workspace of a workbench has its journal, once something was sent from it. */
export async function journalFolder(dataFolder: string): Promise<string> {
  const entries = await readdir(dataFolder, { recursive: true, withFileTypes: true });
  const [journal, ...others] = entries.filter((entry) => entry.isDirectory() && entry.name === 'journal');
  assert.ok(journal && others.length === 0, 'there is one journal');
  return path.join(journal.parentPath, journal.name);
}
