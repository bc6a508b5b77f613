import { closeSync, constants, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fdir } from 'fdir';
import type { FileTree, VisitOptions, VisitTally } from '../../app/leaks/scanPorts';
import type { LimitedFile } from '../../core/leaks/limits';
import { byteChunks, CHUNK } from './byteChunks';
import { encodingOf, LARGEST_FILE, textOf } from './text';

const MOST_FILES = 200_000;
/** Time between two breaths, in milliseconds: the other work of the process goes on. */
const SLICE_MS = 12;

/** Packages of others, and what version control keeps for itself. Caches and the like are what git ignores. */
const NEVER_ENTERED = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** In bytes: such a file would take longer than all others. */
const LARGEST_AS_BYTES = 1024 * 1024 * 1024;

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
  async visit(folder: string, options: VisitOptions): Promise<VisitTally> {
    const { signal, skip, onProgress } = options;
    const files = await list(folder, skip, signal);
    const limited: LimitedFile[] = [];
    const total = Math.min(files.length, MOST_FILES);
    const memory = new Memory();
    let read = 0;
    let breath = performance.now();
    for (const [done, file] of files.slice(0, MOST_FILES).entries()) {
      if (performance.now() - breath > SLICE_MS) {
        onProgress?.(done, total);
        await setImmediate();
        breath = performance.now();
      }
      if (signal.aborted) break;
      const came = visitFile(file, memory, options);
      if (came === 'text') read++;
      else if (came !== 'none') limited.push({ file, limit: came });
    }
    const end = signal.aborted ? 'stopped' : files.length > MOST_FILES ? 'limit' : 'complete';
    return { read, limited, end };
  },

  isFolder: (folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true,

  read(file: string): string | undefined {
    const text = opened(file, (descriptor, size) =>
      size > LARGEST_FILE ? undefined : textOf(readWhole(descriptor, new Memory().ofSize(size))),
    );
    return typeof text === 'object' ? undefined : text;
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

/** Whether a file was searched as a text, or why not; `none` for what is no file, or gone. */
function visitFile(
  file: string,
  memory: Memory,
  { isOfInterest, visit, visitBytes, signal }: VisitOptions,
): LimitedFile['limit'] | 'text' | 'none' {
  const came = opened(file, (descriptor, size) => {
    if (size > LARGEST_AS_BYTES) return 'tooLarge';
    if (size > LARGEST_FILE) {
      for (const chunk of byteChunks(partsOf(descriptor, memory))) {
        if (signal.aborted) break;
        visitBytes(file, chunk);
      }
      return 'large';
    }
    const bytes = readWhole(descriptor, memory.ofSize(size));
    const encoding = encodingOf(bytes);
    if (encoding === undefined) {
      for (const chunk of byteChunks([bytes])) visitBytes(file, chunk);
      return 'binary';
    }
    const text = encoding === 'utf8' && !isOfInterest(file, bytes) ? undefined : textOf(bytes, encoding);
    if (text !== undefined) visit(file, text);
    return 'text';
  });
  return typeof came === 'object' ? came.failed : came;
}

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

/** Opens a file to use it. A link fails to open, a pipe makes nobody wait, and neither is read. */
function opened<T>(
  file: string,
  use: (descriptor: number, size: number) => T,
): T | { readonly failed: 'unreadable' | 'none' } {
  let descriptor: number | undefined;
  try {
    // Windows has neither of these flags.
    const flags = [constants.O_NOFOLLOW, constants.O_NONBLOCK] as readonly (number | undefined)[];
    descriptor = openSync(
      file,
      flags.reduce<number>((all, flag) => all | (flag ?? 0), constants.O_RDONLY),
    );
    const stat = fstatSync(descriptor);
    return stat.isFile() ? use(descriptor, stat.size) : { failed: 'none' };
  } catch (error) {
    if (!isOfSystem(error)) throw error;
    return { failed: NO_FILE.has(error.code ?? '') ? 'none' : 'unreadable' };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** What opening gives for a link (BSD has a code of its own), a socket, and a file that is gone. */
const NO_FILE = new Set(['ELOOP', 'EMLINK', 'ENXIO', 'ENOENT']);

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** As much as there is, up to the size of the memory. */
function readWhole(descriptor: number, bytes: Buffer): Buffer {
  let length = 0;
  for (let got = -1; got !== 0 && length < bytes.length; length += got)
    got = readSync(descriptor, bytes, length, bytes.length - length, null);
  return bytes.subarray(0, length);
}

function* partsOf(descriptor: number, memory: Memory): Generator<Buffer> {
  for (;;) {
    const part = readWhole(descriptor, memory.ofSize(CHUNK));
    if (part.length === 0) return;
    yield part;
  }
}
