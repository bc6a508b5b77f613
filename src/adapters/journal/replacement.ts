import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Compaction } from '../../core/journal/compaction';
import type { Place } from '../../core/journal/merge';
import { codeOf, isAbsence, syncFolder, using } from './durable';

/** In bytes, of what is read and written at once. */
const PIECE = 1024 * 1024;

const BASE = /^(\d{1,15})\.base$/;

/** What is being written, by the generation that it is to be. */
const COPY = /^(\d{1,15})\.[0-9a-f-]{36}\.tmp$/;

/** What earlier releases left behind when they were ended while they wrote a file anew. */
const EARLIER_COPY = /^[0-9a-f-]{36}\.\d+\.jsonl\.[0-9a-f-]{36}\.tmp$/;

/** The file of a generation, below the folder of the journal. */
export function baseName(generation: number): string {
  return `${generation}.base/lines.jsonl`;
}

export function generationOf(name: string): number | undefined {
  const [, generation] = BASE.exec(name) ?? [];
  return generation === undefined ? undefined : Number(generation);
}

/** Whether something in the folder no longer counts, and never will: a later base has taken its place. */
export function isOutdated(name: string, generation: number): boolean {
  const copied = COPY.exec(name)?.[1];
  return (
    (generationOf(name) ?? Infinity) < generation ||
    (copied !== undefined && Number(copied) <= generation) ||
    EARLIER_COPY.test(name)
  );
}

/**
 * Puts the base of a generation in place, complete and on the disk, or not at all. A folder cannot be renamed to one
 * that has files in it. So of several windows that make the same generation one alone succeeds, and nobody needs a
 * lock, which a window that sleeps would hold for long. Resolves to false for the others; rejects where the disk does
 * not take it.
 */
export async function replaceFiles(
  folder: string,
  generation: number,
  { lines }: Compaction,
): Promise<boolean> {
  const copy = path.join(folder, `${generation}.${randomUUID()}.tmp`);
  const name = path.dirname(baseName(generation));
  const target = path.join(folder, name);
  if (generationOf(name) !== generation) throw new Error('a file has taken the last number');
  try {
    await mkdir(copy, { mode: 0o700 });
    const file = await open(path.join(copy, path.basename(baseName(generation))), 'wx', 0o600);
    await using(file, async (to) => {
      await writeLines(to, folder, lines);
      await to.sync();
    });
    await syncFolder(copy);
    await rename(copy, target);
  } catch (error) {
    await rm(copy, { recursive: true, force: true }).catch(() => undefined);
    // What it was to be made of is gone, or its place is taken, which Windows calls EPERM.
    if (isAbsence(error) || ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) return false;
    if (codeOf(error) === 'EPERM' && (await readdir(folder)).includes(name)) return false;
    throw error;
  }
  await syncFolder(folder);
  return true;
}

async function writeLines(to: FileHandle, folder: string, lines: readonly (string | Place)[]): Promise<void> {
  let pending: (string | Buffer)[] = [];
  let size = 0;
  const flush = async () => {
    await to.appendFile(Buffer.concat(pending.map((piece) => Buffer.from(piece))));
    [pending, size] = [[], 0];
  };
  const put = async (piece: string | Buffer) => {
    pending.push(piece);
    size += piece.length;
    if (size >= PIECE) await flush();
  };
  const source = new Source(folder);
  try {
    for (const line of lines) {
      if (typeof line === 'string') await put(line);
      else {
        for await (const piece of source.bytes(line)) await put(piece);
        await put('\n');
      }
    }
    await flush();
  } finally {
    await source.close();
  }
}

/** Reads lines of files that no longer change, in order, many at once. */
class Source {
  #name: string | undefined;
  #handle: FileHandle | undefined;
  #piece: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(private readonly folder: string) {}

  /** Rejects where a file does not have what is asked for. */
  async *bytes({ file, offset, length }: Place): AsyncGenerator<Buffer> {
    const handle = await this.#open(file);
    for (let at = offset; at < offset + length;) {
      if (at < this.#start || at >= this.#start + this.#piece.length) {
        // A new one: pieces of the one before may still be waiting to be written.
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE, at);
        if (bytesRead === 0) throw Object.assign(new Error('a file is too short'), { code: 'EIO' });
        [this.#piece, this.#start] = [buffer.subarray(0, bytesRead), at];
      }
      const from = at - this.#start;
      const piece = this.#piece.subarray(from, from + offset + length - at);
      at += piece.length;
      yield piece;
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }

  async #open(name: string): Promise<FileHandle> {
    if (this.#handle && this.#name === name) return this.#handle;
    await this.#handle?.close();
    this.#handle = undefined;
    this.#handle = await open(path.join(this.folder, name));
    [this.#name, this.#piece, this.#start] = [name, Buffer.alloc(0), 0];
    return this.#handle;
  }
}
