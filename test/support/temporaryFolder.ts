import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const present = new Set<string>();

process.once('exit', () => {
  for (const folder of present) rmSync(folder, { recursive: true, force: true });
});

/** Makes an empty folder with a short path. It does not outlast this process, unless that is killed. */
export async function temporaryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `${prefix}-`));
  present.add(folder);
  return folder;
}

/** Removes a folder that is no longer needed, with everything in it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  present.delete(folder);
}
