import { randomUUID } from 'node:crypto';
import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { encodeRecord, FORMAT } from '../../core/journal/record';
import { isAbsence, makeFolder, syncFolder } from './durable';
import { SessionMark } from './sessionMark';

/** In bytes; after so many the session goes on in another file. */
const FULL_FILE = 4 * 1024 * 1024;

/** How often lines are written again because other windows seal the file meanwhile. */
const ATTEMPTS = 100;

/** After so many milliseconds what the disk has not taken is tried again. */
const TRY_AGAIN = 2_000;

/** In bytes, of what the disk has not taken: so much is written at once. */
const PIECE = 256 * 1024;

const HEADER = encodeRecord({ kind: 'journal', format: FORMAT, replaces: [] });

interface Waiting {
  readonly line: string;
  readonly durably: boolean;
  readonly done: (isWritten: boolean) => void;
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly path: string;
  readonly inode: bigint;
  /** In bytes, of what is known to be written. */
  size: number;
}

/** A run of the extension, as long as it can append. */
interface Session {
  readonly id: string;
  readonly mark: SessionMark;
  files: number;
}

export interface AppenderEvents {
  /** The folder was made. */
  madeFolder(): void;
  wrote(): void;
  /** `error`: absent where all was written. */
  ended(error?: unknown): void;
}

/**
 * Appends to files that no other session appends to, and needs no lock. Another window may seal the file at any moment,
 * by renaming it: lines count as written once the file still has its name after they were written, and are written
 * again to another file otherwise. Whoever reads a sealed file thus finds every line that counts. A line can stand in
 * several files, then, as it does where the disk does not bring the first one to the platter: a clean-up drops all that
 * there is of a send, or nothing. Lines that come while others are being written are written, and brought to the disk,
 * together. What the disk does not take is written once it does: it is no more than what the reports of these sends
 * keep in memory anyway.
 */
export class Appender {
  #waiting: Waiting[] = [];
  /** What the disk has not taken, oldest first. */
  #owed: Waiting[] = [];
  #again: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #file: OpenFile | undefined;
  #session: Session | undefined;
  #holds = 0;
  #isDisposed = false;

  /** `marks`: the folder of the marks of sessions. */
  constructor(
    private readonly folder: string,
    private readonly marks: string,
    private readonly events: AppenderEvents,
  ) {}

  /** None before anything was appended. */
  get session(): string | undefined {
    return this.#session?.id;
  }

  append(line: string, durably: boolean): Promise<boolean> {
    return new Promise((done) => {
      this.#waiting.push({ line, durably, done });
      this.#writing ??= this.#write();
    });
  }

