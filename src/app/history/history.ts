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
  readonly #listeners = new Set<() => void>();
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

  async delete(ids: readonly string[]): Promise<void> {
    const at = this.clock.now().toISOString();
    await this.#append(ids.map((id) => ({ kind: 'deleted', id, at })));
    await this.#inTurn(() => this.#compact(false));
  }

  /** Deletes everything but what is being sent. */
  async clear(): Promise<void> {
    await this.#inTurn(async () => {
      const index = await this.#read();
      const at = this.clock.now().toISOString();
      const over = (await this.#merged(index, Infinity)).filter(({ state }) => state !== 'in-flight');
      await this.#append(over.map(({ id }) => ({ kind: 'deleted', id, at })));
      await this.#compact(true);
    });
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    await mine;
    for (const listener of this.#listeners) listener();
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

  async #compact(everything: boolean): Promise<void> {
    await this.files.close();
    const { compaction } = await import('./journalReading');
    const index = await this.#read();
    const isClosed = ({ name, session }: SessionFile) => this.files.isClosed(name) || index.isEnded(session);
    const rewrites = compaction(index.files, this.#kept(), isClosed, this.clock.now(), everything);
    for (const { file, offsets } of rewrites) await index.rewrite(file, offsets);
    await this.#read();
  }

  #kept(): ReadonlySet<string> {
    return new Set(this.#entries.map(({ id }) => id));
  }

  async #append(records: readonly JournalRecord[]): Promise<void> {
    await Promise.all(records.map((record) => this.files.append(encodeRecord(record), true)));
  }

  async #readAt({ file, offset, length }: Place): Promise<JournalRecord | undefined> {
    const { decodeRecord } = await import('./journalReading');
    const line = await this.files.read(file, offset, length);
    return line === undefined ? undefined : decodeRecord(line);
  }
}
