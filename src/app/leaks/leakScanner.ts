import type { Environment } from '../../core/environments/environment';
import { LineIndex, type Position, type Range } from '../../core/document/positions';
import { isBundledVariable, isClientSide } from '../../core/leaks/clientSide';
import { KeyFinder } from '../../core/leaks/keyFinder';
import {
  leakInPath,
  leaksIn,
  severityOfLeak,
  sieveOf,
  sieveOfStored,
  type Circumstances,
  type GitState,
  type Leak,
} from '../../core/leaks/leak';
import { wordsOfLeak } from '../../core/leaks/words';
import type { Words } from '../../core/phrases';
import type { Severity } from '../../core/problems/problem';
import type { ByteChunk, ScanPorts, VisitTally } from './scanPorts';
import type { StoredKeys } from '../ports';
import { NOTHING_STORED } from '../keys/storedKeys';

/** A key in a file: where, how bad, why, and what to do. */
export interface PlacedLeak extends Words {
  readonly leak: Leak;
  readonly range: Range;
  readonly severity: Severity;
  readonly circumstances: Circumstances;
}

export interface LeakyFile {
  /** Its absolute path. */
  readonly file: string;
  /** In the order of the text. */
  readonly leaks: readonly PlacedLeak[];
}

export interface ScanResult {
  /** By their paths. */
  readonly files: readonly LeakyFile[];
  readonly tally: VisitTally;
  /** The environments whose keys were looked for, and those whose key could not be read. */
  readonly sought: readonly Environment[];
  readonly unreadable: readonly Environment[];
  /** Takes the keys out of a text: the name of a file can hold one. */
  readonly redact: (text: string) => string;
}

export interface FilePlace {
  /** Its absolute path. */
  readonly file: string;
  /** The folder of the workspace that it belongs to; empty for none. */
  readonly folder: string;
}

export interface ScanOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Folders that are often ignored, and go to customers nevertheless. */
const BUNDLES = /(?:^|[\\/])(?:dist|build|out|public|www|\.next|\.output|\.svelte-kit)[\\/]?$/;

/** Of one file; whoever has more of them in one file needs no longer list. */
const MOST_LEAKS = 500;

interface Found {
  readonly leak: Leak;
  readonly range: Range;
  readonly isBundled: boolean;
}

/** Looks for stored keys, and for keys that are written where a placeholder belongs. */
export class LeakScanner {
  constructor(private readonly ports: ScanPorts) {}

