import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { isAbsence, makeFolder, syncFolder } from './durable';
import { answers } from './sessionMark';

/** In bytes: so long is the address at which a session of an earlier release listens on Linux, filled up with dots. */
const ADDRESS = 108;

/**
 * The folders where earlier releases kept the journal of a workspace. `storage`: where VS Code has this window keep
 * what belongs to the workspace. A second window on it has had a folder with a number behind its name.
 */
export async function earlierFolders(storage: string): Promise<string[]> {
  const workspace = path.dirname(storage);
  const all = path.dirname(workspace);
  const first = path.basename(workspace).replace(/-\d+$/, '');
  const names = await readdir(all).catch(() => []);
  return names
    .filter(
      (name) =>
        name === first || (name.startsWith(`${first}-`) && /^\d+$/.test(name.slice(first.length + 1))),
    )
    .map((name) => path.join(all, name, path.basename(storage), 'journal'));
}

/**
 * Moves the files of ended sessions, and removes what crashes have left behind. A window with an earlier release that
 * still runs keeps its file for the next time. Rejects where they would go to another disk: a window that slept while
 * it copied a file could put it in place after another one has done so, and bring back what was deleted since.
 */
export async function takeOver(from: string, to: string, journalFile: RegExp): Promise<void> {
  const names = await readdir(from).catch((error: unknown) => {
    if (isAbsence(error)) return undefined;
    throw error;
  });
  if (!names) return;
  await makeFolder(to);
  for (const name of names) {
    const [, session] = journalFile.exec(name) ?? [];
    if (session !== undefined && !(await answers(addressOf(session)))) {
      await rename(path.join(from, name), path.join(to, name.replace(/\.jsonl$/, '.sealed.jsonl'))).catch(
        // Another window has moved it.
        (error: unknown) => {
          if (!isAbsence(error)) throw error;
        },
      );
    } else if (name.endsWith('.tmp')) await rm(path.join(from, name), { force: true });
  }
  await syncFolder(to);
  await syncFolder(from).catch(() => undefined);
  // It stays where something is left in it.
  await rmdir(from).catch(() => undefined);
}

/** Where a session of an earlier release listens. */
function addressOf(session: string): string {
  switch (process.platform) {
    case 'win32':
      return `\\\\.\\pipe\\eccaex-${session}`;
    case 'linux':
      return `\0eccaex-${session}`.padEnd(ADDRESS, '.');
    default:
      return `/tmp/eccaex-${session}.sock`;
  }
}
