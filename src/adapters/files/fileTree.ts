import { closeSync, constants, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fdir } from 'fdir';
import type { FileTree, VisitOptions, VisitTally } from '../../app/leaks/scanPorts';
import { encodingOf, LARGEST_FILE, textOf } from './text';

const MOST_FILES = 200_000;
/** Time between two breaths, in milliseconds: the other work of the process goes on. */
const SLICE_MS = 12;

/** Packages of others, and what version control keeps for itself. Caches and the like are what git ignores. */
const NEVER_ENTERED = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** The bytes are those of the file until the next one is read into the same memory. */
type Reading = { readonly bytes: Buffer } | { readonly not: 'tooLarge' | 'unreadable' };

/** Takes one file after another, so that none needs memory of its own. */
class Memory {
  #buffer = Buffer.alloc(0);

  ofSize(size: number): Buffer {
    if (this.#buffer.length < size) this.#buffer = Buffer.allocUnsafe(size);
    return this.#buffer.subarray(0, size);
  }
}

/** Files on disk, read in slices: of many small files, most time goes into waiting for a thread otherwise. */
export const fileTree: FileTree = {
  async visit(
    folder: string,
    { signal, skip, isOfInterest, visit, onProgress }: VisitOptions,
  ): Promise<VisitTally> {
    const files = await list(folder, skip, signal);
    const counts = { read: 0, tooLarge: 0, binary: 0, unreadable: 0 };
    const total = Math.min(files.length, MOST_FILES);
    const memory = new Memory();
    let breath = performance.now();
    for (const [done, file] of files.slice(0, MOST_FILES).entries()) {
      if (performance.now() - breath > SLICE_MS) {
        onProgress?.(done, total);
        await setImmediate();
        breath = performance.now();
      }
      if (signal.aborted) break;
      const reading = readFile(file, memory);
      if ('not' in reading) {
        counts[reading.not]++;
        continue;
      }
      const { bytes } = reading;
      const encoding = encodingOf(bytes);
      counts[encoding === undefined ? 'binary' : 'read']++;
      const text = encoding === 'utf8' && !isOfInterest(file, bytes) ? undefined : textOf(bytes, encoding);
      if (text !== undefined) visit(file, text);
    }
    const end = signal.aborted ? 'stopped' : files.length > MOST_FILES ? 'limit' : 'complete';
    return { ...counts, end };
  },

  isFolder: (folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true,

  read(file: string): string | undefined {
    const reading = readFile(file, new Memory());
    return 'bytes' in reading ? textOf(reading.bytes) : undefined;
  },

  manifestOf(file: string, folder: string): string | undefined {
    for (let at = path.dirname(file); at.startsWith(folder) && folder !== ''; at = path.dirname(at)) {
      const manifest = path.join(at, 'package.json');
      if (existsSync(manifest)) return this.read(manifest);
      if (at === path.dirname(at)) break;
    }
    return undefined;
  },
};

/** As many files as are read, or one more. It begins before it is known which folders to leave out. */
async function list(
  folder: string,
  skip: VisitOptions['skip'],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const skipped = new Set<string>();
  const crawl = () =>
    new fdir()
      .withFullPaths()
      .withMaxFiles(MOST_FILES + 1)
      .withAbortSignal(signal)
      .exclude((name, at) => NEVER_ENTERED.has(name) || skipped.has(at))
      .crawl(folder)
      .withPromise();
  const learn = async () => {
    for (const one of await skip) skipped.add(one.endsWith(path.sep) ? one : one + path.sep);
  };
  const [files] = await Promise.all([crawl(), learn()]);
  if (skipped.size === 0) return files;
  // What is left out may have taken the place of what is not.
  if (files.length > MOST_FILES) return crawl();
  // Whoever asks for a folder has it searched, ignored or not.
  const known = new Map([[path.resolve(folder), false]]);
  return files.filter((file) => !isBelow(path.dirname(file), skipped, known));
}

/** Whether a folder is one of these, or in one. `known`: what was found of the others. */
function isBelow(folder: string, these: ReadonlySet<string>, known: Map<string, boolean>): boolean {
  const before = known.get(folder);
  if (before !== undefined) return before;
  const parent = path.dirname(folder);
  const found = these.has(folder + path.sep) || (parent !== folder && isBelow(parent, these, known));
  known.set(folder, found);
  return found;
}

/** A link fails to open, a pipe does not make anybody wait, and neither is read. */
function readFile(file: string, memory: Memory): Reading {
  let descriptor: number | undefined;
  try {
    // Windows has neither of these flags.
    const flags = [constants.O_NOFOLLOW, constants.O_NONBLOCK] as readonly (number | undefined)[];
    descriptor = openSync(
      file,
      flags.reduce<number>((all, flag) => all | (flag ?? 0), constants.O_RDONLY),
    );
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { not: 'unreadable' };
    if (stat.size > LARGEST_FILE) return { not: 'tooLarge' };
    const bytes = memory.ofSize(stat.size);
    let length = 0;
    for (let got = -1; got !== 0 && length < bytes.length; length += got)
      got = readSync(descriptor, bytes, length, bytes.length - length, null);
    return { bytes: bytes.subarray(0, length) };
  } catch {
    return { not: 'unreadable' };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
