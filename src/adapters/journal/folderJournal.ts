import { randomUUID } from 'node:crypto';
import { createReadStream, watch, type FSWatcher } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { JournalFile, JournalFiles, JournalLine } from '../../app/ports';
import { linesOf } from './lines';
import { isRunning, SessionMark } from './sessionMark';

/** In bytes; a file that is longer is followed by another one, so that old sends can be taken away by files. */
const FULL_FILE = 4 * 1024 * 1024;

const NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,6})\.jsonl$/;

interface Waiting {
  readonly line: string;
  readonly durably: boolean;
  readonly done: (isWritten: boolean) => void;
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly name: string;
  size: number;
  /** Its last line may be half a one. */
  isTorn: boolean;
}

/**
 * The journal in a folder: `<session>.<number>.jsonl`. Each run of the extension writes to files of its own, so that
 * windows need no lock; whoever reads puts them together. Lines that come while others are being written are written,
 * and brought to the disk, together.
 */
export class FolderJournal implements JournalFiles {
  readonly session = randomUUID();
  readonly #mark = new SessionMark();
  readonly #listeners = new Set<() => void>();
  readonly #folder: string;
  readonly #onFailure: (reason: string) => void;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #file: OpenFile | undefined;
  #number = 0;
  #isMarked = false;
  #hasFailed = false;
  #watcher: FSWatcher | undefined;
  #news: NodeJS.Timeout | undefined;

  /** `onFailure` is told once that the disk takes nothing, and again when it had taken something in between. */
  constructor(folder: string, onFailure: (reason: string) => void) {
    this.#folder = folder;
    this.#onFailure = onFailure;
  }

  append(line: string, durably: boolean): Promise<boolean> {
    return new Promise((done) => {
      this.#waiting.push({ line, durably, done });
      this.#writing ??= this.#write();
    });
  }

  async list(): Promise<JournalFile[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const files = await Promise.all(names.sort().map((name) => this.#look(name)));
    return files.flatMap((file) => file ?? []);
  }

  async *lines({ name }: JournalFile, from: number): AsyncGenerator<JournalLine> {
    try {
      const stream = createReadStream(path.join(this.#folder, name), {
        start: from,
        highWaterMark: 256 * 1024,
      });
      yield* linesOf(stream, from);
    } catch {
      // It went meanwhile.
    }
  }

  async read(name: string, offset: number, length: number): Promise<string | undefined> {
    if (!NAME.test(name)) return undefined;
    try {
      const handle = await open(path.join(this.#folder, name));
      try {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, offset);
        return bytesRead === length ? buffer.toString() : undefined;
      } finally {
        await handle.close();
      }
    } catch {
      return undefined;
    }
  }

  async close(): Promise<void> {
    while (this.#writing) await this.#writing;
    await this.#leaveFile();
  }

  async rewrite(file: JournalFile, offsets: ReadonlySet<number>): Promise<void> {
    const target = path.join(this.#folder, file.name);
    try {
      if ((await this.#look(file.name))?.identity !== file.identity) return;
      if (offsets.size === 0) await rm(target);
      else await this.#writeAnew(file, target, offsets);
      this.#tell();
    } catch (error) {
      this.#failed(error);
    }
  }

  async isAlive(session: string): Promise<boolean> {
    return session === this.session || isRunning(session);
  }

  isClosed(name: string): boolean {
    return NAME.exec(name)?.[1] === this.session && this.#file?.name !== name;
  }

  /** Told a moment after this or another window has written something. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    this.#watch();
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** What was begun to be written still is. */
  async dispose(): Promise<void> {
    clearTimeout(this.#news);
    this.#watcher?.close();
    this.#listeners.clear();
    await this.close();
    this.#mark.hide();
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const file = await this.#openFile();
        const lines = batch.map(({ line }) => line).join('');
        // After half a line a new one begins.
        const bytes = Buffer.from(file.isTorn ? `\n${lines}` : lines);
        file.isTorn = true;
        const { bytesWritten } = await file.handle.write(bytes);
        if (bytesWritten < bytes.length) throw Object.assign(new Error(), { code: 'ENOSPC' });
        file.isTorn = false;
        file.size += bytesWritten;
        for (const { durably, done } of batch) if (!durably) done(true);
        if (batch.some(({ durably }) => durably)) await file.handle.datasync();
        for (const { done } of batch) done(true);
        this.#hasFailed = false;
        if (file.size > FULL_FILE) await this.#leaveFile();
      } catch (error) {
        this.#failed(error);
      }
      // Where it is written, that was said already.
      for (const { done } of batch) done(false);
      this.#tell();
    }
    this.#writing = undefined;
  }

  async #openFile(): Promise<OpenFile> {
    if (this.#file) return this.#file;
    await mkdir(this.#folder, { recursive: true });
    if (!this.#isMarked) {
      await this.#mark.show(this.session);
      this.#isMarked = true;
    }
    const name = `${this.session}.${this.#number}.jsonl`;
    const handle = await open(path.join(this.#folder, name), 'a', 0o600);
    this.#number++;
    this.#file = { handle, name, size: 0, isTorn: false };
    this.#watch();
    await this.#syncFolder();
    return this.#file;
  }

  /** A new file is found after a power cut when its folder is on the disk, too; Windows does that by itself. */
  async #syncFolder(): Promise<void> {
    if (process.platform === 'win32') return;
    const handle = await open(this.#folder);
    await handle.sync().finally(() => handle.close());
  }

  async #leaveFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.handle.close().catch(() => undefined);
  }

  async #writeAnew(file: JournalFile, target: string, offsets: ReadonlySet<number>): Promise<void> {
    const kept = path.join(this.#folder, `${file.name}.${randomUUID()}.tmp`);
    const handle = await open(kept, 'wx', 0o600);
    try {
      for await (const { offset, text } of this.lines(file, 0)) {
        if (text !== undefined && offsets.has(offset)) await handle.appendFile(`${text}\n`);
      }
      await handle.datasync();
      await handle.close();
      await rename(kept, target);
    } catch (error) {
      await handle.close().catch(() => undefined);
      await rm(kept, { force: true });
      throw error;
    }
  }

  async #look(name: string): Promise<JournalFile | undefined> {
    const [, session] = NAME.exec(name) ?? [];
    if (session === undefined) return undefined;
    try {
      const found = await stat(path.join(this.#folder, name), { bigint: true });
      if (!found.isFile()) return undefined;
      return { name, session, identity: `${found.ino} ${found.birthtimeNs}`, size: Number(found.size) };
    } catch {
      return undefined;
    }
  }

  #failed(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#onFailure(reasonOf(error));
  }

  /** Where the system cannot watch a folder, another window's sends show with the next one of this window. */
  #watch(): void {
    if (this.#watcher || this.#listeners.size === 0) return;
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, () => this.#tell());
      this.#watcher.on('error', () => undefined);
    } catch {
      this.#watcher = undefined;
    }
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    this.#news ??= setTimeout(() => {
      this.#news = undefined;
      for (const listener of this.#listeners) listener();
    }, 150);
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'writing there is not allowed';
    // Of a folder to be made on a read-only disk, Node says the first.
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      return 'its folder cannot be made';
    default:
      return code ?? message;
  }
}
