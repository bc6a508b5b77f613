import { Signal } from '../../core/signal';
import type { Keeping } from '../../core/journal/compaction';
import {
  capped,
  cappedWebhooks,
  deletedIn,
  merge,
  webhooksIn,
  type HistoryEntry,
  type Place,
  type PlacedWebhook,
} from '../../core/journal/merge';
import {
  encodeRecord,
  type AnsweredRecord,
  type JournalRecord,
  type SentRecord,
} from '../../core/journal/record';
import { webhookOf } from '../../core/journal/webhookRecord';
import type { Webhook } from '../../core/webhook/webhook';
import { EntryList } from './entryList';
import type { JournalIndex } from './journalIndex';
import type { Clock, JournalFiles } from '../ports';

/** All that is kept of one send. */
export interface KeptSend {
  readonly sent: SentRecord;
  readonly answered: AnsweredRecord | undefined;
}

/** While requests are under way, that many more are kept, so that files are not written anew for every response. */
const SLACK_WHILE_BUSY = 1000;

/** How often what is to be deleted is taken out of the files anew because another window was quicker. */
const ATTEMPTS_TO_DELETE = 20;

/** The sends of this workspace, as the journal has them: those of all windows, and of those before. */
export class History {
  #index: JournalIndex | undefined;
  readonly #changed = new Signal();
  readonly onDidChange = this.#changed.subscribe;
  #newestOrder = 0;
  #firstRead: Promise<unknown> | undefined;
  /** The files that could not be made one, while they are the same. */
  #failedOn: string | undefined;
  #entries = new EntryList([]);
  #webhooks: readonly PlacedWebhook[] = [];
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
    return this.#entries.all;
  }

  /** The webhooks that are kept, newest first. */
  get webhooks(): readonly PlacedWebhook[] {
    return this.#webhooks;
  }

  /** All that is kept of a webhook; `undefined` where it is gone. */
  async readWebhook({ id, places }: PlacedWebhook): Promise<Webhook | undefined> {
    const record = await this.#readAt(places.webhook);
    if (record?.kind !== 'webhook' || record.id !== id) return undefined;
    const deliveries = await Promise.all(places.deliveries.map((place) => this.#readAt(place)));
    return webhookOf(
      record,
      deliveries.flatMap((one) => (one?.kind === 'delivery' && one.id === id ? [one] : [])),
    );
  }

  /**
   * The largest order of a send or webhook that this window knows of; 0 for none. Waits until the files were read once:
   * what this window writes first comes after all that is in them.
   */
  async newestOrder(): Promise<number> {
    await (this.#firstRead ?? this.refresh());
    return this.#newestOrder;
  }

  /** Lines that are none of ours, or not whole. */
  get damaged(): number {
    return this.#index?.damaged ?? 0;
  }

  /** The sends whose end nobody knows, because the window ended before the response came. */
  get lost(): readonly HistoryEntry[] {
    return this.entries.filter(({ state }) => state === 'lost');
  }

  /** The sends of which nobody knows whether there is an invoice. */
  get uncertain(): readonly HistoryEntry[] {
    return this.#entries.uncertain;
  }

  /** The sends of a file, newest first. */
  entriesOf(uri: string): readonly HistoryEntry[] {
    return this.#entries.ofFile(uri);
  }

  entry(id: string): HistoryEntry | undefined {
    return this.#entries.withId(id);
  }

  /** Reads what is new, and takes away what is no longer kept. Where it cannot be read, the entries stay as they were. */
  refresh(): Promise<void> {
    return (this.#nextRefresh ??= this.#inTurn(async () => {
      this.#nextRefresh = undefined;
      const index = await this.#read();
      if (index && this.#isOverfull(index)) await this.#compact(1);
    }));
  }

  /** Reads all that is kept of a send; `undefined` where it is gone. */
  async read(entry: HistoryEntry): Promise<KeptSend | undefined> {
    const kept = await this.#readEntry(entry);
    if (kept) return kept;
    // Another window may have made the files one a moment ago: the lines stand elsewhere.
    await this.refresh();
    const now = this.entry(entry.id);
    return now && this.#readEntry(now);
  }

  /** Nobody needs to be told of these lost sends any longer. */
  async settle(ids: readonly string[]): Promise<void> {
    await this.#append(ids.map((id) => ({ kind: 'settled', id })));
    await this.refresh();
  }

  /** Gives the paths of what may still hold these sends afterwards: none where they are gone for good. */
  delete(ids: readonly string[]): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      const index = await this.#read();
      return this.#delete(new Set(ids), index, false);
    });
  }

  /** Deletes everything but what is being sent; gives what `delete` does. */
  clear(): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      const isAllWritten = await this.files.catchUp();
      const remains = await this.#clear();
      // What went may have made room for what the disk had not taken.
      return isAllWritten || !(await this.files.catchUp()) ? remains : this.#clear();
    });
  }

  async #clear(): Promise<readonly string[]> {
    const index = await this.#read();
    const all = index ? entriesIn(index) : this.entries;
    const over = all.filter(({ state }) => state !== 'in-flight');
    const webhooks = index ? webhooksIn(index.parts) : this.#webhooks;
    return this.#delete(new Set([...over, ...webhooks].map(({ id }) => id)), index, true);
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    const result = await mine;
    this.#changed.fire();
    return result;
  }

  async #delete(
    ids: ReadonlySet<string>,
    index: JournalIndex | undefined,
    everything: boolean,
  ): Promise<readonly string[]> {
    const note = () => this.#noteDeleted(ids, index);
    // On the disk first: a crash on the way revives nothing.
    const isNoted = await note();
    const isCompact = await this.#compact(ATTEMPTS_TO_DELETE, everything, ids);
    if (!isNoted || !isCompact) {
      // Files that can go as a whole make room on a full disk.
      await this.#removeEmptied(everything, ids);
      await note();
      await this.#compact(ATTEMPTS_TO_DELETE, everything, ids);
    }
    return this.#remains(ids, everything);
  }

  #noteDeleted(ids: ReadonlySet<string>, index: JournalIndex | undefined): Promise<boolean> {
    const at = this.clock.now().toISOString();
    const senders = index?.runningSendersOf(ids);
    return this.#append(
      [...ids].map((id) => {
        const sender = senders?.get(id);
        return { kind: 'deleted', id, at, ...(sender === undefined ? {} : { session: sender }) };
      }),
    );
  }

  /** What may still hold these sends. */
  async #remains(ids: ReadonlySet<string>, everything: boolean): Promise<readonly string[]> {
    const before = await this.#read();
    // A window that was outrun may be about to remove its copy.
    if (before) await this.files.remove([...before.leftovers, ...before.copies]);
    const index = await this.#read();
    if (!index) return [this.files.pathOf('')];
    // What was deleted before is in no list, and can still stand in a file that another machine appends to.
    const deleted = deletedIn(everything ? index.parts : []);
    const holding = index.parts.filter(({ records, unknown }) => {
      const isHeld = records.some(
        ({ summary: { kind, id } }) => isContent(kind) && (ids.has(id) || deleted.has(id)),
      );
      return isHeld || (everything && unknown.length > 0);
    });
    const names = [
      ...holding.map(({ name }) => name),
      ...index.leftovers,
      ...index.copies,
      ...(everything ? index.later : []),
    ];
    return names.map((name) => this.files.pathOf(name));
  }

  /** `undefined` where the journal cannot be read. */
  #read(): Promise<JournalIndex | undefined> {
    const reading = this.#readAnew();
    this.#firstRead ??= reading;
    return reading;
  }

  async #readAnew(): Promise<JournalIndex | undefined> {
    const index = await this.#opened();
    try {
      await index.update();
    } catch (error) {
      this.files.failed('read', error);
      return undefined;
    }
    this.files.worked('read');
    const webhooks = webhooksIn(index.parts);
    this.#webhooks = cappedWebhooks(webhooks, this.limit());
    const all = entriesIn(index);
    this.#newestOrder = Math.max(this.#newestOrder, all[0]?.order ?? 0, webhooks[0]?.order ?? 0);
    this.#entries = new EntryList(capped(all, this.limit()));
    return index;
  }

  /** What reads the files is loaded when the history is first looked at. */
  async #opened(): Promise<JournalIndex> {
    const { JournalIndex } = await import('./journalIndex');
    return (this.#index ??= new JournalIndex(this.files));
  }

  #isOverfull(index: JournalIndex): boolean {
    if (index.isOfLaterRelease || this.#failedOn === stateOf(index)) return false;
    const isBusy = this.entries.some(({ state }) => state === 'in-flight');
    const slack = Math.ceil(this.limit() / 10) + (isBusy ? SLACK_WHILE_BUSY : 0);
    return index.isOverfull(this.#keeping(), slack);
  }

  /**
   * Makes one file of all that can be, without what is not kept. `gone`: sends that are not kept either. False where
   * that cannot be, or other windows were quicker each time.
   */
  async #compact(
    attempts: number,
    everything = false,
    gone: ReadonlySet<string> = new Set(),
  ): Promise<boolean> {
    let isDone = false;
    try {
      for (let attempt = 0; attempt < attempts && !isDone; attempt++) {
        const index = await this.#sealed();
        if (!index) return false;
        const compaction = index.compaction(this.#keeping(everything, gone));
        isDone = await this.files.replace(index.generation + 1, compaction);
      }
      this.files.worked('compact');
      await this.#read();
    } catch (error) {
      this.files.failed('compact', error);
      const index = await this.#read();
      this.#failedOn = index && stateOf(index);
    }
    return isDone;
  }

  /** The files, with nobody appending to them; `undefined` where they cannot be read, or may not be changed. */
  async #sealed(): Promise<JournalIndex | undefined> {
    const before = await this.#read();
    if (!before || before.isOfLaterRelease) return undefined;
    await this.files.seal(before.replaceable);
    return this.#read();
  }

  #keeping(everything = false, gone: ReadonlySet<string> = new Set()): Omit<Keeping, 'isEnded'> {
    const kept = new Set([...this.entries, ...this.#webhooks].map(({ id }) => id));
    for (const id of gone) kept.delete(id);
    return { kept, everything };
  }

  /** Does what it can: that the files cannot be changed was told when they were to be made one. */
  async #removeEmptied(everything: boolean, gone: ReadonlySet<string>): Promise<void> {
    const index = await this.#sealed().catch(() => undefined);
    if (!index) return;
    await this.files.remove(index.emptied(this.#keeping(everything, gone), gone));
  }

  async #append(records: readonly JournalRecord[]): Promise<boolean> {
    const written = await Promise.all(records.map((record) => this.files.append(encodeRecord(record), true)));
    return written.every((isWritten) => isWritten);
  }

  async #readEntry({ id, places }: HistoryEntry): Promise<KeptSend | undefined> {
    const sent = await this.#readAt(places.sent);
    if (sent?.kind !== 'sent' || sent.id !== id) return undefined;
    if (!places.answered) return { sent, answered: undefined };
    const answered = await this.#readAt(places.answered);
    return answered?.kind === 'answered' && answered.id === id ? { sent, answered } : undefined;
  }

  async #readAt(place: Place): Promise<JournalRecord | undefined> {
    return (await this.#opened()).recordAt(place);
  }
}

/** Every send, newest first. */
function entriesIn(index: JournalIndex): HistoryEntry[] {
  return merge(index.parts, (session) => index.isEnded(session));
}

function isContent(kind: JournalRecord['kind']): boolean {
  return kind === 'sent' || kind === 'answered' || kind === 'webhook' || kind === 'delivery';
}

/** The same while nothing has been written. */
function stateOf({ replaceable }: JournalIndex): string {
  return replaceable.map(({ identity, size }) => `${identity} ${size}`).join();
}
