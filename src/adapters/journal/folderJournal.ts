import { createReadStream, watch, type FSWatcher } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type {
  JournalFile,
  JournalFiles,
  JournalLine,
  JournalListing,
  JournalTrouble,
  SessionState,
} from '../../app/ports';
import type { Compaction } from '../../core/journal/compaction';
import type { Place } from '../../core/journal/merge';
import { Appender } from './appender';
import { isAbsence, reasonOf, syncFolder, using } from './durable';
import { takeOver } from './earlierFolders';
import { linesOf } from './lines';
import { baseName, generationOf, isOutdated, replaceFiles } from './replacement';
import { forgetSession, stateOfSession } from './sessionMark';

/** `<session>.<number>.jsonl`, and `<session>.<number>.sealed.jsonl` once nobody appends to it any longer. */
const NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})(\.sealed)?\.jsonl$/;

/**
 * The journal in a folder. Each session appends to files of its own (`appender.ts`). To make files one, a window seals
 * them by renaming, and puts a new folder `<generation>.base` in their place (`replacement.ts`). The base of the
 * highest generation counts, without the files that it replaces.
 */
export class FolderJournal implements JournalFiles {
  readonly #listeners = new Set<() => void>();
  readonly #appender: Appender;
  readonly #marks: string;
  readonly #failing = new Set<JournalTrouble>();
  #takenOver: Promise<void> | undefined;
  #watcher: FSWatcher | undefined;
  #news: NodeJS.Timeout | undefined;

