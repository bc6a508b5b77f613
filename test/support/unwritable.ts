import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';

/** A folder whose disk is full, or that cannot be written to, and what takes that away again. */
export interface Unwritable {
  readonly folder: string;
  release(): void;
}

/** A folder on a disk of this many KB; `undefined` where the system lets nobody make one. */
export function smallDisk(folder: string, kilobytes: number): Unwritable | undefined {
  return mounted(folder, `size=${kilobytes}k`);
}

/** For the superuser, too, who may write to any folder that is only marked. */
export function readOnlyFolder(folder: string): Unwritable {
  mkdirSync(folder, { recursive: true });
  const readOnly = mounted(folder, 'ro');
  if (readOnly) return readOnly;
  chmodSync(folder, 0o500);
  return { folder, release: () => chmodSync(folder, 0o700) };
}

/**
 * Makes a file fail to be opened, and gives what takes that away again: for the superuser, too, whom no mode keeps from
 * reading. The memory of a process that has ended is a file that cannot be opened. `undefined` where the system lets
 * the superuser mount nothing.
 */
export function makeUnreadable(file: string): (() => void) | undefined {
  try {
    execFileSync('mount', ['--bind', '/proc/self/mem', file], { stdio: 'ignore' });
    return () => void execFileSync('umount', [file]);
  } catch {
    chmodSync(file, 0);
    const release = () => chmodSync(file, 0o600);
    if (!canBeOpened(file)) return release;
    release();
    return undefined;
  }
}

function canBeOpened(file: string): boolean {
  try {
    closeSync(openSync(file, 'r'));
    return true;
  } catch {
    return false;
  }
}

function mounted(folder: string, options: string): Unwritable | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { folder, release: () => void execFileSync('umount', [folder]) };
}
