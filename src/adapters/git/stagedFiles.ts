import path from 'node:path';
import type { VisitOptions, VisitTally } from '../../app/leaks/scanPorts';
import type { LimitedFile } from '../../core/leaks/limits';
import { byteChunks } from '../files/byteChunks';
import { runGitForBytes } from './gitCommand';
import { LARGEST_FILE, textOf } from '../files/text';

/** Of contents that are asked for at once, in bytes; git's output is in memory as a whole. */
const MOST_AT_ONCE = 16 * 1024 * 1024;
const LARGEST_AS_BYTES = 48 * 1024 * 1024;

interface Blob {
  readonly file: string;
  readonly id: string;
}

/**
 * What the next commit changes below a folder, as it is in that commit, not as it is on the disk. `undefined` where
 * git does not say.
 */
export async function visitStaged(
  folder: string,
  { signal, visit, visitBytes }: Pick<VisitOptions, 'signal' | 'visit' | 'visitBytes'>,
): Promise<VisitTally | undefined> {
  const ask: Ask = (args, input) =>
    runGitForBytes(folder, args, { ofCommit: true, ...(input === undefined ? {} : { input }) });
  const blobs = await changedIn(folder, ask);
  const sizes = blobs && (await ask(['cat-file', '--batch-check=%(objectsize)'], idsOf(blobs)));
  if (!sizes) return undefined;
  const limited: LimitedFile[] = [];
  let read = 0;
  for (const some of portions(blobs, sizes.toString().split('\n').map(Number))) {
    if (signal.aborted) return { read, limited, end: 'stopped' };
    const small = some.filter(({ size }) => size <= LARGEST_AS_BYTES);
    for (const { file, size } of some) if (size > LARGEST_AS_BYTES) limited.push({ file, limit: 'tooLarge' });
    const output = await ask(['cat-file', '--batch'], idsOf(small));
    const contents = output && contentsIn(output);
    // What is not read is not known to be without keys.
    if (contents?.length !== small.length) return undefined;
    for (const [place, { file }] of small.entries()) {
      const bytes = contents[place] ?? Buffer.alloc(0);
      const text = bytes.length > LARGEST_FILE ? undefined : textOf(bytes);
      if (text !== undefined) {
        read++;
        visit(file, text);
        continue;
      }
      limited.push({ file, limit: bytes.length > LARGEST_FILE ? 'large' : 'binary' });
      for (const chunk of byteChunks([bytes])) visitBytes(file, chunk);
    }
  }
  return { read, limited, end: 'complete' };
}

type Ask = (args: readonly string[], input?: string) => Promise<Buffer | undefined>;

async function changedIn(folder: string, ask: Ask): Promise<Blob[] | undefined> {
  const head = await ask(['rev-parse', '--verify', '--quiet', 'HEAD^{tree}']);
  // Before the first commit all is new.
  const before = head ?? (await ask(['hash-object', '-t', 'tree', '--stdin']));
  if (!before) return undefined;
  const listed = await ask([
    ...['diff-index', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--diff-filter=ACMT'],
    ...['--relative', before.toString().trim()],
  ]);
  if (!listed) return undefined;
  const fields = listed.toString().split('\0');
  const found: Blob[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    // `:100644 100644 OLD NEW M`: neither links nor the commits of submodules have a text.
    const [, mode = '', , id = ''] = fields[at]?.split(' ') ?? [];
    if (mode.startsWith('100')) found.push({ file: path.join(folder, fields[at + 1] ?? ''), id });
  }
  return found;
}

/** Blobs with their sizes, as many at a time as are held in memory. */
function* portions(blobs: readonly Blob[], sizes: readonly number[]): Generator<(Blob & { size: number })[]> {
  let some: (Blob & { size: number })[] = [];
  let total = 0;
  for (const [place, blob] of blobs.entries()) {
    // What is missing has none, and is asked for to no avail.
    const size = sizes[place] || 0;
    some.push({ ...blob, size });
    if (size <= LARGEST_AS_BYTES) total += size;
    if (total < MOST_AT_ONCE) continue;
    yield some;
    [some, total] = [[], 0];
  }
  if (some.length > 0) yield some;
}

function idsOf(blobs: readonly Blob[]): string {
  return blobs.map(({ id }) => `${id}\n`).join('');
}

/** `ID blob SIZE`, a line feed, the content and a line feed, once for each. It ends where one is missing. */
function contentsIn(output: Buffer): Buffer[] {
  const contents: Buffer[] = [];
  for (let at = 0; at < output.length;) {
    const feed = output.indexOf(0x0a, at);
    const [, type, size = ''] = output.toString('latin1', at, Math.max(feed, at)).split(' ');
    if (type !== 'blob') break;
    const end = feed + 1 + Number(size);
    contents.push(output.subarray(feed + 1, end));
    at = end + 1;
  }
  return contents;
}
