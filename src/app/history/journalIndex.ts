import {
  compaction,
  emptied,
  isOverfull,
  type Compaction,
  type Keeping,
} from '../../core/journal/compaction';
import { decodeLine, decodeRecord } from '../../core/journal/decode';
import type { JournalPart, Place } from '../../core/journal/merge';
import { FORMAT, type JournalRecord } from '../../core/journal/record';
import { summaryOf } from '../../core/journal/summary';
import type { JournalFile, JournalFiles, JournalListing, SessionState } from '../ports';

/** How often the files are listed anew because one that was listed is gone: another window has made them one. */
const ATTEMPTS = 100;

interface IndexedFile extends JournalPart {
  readonly file: JournalFile;
  /** How far it has been read, in bytes. */
  readonly end: number;
  /** Of the lines that follow. */
  readonly session: string | undefined;
  readonly format: number;
  readonly replaces: readonly string[];
  /** That have written in it, or that something in it is about. */
  readonly sessions: ReadonlySet<string>;
}

/** What the files of the journal hold, in short. Of a file that has grown only what is new is read. */
export class JournalIndex {
  #files: readonly IndexedFile[] = [];
  #generation = 0;
  #leftovers: readonly string[] = [];
  #copies: readonly string[] = [];
  readonly #states = new Map<string, SessionState>();

  constructor(private readonly store: JournalFiles) {}

  /** The one that was made of others comes first. */
  get parts(): readonly JournalPart[] {
    return this.#files.filter(({ format }) => format <= FORMAT);
  }

  /** How often the files have been made one. */
  get generation(): number {
    return this.#generation;
  }

  /** Files that were replaced and are still there. */
  get leftovers(): readonly string[] {
    return this.#leftovers;
  }

  /** Names of what compactions have left behind. */
  get copies(): readonly string[] {
    return this.#copies;
  }

  /** Files of a later release. */
  get later(): readonly string[] {
    return this.#files.filter(({ format }) => format > FORMAT).map(({ name }) => name);
  }

  /** Whether a later release has made the files one. Then this one changes none of them. */
  get isOfLaterRelease(): boolean {
    return this.#files.some(({ file, format }) => file.session === undefined && format > FORMAT);
  }

  /** Lines that are no records, half a line at the end of a file that nobody writes to among them. */
  get damaged(): number {
    return this.#files.reduce((sum, part) => sum + this.#damagedIn(part), 0);
  }

  isEnded(session: string): boolean {
    return this.#states.get(session) === 'ended';
  }

