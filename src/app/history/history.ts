import { Signal } from '../../core/signal';
import type { HistoryEntry, Place, SessionFile } from '../../core/journal/merge';
import {
  encodeRecord,
  type AnsweredRecord,
  type JournalRecord,
  type SentRecord,
} from '../../core/journal/record';
import type { JournalIndex } from './journalIndex';
import type { Clock, JournalFiles } from '../ports';

/** All that is kept of one send. */
export interface KeptSend {
  readonly sent: SentRecord;
  readonly answered: AnsweredRecord | undefined;
}

/** While requests are under way, that many more are kept, so that files are not written anew for every answer. */
const SLACK_WHILE_BUSY = 1000;

/** The sends of this workspace, as the journal has them: those of all windows, and of those before. */
export class History {
  #index: JournalIndex | undefined;
  readonly #changed = new Signal();
  readonly onDidChange = this.#changed.subscribe;
  #entries: readonly HistoryEntry[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #nextRefresh: Promise<void> | undefined;

  /** `limit`: how many sends to keep whose end is known. */
  constructor(
    private readonly files: JournalFiles,
    private readonly limit: () => number,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Newest first. */
  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  /** Lines that are none of ours, or not whole. */
  get damaged(): number {
    return this.#index?.damaged ?? 0;
  }

  /** The sends whose end nobody knows, because the window ended before the answer came. */
  get lost(): readonly HistoryEntry[] {
    return this.#entries.filter(({ state }) => state === 'lost');
  }

  entry(id: string): HistoryEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** Reads what is new, and takes away what is no longer kept. */
  refresh(): Promise<void> {
    return (this.#nextRefresh ??= this.#inTurn(async () => {
      this.#nextRefresh = undefined;
      const index = await this.#read();
      if (await this.#isOverfull(index)) await this.#compact(false);
    }));
  }

  /** Reads all that is kept of a send; `undefined` where it is gone. */
  async read({ id, places }: HistoryEntry): Promise<KeptSend | undefined> {
    const sent = await this.#readAt(places.sent);
    if (sent?.kind !== 'sent' || sent.id !== id) return undefined;
    const answered = places.answered && (await this.#readAt(places.answered));
    return { sent, answered: answered?.kind === 'answered' && answered.id === id ? answered : undefined };
  }

  /** Nobody needs to be told of these lost sends any more. */
  async settle(ids: readonly string[]): Promise<void> {
    await this.#append(ids.map((id) => ({ kind: 'settled', id })));
    await this.refresh();
  }

  /** False where not all of it could be: what another window has written, that window takes away. */
  delete(ids: readonly string[]): Promise<boolean> {
    return this.#inTurn(() => this.#delete(new Set(ids), false));
  }

  /** Deletes everything but what is being sent. */
  clear(): Promise<boolean> {
    return this.#inTurn(async () => {
      const index = await this.#read();
      const over = (await this.#merged(index, Infinity)).filter(({ state }) => state !== 'in-flight');
      return this.#delete(new Set(over.map(({ id }) => id)), true);
    });
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    const result = await mine;
    this.#changed.fire();
    return result;
  }

  async #delete(ids: ReadonlySet<string>, everything: boolean): Promise<boolean> {
    const at = this.clock.now().toISOString();
    const note = () => this.#append([...ids].map((id) => ({ kind: 'deleted', id, at })));
    await note();
    await this.#compact(everything);
    if (!(await this.#isKept(ids))) return true;
    // A full disk takes neither the note nor a file anew, but lets files go: that makes room for the note.
    await this.#compact(everything, ids);
    await note();
    return !(await this.#isKept(ids));
  }

  /** Whether a send is shown, or stands in a file that this window could have written anew. */
  async #isKept(ids: ReadonlySet<string>): Promise<boolean> {
    const { files } = await this.#read();
    const own = files.filter((file) => this.#isClosed(file));
    return (
      this.#entries.some(({ id }) => ids.has(id)) ||
      own.some(({ records }) => records.some(({ summary: { kind, id } }) => kind === 'sent' && ids.has(id)))
    );
  }

  async #read(): Promise<JournalIndex> {
    const { JournalIndex } = await import('./journalReading');
    const index = (this.#index ??= new JournalIndex(this.files));
    await index.update();
    this.#entries = await this.#merged(index, this.limit());
    return index;
  }

  async #merged(index: JournalIndex, limit: number): Promise<HistoryEntry[]> {
    const { merge } = await import('./journalReading');
    return merge(index.files, limit, (session) => index.isEnded(session));
  }

  async #isOverfull(index: JournalIndex): Promise<boolean> {
    const { deletedIn, isOverfull } = await import('./journalReading');
    const { files } = index;
    const ours = files.filter(({ session }) => session === this.files.session || index.isEnded(session));
    const isBusy = this.#entries.some(({ state }) => state === 'in-flight');
    const slack = Math.ceil(this.limit() / 10) + (isBusy ? SLACK_WHILE_BUSY : 0);
    return isOverfull(ours, deletedIn(files), this.#kept(), slack);
  }

  /** `gone`: of what nothing is kept, not even that it was deleted. */
  async #compact(everything: boolean, gone: ReadonlySet<string> = new Set()): Promise<void> {
    await this.files.close();
    const { compaction } = await import('./journalReading');
    const index = await this.#read();
    const isClosed = (file: SessionFile) => this.#isClosed(file);
    const rewrites = compaction(index.files, this.#kept(), isClosed, this.clock.now(), everything, gone);
    for (const { file, offsets } of rewrites) await index.rewrite(file, offsets);
    await this.#read();
  }

  #isClosed({ name, session }: SessionFile): boolean {
    return this.files.isClosed(name) || this.#index?.isEnded(session) === true;
  }

  #kept(): ReadonlySet<string> {
    return new Set(this.#entries.map(({ id }) => id));
  }

  async #append(records: readonly JournalRecord[]): Promise<boolean> {
    const written = await Promise.all(records.map((record) => this.files.append(encodeRecord(record), true)));
    return written.every((isWritten) => isWritten);
  }

  async #readAt({ file, offset, length }: Place): Promise<JournalRecord | undefined> {
    const { decodeRecord } = await import('./journalReading');
    const line = await this.files.read(file, offset, length);
    return line === undefined ? undefined : decodeRecord(line);
  }
}