  /** Tries now to write what the disk has not taken; false where something is left. */
  async catchUp(): Promise<boolean> {
    while (this.#writing) await this.#writing;
    if (this.#owed.length > 0) await (this.#writing = this.#write());
    return this.#owed.length === 0;
  }

  hold(): () => void {
    this.#holds++;
    let isHeld = true;
    return () => {
      if (isHeld) this.#holds--;
      isHeld = false;
      void this.#endIfOver();
    };
  }

  /** The session ends once nothing is held and all is written. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.catchUp();
    clearTimeout(this.#again);
    await this.#leave();
    await this.#endIfOver();
  }

  async #endIfOver(): Promise<void> {
    if (!this.#isDisposed || this.#holds > 0 || this.#writing) return;
    const { mark } = this.#session ?? {};
    // Others may have seen it end: what is still to come is of another session.
    this.#session = undefined;
    await this.#leave();
    await mark?.hide();
  }

  async #write(): Promise<void> {
    do {
      const batch = this.#waiting;
      this.#waiting = [];
      // A request can wait for nothing. What comes of it is to stand behind it.
      const isBehind = this.#owed.length > 0;
      const [now, later] = [
        batch.filter(({ durably }) => durably || !isBehind),
        batch.filter(({ durably }) => !durably && isBehind),
      ];
      this.#owed.push(...later);
      try {
        await this.#putOrOwe(now);
        await this.#putOwed();
        this.events.ended();
      } catch (error) {
        this.events.ended(error);
        this.#tryAgainLater();
      }
      // Where it is written, that was said already.
      for (const { done } of batch) done(false);
      this.events.wrote();
    } while (this.#waiting.length > 0);
    this.#writing = undefined;
    await this.#endIfOver();
  }

  async #putOrOwe(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      await this.#put(batch);
    } catch (error) {
      this.#owed.push(...batch);
      throw error;
    }
  }

  async #putOwed(): Promise<void> {
    while (this.#owed.length > 0) {
      let [count, size] = [0, 0];
      for (const { line } of this.#owed) {
        if (count > 0 && size + line.length > PIECE) break;
        [count, size] = [count + 1, size + line.length];
      }
      await this.#put(this.#owed.slice(0, count));
      this.#owed.splice(0, count);
    }
  }

  #tryAgainLater(): void {
    clearTimeout(this.#again);
    if (this.#isDisposed) return;
    this.#again = setTimeout(() => {
      this.#writing ??= this.#write();
    }, TRY_AGAIN).unref();
  }

  async #put(batch: readonly Waiting[]): Promise<void> {
    let hasFailed = false;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        if (await this.#putOnce(batch)) return;
      } catch (error) {
        // What a disk has done with a file after an error is not known: the file is not used again.
        await this.#leave();
        if (hasFailed) throw error;
        hasFailed = true;
        continue;
      }
      await this.#leave();
    }
    throw new Error('other windows keep sealing its files');
  }

  /** False where the file was sealed, or removed, before the lines were in it. */
  async #putOnce(batch: readonly Waiting[]): Promise<boolean> {
    const file = (this.#file ??= await this.#open());
    const lines = batch.map(({ line }) => line).join('');
    const bytes = Buffer.from(file.size === 0 ? `${HEADER}${lines}` : lines);
    await this.#writeWhole(file, bytes);
    const toDisk = batch.some(({ durably }) => durably) ? file.handle.datasync() : undefined;
    const [isInPlace] = await Promise.all([this.#isInPlace(file, batch), toDisk]);
    if (!isInPlace) return false;
    file.size += bytes.length;
    for (const { done } of batch) done(true);
    if (file.size > FULL_FILE) await this.#leave();
    return true;
  }

  /** Where there is no room for all of it, nothing stays of it, half a line least of all. */
  async #writeWhole({ handle, path: name, size }: OpenFile, bytes: Buffer): Promise<void> {
    try {
      const { bytesWritten } = await handle.write(bytes);
      if (bytesWritten < bytes.length) throw Object.assign(new Error(), { code: 'ENOSPC' });
    } catch (error) {
      await handle.truncate(size).catch(() => undefined);
      if (size === 0) await rm(name, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async #isInPlace(file: OpenFile, batch: readonly Waiting[]): Promise<boolean> {
    try {
      if ((await stat(file.path, { bigint: true })).ino !== file.inode) return false;
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
    for (const { durably, done } of batch) if (!durably) done(true);
    return true;
  }

  async #open(): Promise<OpenFile> {
    if (await makeFolder(this.folder)) this.events.madeFolder();
    const session = await this.#begun();
    const file = path.join(this.folder, `${session.id}.${session.files++}.jsonl`);
    const handle = await open(file, 'ax', 0o600);
    try {
      const { ino } = await handle.stat({ bigint: true });
      await syncFolder(this.folder);
      return { handle, path: file, inode: ino, size: 0 };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async #begun(): Promise<Session> {
    if (!this.#session) {
      const id = randomUUID();
      this.#session = { id, mark: new SessionMark(this.marks, id), files: 0 };
    }
    // Without a mark other windows tell of its sends too early, which is better than not to keep them.
    await this.#session.mark.show().catch(() => undefined);
    return this.#session;
  }

  async #leave(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.handle.close().catch(() => undefined);
  }
}