  /**
   * `onFailure` is told what does not work and why, once, and again when it has worked in between. `earlier` gives the
   * folders where earlier releases kept this journal: their files are moved to this one.
   */
  constructor(
    private readonly folder: string,
    private readonly onFailure: (reason: string, what: JournalTrouble) => void,
    private readonly earlier: () => Promise<readonly string[]> = () => Promise.resolve([]),
  ) {
    this.#marks = path.join(folder, 'sessions');
    this.#appender = new Appender(folder, this.#marks, {
      madeFolder: () => this.#watchAnew(),
      wrote: () => this.#tell(),
      ended: (error) => (error === undefined ? this.worked('append') : this.failed('append', error)),
    });
  }

  append(line: string, durably: boolean): Promise<boolean> {
    return this.#appender.append(line, durably);
  }

  catchUp(): Promise<boolean> {
    return this.#appender.catchUp();
  }

  hold(): () => void {
    return this.#appender.hold();
  }

  async stateOf(session: string): Promise<SessionState> {
    return session === this.#appender.session ? 'here' : stateOfSession(this.#marks, session);
  }

  async list(): Promise<JournalListing> {
    await (this.#takenOver ??= this.#takeOver());
    for (let before: string | undefined; ;) {
      const names = await namesIn(this.folder);
      const generations = names.flatMap((name) => generationOf(name) ?? []).sort((a, b) => b - a);
      const [generation = 0] = generations;
      const bases = await Promise.all(generations.map((one) => this.#look(baseName(one))));
      // One without lines was made by no window.
      const counting = bases.findIndex((base) => base !== undefined);
      const base = bases[counting];
      const files = await Promise.all(
        names.filter((name) => NAME.test(name)).map((name) => this.#look(name)),
      );
      const isWhole = counting === generations.indexOf(generation) && !files.includes(undefined);
      // Another window has sealed one, or made it part of another, since the folder was listed.
      if (!isWhole && names.join() !== before) {
        before = names.join();
        continue;
      }
      const parts = files.flatMap((file) => file ?? []).sort(bySession);
      const copies = names.filter((name) => isOutdated(name, generations[counting] ?? generation));
      return { generation, files: base ? [base, ...parts] : parts, copies };
    }
  }

  async *lines({ name }: JournalFile, from: number): AsyncGenerator<readonly JournalLine[]> {
    const stream = createReadStream(this.pathOf(name), { start: from, highWaterMark: 256 * 1024 });
    yield* linesOf(stream, from);
  }

  async read({ file, offset, length }: Place): Promise<string | undefined> {
    try {
      return await using(await open(this.pathOf(file)), async (handle) => {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, offset);
        return bytesRead === length ? buffer.toString() : undefined;
      });
    } catch {
      return undefined;
    }
  }

  pathOf(name: string): string {
    return path.join(this.folder, name);
  }

  async seal(files: readonly JournalFile[]): Promise<void> {
    for (const { name } of files.filter(({ isSealed }) => !isSealed)) {
      const sealed = name.replace(/\.jsonl$/, '.sealed.jsonl');
      try {
        await rename(this.pathOf(name), this.pathOf(sealed));
      } catch (error) {
        // Another window has sealed it.
        if (!isAbsence(error)) throw error;
      }
    }
  }

  async replace(generation: number, compaction: Compaction): Promise<boolean> {
    if (!(await replaceFiles(this.folder, generation, compaction))) return false;
    if ((await this.list()).generation > generation) {
      // This window has slept while others have made newer ones, and the place was free again.
      await rm(this.pathOf(path.dirname(baseName(generation))), { recursive: true, force: true });
      return false;
    }
    const outdated = (await namesIn(this.folder)).filter((name) => isOutdated(name, generation));
    await this.remove([...compaction.replaced, ...outdated]);
    await this.#forgetSessions();
    this.#tell();
    return true;
  }

  async remove(names: readonly string[]): Promise<void> {
    // The base stays, also without lines: a window that has slept must not put an earlier one in its place.
    const own = names.filter((one) => path.dirname(one) === '.');
    for (const name of own)
      await rm(this.pathOf(name), { recursive: true, force: true }).catch(() => undefined);
    // No base names them for ever: after a power loss they would count again.
    if (own.length > 0) await syncFolder(this.folder).catch(() => undefined);
  }

  failed(what: JournalTrouble, error: unknown): void {
    // A disk that takes no lines takes no clean-up either: that it takes none is what matters.
    if (this.#failing.has(what) || (what === 'compact' && this.#failing.has('append'))) return;
    this.#failing.add(what);
    this.onFailure(reasonOf(error), what);
  }

  worked(what: JournalTrouble): void {
    this.#failing.delete(what);
  }

  /** Told a moment after this or another window has written something. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    this.#watch();
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** What was begun to be written still is, and what is held stays so. */
  async dispose(): Promise<void> {
    clearTimeout(this.#news);
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#listeners.clear();
    await this.#appender.dispose();
  }

  async #takeOver(): Promise<void> {
    for (const from of await this.earlier()) {
      try {
        await takeOver(from, this.folder, NAME);
      } catch (error) {
        const reason = `${from} cannot be moved to ${this.folder}, since ${reasonOf(error)}`;
        this.onFailure(reason, 'take-over');
      }
    }
  }

  async #look(name: string): Promise<JournalFile | undefined> {
    try {
      const found = await stat(this.pathOf(name), { bigint: true });
      if (!found.isFile()) return undefined;
      const [, session, , sealed] = NAME.exec(name) ?? [];
      const isSealed = session === undefined || sealed !== undefined;
      const identity = `${found.ino} ${found.birthtimeNs}`;
      const facts = { name, isSealed, identity, size: Number(found.size) };
      return session === undefined ? facts : { ...facts, session };
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  }

  async #forgetSessions(): Promise<void> {
    const names = await namesIn(this.#marks).catch(() => []);
    const sessions = new Set(names.map((name) => name.replace(/\.(mark|sock|tmp)$/, '')));
    for (const session of sessions)
      if ((await this.stateOf(session)) === 'ended') await forgetSession(this.#marks, session);
  }

  #watchAnew(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#watch();
  }

  /** Where the system cannot watch a folder, another window's sends show with the next one of this window. */
  #watch(): void {
    if (this.#watcher || this.#listeners.size === 0) return;
    try {
      this.#watcher = watch(this.folder, { persistent: false }, () => this.#tell());
      this.#watcher.on('error', () => undefined);
    } catch {
      this.#watcher = undefined;
    }
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    this.#news ??= setTimeout(() => {
      this.#news = undefined;
      this.#watch();
      for (const listener of this.#listeners) listener();
    }, 150);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

/** In the order in which a session has written them. */
function bySession(a: JournalFile, b: JournalFile): number {
  const [, one = '', first] = NAME.exec(a.name) ?? [];
  const [, other = '', second] = NAME.exec(b.name) ?? [];
  return one < other ? -1 : one > other ? 1 : Number(first) - Number(second);
}