  /** The sessions that sent these, where they still run. */
  runningSendersOf(ids: ReadonlySet<string>): ReadonlyMap<string, string> {
    const senders = new Map<string, string>();
    for (const { records } of this.#files)
      for (const { session, summary } of records)
        if (summary.kind === 'sent' && ids.has(summary.id) && !this.isEnded(session))
          senders.set(summary.id, session);
    return senders;
  }

  /** The files that can be made one with others: their sessions have ended, or will notice. */
  get replaceable(): readonly JournalFile[] {
    return this.#files.flatMap(({ file, format }) => {
      const isElsewhere = file.session !== undefined && this.#states.get(file.session) === 'elsewhere';
      return format > FORMAT || (isElsewhere && !file.isSealed) ? [] : [file];
    });
  }

  /** Whether so much more than is kept is in files that can be made one that this is worth it. */
  isOverfull(keeping: Omit<Keeping, 'isEnded'>, slack: number): boolean {
    const replaceable = new Set(this.replaceable.map(({ name }) => name));
    const parts = this.parts.map((part) => ({ ...part, isSealed: replaceable.has(part.name) }));
    return isOverfull(parts, this.#keeping(keeping), slack);
  }

  /** What makes one file of all those that nobody appends to. */
  compaction(keeping: Omit<Keeping, 'isEnded'>): Compaction {
    return compaction(this.parts, this.#keeping(keeping), this.#leftovers);
  }

  /** The files that can go as a whole, one by one. */
  emptied(keeping: Omit<Keeping, 'isEnded'>, gone: ReadonlySet<string>): readonly string[] {
    return emptied(this.parts, this.#keeping(keeping), gone);
  }

  /** All that a line says; `undefined` where it is gone, or is no record. */
  async recordAt(place: Place): Promise<JournalRecord | undefined> {
    const line = await this.store.read(place);
    return line === undefined ? undefined : decodeRecord(line);
  }

  #keeping(keeping: Omit<Keeping, 'isEnded'>): Keeping {
    return { ...keeping, isEnded: (session) => this.isEnded(session) };
  }

  /** One at a time. Rejects where the journal cannot be read, and is as it was before. */
  async update(): Promise<void> {
    // First who has ended, then what there is: a session that has ended writes nothing more.
    await this.#ask([...this.#states.keys()].filter((session) => !this.isEnded(session)));
    for (;;) {
      await this.#read();
      const unasked = [...this.#sessions()].filter((session) => !this.#states.has(session));
      if (unasked.length === 0) return;
      await this.#ask(unasked);
    }
  }

  async #read(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const listing = await this.store.list();
      try {
        await this.#readFiles(listing);
        // Else a window that has slept may have put an outdated file in the place of one that was listed.
        if ((await this.store.list()).generation === listing.generation) return;
      } catch (error) {
        if (attempt === ATTEMPTS || isSame(listing, await this.store.list())) throw error;
      }
      if (attempt === ATTEMPTS) throw new Error('other windows keep making its files one');
    }
  }

  async #readFiles({ generation, files, copies }: JournalListing): Promise<void> {
    const known = new Map(this.#files.map((file) => [keyOf(file.file), file]));
    const read: IndexedFile[] = [];
    const leftovers: string[] = [];
    let replaced: ReadonlySet<string> = new Set();
    for (const file of files) {
      if (replaced.has(file.name)) {
        leftovers.push(file.name);
        continue;
      }
      const before = known.get(keyOf(file));
      const isKnown = before?.file.identity === file.identity && before.end <= file.size;
      const from = isKnown ? carriedOn(before, file) : begun(file);
      // Half a line at its end, however long, is read once.
      const isRead = from.end >= file.size || (isKnown && before.file.size === file.size);
      const indexed = isRead ? from : await this.#readOn(from);
      if (file.session === undefined) replaced = new Set(indexed.replaces);
      read.push(indexed);
    }
    this.#files = read;
    this.#generation = generation;
    this.#leftovers = leftovers;
    this.#copies = copies;
  }

  /** A new one, so that what was read before stays as it is where this cannot be read to its end. */
  async #readOn(before: IndexedFile): Promise<IndexedFile> {
    const { file } = before;
    const [records, unknown] = [[...before.records], [...before.unknown]];
    const sessions = new Set(before.sessions);
    let { end, session, format, replaces } = before;
    for await (const lines of this.store.lines(file, end)) {
      for (const { offset, length, text } of lines) {
        end = offset + length + 1;
        const place = { file: file.name, offset, length };
        const line = text === undefined || format > FORMAT ? undefined : decodeLine(text);
        if (line?.kind === 'session') session = line.session;
        else if (line?.kind === 'journal') [format, replaces] = [line.format, line.replaces];
        else if (line && session !== undefined) {
          records.push({ place, session, summary: summaryOf(line) });
          sessions.add(session);
          if (line.kind === 'deleted' && line.session !== undefined) sessions.add(line.session);
        } else if (length > 0) unknown.push({ place, session });
      }
    }
    return { ...before, records, unknown, end, session, format, replaces, sessions };
  }

  #damagedIn(part: IndexedFile): number {
    const { file, format, unknown, end } = part;
    if (format > FORMAT) return 0;
    const isOver = file.session === undefined || this.isEnded(file.session);
    return unknown.length + (isOver && end < file.size ? 1 : 0);
  }

  #sessions(): ReadonlySet<string> {
    return new Set(this.#files.flatMap(({ sessions }) => [...sessions]));
  }

  async #ask(sessions: readonly string[]): Promise<void> {
    const states = await Promise.all(sessions.map((session) => this.store.stateOf(session)));
    sessions.forEach((session, at) => this.#states.set(session, states[at] ?? 'here'));
  }
}

/** The same for a file before and after it is sealed. */
function keyOf({ name, identity, session }: JournalFile): string {
  return session === undefined ? name : identity;
}

function begun(file: JournalFile): IndexedFile {
  const { name, isSealed, session } = file;
  const sessions = new Set(session === undefined ? [] : [session]);
  const nothing = { records: [], unknown: [], end: 0, format: 0, replaces: [], sessions };
  return { ...nothing, file, name, isSealed, session };
}

function carriedOn(before: IndexedFile, file: JournalFile): IndexedFile {
  const { name, isSealed } = file;
  if (before.name === name) return { ...before, file };
  const placed = <Line extends { readonly place: object }>(line: Line) => ({
    ...line,
    place: { ...line.place, file: name },
  });
  const [records, unknown] = [before.records.map(placed), before.unknown.map(placed)] as const;
  return { ...before, file, name, isSealed, records, unknown };
}

function isSame(one: JournalListing, other: JournalListing): boolean {
  const names = ({ files }: JournalListing) => files.map(({ name }) => name).join();
  return names(one) === names(other);
}