  /** All text files below a folder, but those in folders that git ignores, bundles apart. */
  async scan(folder: string, { signal, onProgress }: ScanOptions): Promise<ScanResult> {
    const { tree, git } = this.ports;
    const { keys, unreadable, redact } = await this.#keys();
    const finder = new KeyFinder(keys);
    const sieve = sieveOf(finder);
    const ignored = this.ports.isTrusted() ? git.ignoredFolders(folder) : Promise.resolve([]);
    const found = new Map<string, Found[]>();
    const tally = await tree.visit(folder, {
      signal,
      skip: ignored.then((folders) => folders.filter((path) => !BUNDLES.test(path))),
      isOfInterest: (file, bytes) => sieve.mayHold(bytes) || finder.find(below(folder, file)).length > 0,
      visit: (file, text) => {
        const leaks = foundIn(text, finder, below(folder, file));
        if (leaks.length > 0) found.set(file, leaks);
      },
      visitBytes: bytesVisitor(finder, folder, found),
      ...(onProgress ? { onProgress } : {}),
    });
    const sought = [...new Set(keys.map(({ environment }) => environment))];
    return { files: await this.#judge(found, folder), tally, sought, unreadable, redact };
  }

  /** What the next commit changes below a folder. `undefined` where git does not say what that is. */
  async scanStaged(folder: string, signal: AbortSignal): Promise<ScanResult | undefined> {
    const { keys, unreadable, redact } = await this.#keys();
    const finder = new KeyFinder(keys);
    const found = new Map<string, Found[]>();
    const visit = (file: string, text: string) =>
      void found.set(file, foundIn(text, finder, below(folder, file)));
    const visitBytes = bytesVisitor(finder, folder, found);
    const tally = await this.ports.git.visitStaged(folder, { signal, visit, visitBytes });
    if (!tally) return undefined;
    const sought = [...new Set(keys.map(({ environment }) => environment))];
    const states = new Map([...found.keys()].map((file) => [file, 'staged'] as const));
    return {
      files: this.#judged(found, folder, states),
      tally,
      sought,
      unreadable,
      redact,
    };
  }

  /** One text; `place` is where it is on this machine. */
  async check(text: string, place: FilePlace | undefined, isRequest = false): Promise<readonly PlacedLeak[]> {
    const path = place && below(place.folder, place.file);
    const found = foundIn(text, new KeyFinder((await this.#keys()).keys), path);
    if (place) {
      const [own] = await this.#judge(new Map([[place.file, found]]), place.folder, isRequest);
      return own?.leaks ?? [];
    }
    const circumstances = { git: 'no-repository', isClientSide: false, isRequest } as const;
    return found.map((one) => judged(one, circumstances));
  }

  /** A file as it is on disk; nothing where it is gone. */
  async checkFile(place: FilePlace | undefined, isRequest = false): Promise<readonly PlacedLeak[]> {
    const text = place && this.ports.tree.read(place.file);
    return text === undefined ? [] : this.check(text, place, isRequest);
  }

  #keys(): Promise<StoredKeys> {
    return this.ports.isTrusted() ? this.ports.keys.readAll() : Promise.resolve(NOTHING_STORED);
  }

  async #judge(
    found: ReadonlyMap<string, readonly Found[]>,
    folder: string,
    isRequest = false,
  ): Promise<LeakyFile[]> {
    const files = [...found.keys()].filter((file) => found.get(file)?.length !== 0);
    const canAsk = files.length > 0 && this.ports.isTrusted();
    const states = canAsk ? await this.ports.git.statesOf(files) : new Map<string, GitState>();
    return this.#judged(found, folder, states, isRequest);
  }

  #judged(
    found: ReadonlyMap<string, readonly Found[]>,
    folder: string,
    states: ReadonlyMap<string, GitState>,
    isRequest = false,
  ): LeakyFile[] {
    const files = [...found].filter(([, own]) => own.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
    return files.map(([file, own]) => {
      const path = below(folder, file);
      const isShipped = isClientSide(path, this.ports.tree.manifestOf(file, folder));
      const git = states.get(file) ?? 'no-repository';
      const leaks = own.map((one) =>
        judged(one, { git, isClientSide: isShipped || one.isBundled, isRequest }),
      );
      return { file, leaks };
    });
  }
}

/** Looks for stored keys alone: what is written in a key's place is told by texts, not by bytes. */
function bytesVisitor(
  finder: KeyFinder,
  folder: string,
  found: Map<string, Found[]>,
): (file: string, chunk: ByteChunk) => void {
  const sieve = sieveOfStored(finder);
  const decoder = new TextDecoder('latin1');
  return (file, { bytes, seen, origin }) => {
    const named = seen === 0 ? leakInPath(below(folder, file), finder) : [];
    const text = sieve.mayHold(bytes) ? decoder.decode(bytes) : '';
    const places = finder.find(text).filter(({ offset, length }) => offset + length > seen);
    const leaks: Leak[] = [...named, ...places.map((place) => ({ ...place, code: 'key-in-file' as const }))];
    if (leaks.length === 0) return;
    const lines = new LineIndex(text);
    const own = found.get(file) ?? [];
    found.set(file, own);
    for (const leak of leaks.slice(0, MOST_LEAKS - own.length))
      own.push({ leak, range: shifted(lines.rangeOf(leak), origin), isBundled: false });
  };
}

function shifted({ start, end }: Range, origin: Position): Range {
  const move = ({ line, character }: Position) => ({
    line: line + origin.line,
    character: line === 0 ? character + origin.character : character,
  });
  return { start: move(start), end: move(end) };
}

function foundIn(text: string, finder: KeyFinder, path = ''): Found[] {
  const leaks = leaksIn(text, finder, path);
  if (leaks.length === 0) return [];
  const lines = new LineIndex(text);
  return leaks.slice(0, MOST_LEAKS).map((leak) => ({
    leak,
    range: lines.rangeOf(leak),
    isBundled: isBundledVariable(
      text.slice(Math.max(lines.lineStart(leak.offset), leak.offset - 100), leak.offset),
    ),
  }));
}

/** A path without what is above the folder that is searched; of a file elsewhere the name alone tells something. */
function below(folder: string, file: string): string {
  const path = file.replaceAll('\\', '/');
  return folder !== '' && file.startsWith(folder)
    ? path.slice(folder.length)
    : path.slice(path.lastIndexOf('/') + 1);
}

function judged({ leak, range }: Found, circumstances: Circumstances): PlacedLeak {
  const severity = severityOfLeak(leak, circumstances);
  return { leak, range, severity, circumstances, ...wordsOfLeak(leak, circumstances) };
}
