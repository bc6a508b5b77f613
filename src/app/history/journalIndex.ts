import { decodeRecord } from '../../core/journal/decode';
import type { PlacedSummary, SessionFile } from '../../core/journal/merge';
import { summaryOf } from '../../core/journal/summary';
import type { JournalFile, JournalFiles } from '../ports';

interface IndexedFile extends SessionFile {
  readonly file: JournalFile;
  readonly records: PlacedSummary[];
  /** How far it has been read, in bytes. */
  end: number;
  damaged: number;
}

/** What the files of the journal hold, in short. Of a file that has grown only what is new is read. */
export class JournalIndex {
  #files = new Map<string, IndexedFile>();
  /** Ended sessions; none begins again. */
  readonly #ended = new Set<string>();

  constructor(private readonly store: JournalFiles) {}

  get files(): readonly SessionFile[] {
    return [...this.#files.values()];
  }

  /** Lines that are no records, half a line at the end of a file that nobody writes to among them. */
  get damaged(): number {
    return [...this.#files.values()].reduce((sum, { damaged, end, file }) => {
      const isTorn = file.size > end && this.isEnded(file.session);
      return sum + damaged + (isTorn ? 1 : 0);
    }, 0);
  }

  isEnded(session: string): boolean {
    return this.#ended.has(session);
  }

  /** One at a time. */
  async update(): Promise<void> {
    // First who has ended, then what there is: a session that has ended writes nothing more.
    await this.#lookWhoEnded(new Set((await this.store.list()).map(({ session }) => session)));
    const files = new Map<string, IndexedFile>();
    for (const file of await this.store.list()) {
      const known = this.#files.get(file.name);
      const isSame = known?.file.identity === file.identity && known.end <= file.size;
      files.set(file.name, isSame ? { ...known, file } : indexed(file));
    }
    for (const file of files.values()) if (file.end < file.file.size) await this.#readOn(file);
    this.#files = files;
  }

  async rewrite(name: string, offsets: ReadonlySet<number>): Promise<void> {
    const found = this.#files.get(name);
    if (found) await this.store.rewrite(found.file, offsets);
  }

  async #readOn(indexed: IndexedFile): Promise<void> {
    const { file, records } = indexed;
    for await (const { offset, length, text } of this.store.lines(file, indexed.end)) {
      indexed.end = offset + length + 1;
      const record = text === undefined ? undefined : decodeRecord(text);
      if (record) records.push({ place: { file: file.name, offset, length }, summary: summaryOf(record) });
      else if (length > 0) indexed.damaged++;
    }
  }

  async #lookWhoEnded(sessions: ReadonlySet<string>): Promise<void> {
    const unsure = [...sessions].filter((session) => !this.#ended.has(session));
    const answers = await Promise.all(unsure.map((session) => this.store.isAlive(session)));
    unsure.forEach((session, place) => {
      if (answers[place] === false) this.#ended.add(session);
    });
  }
}

function indexed(file: JournalFile): IndexedFile {
  return { name: file.name, session: file.session, file, records: [], end: 0, damaged: 0 };
}
