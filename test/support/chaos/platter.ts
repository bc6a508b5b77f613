import fs, { type BigIntStats } from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { below, happens } from './chance';

/** A file or folder, whatever its name is. */
type Identity = string;

/** The names in a folder, and what bears them. */
type Names = ReadonlyMap<string, Identity>;

type Chooses = (name: string) => boolean;

type Action = (this: FileHandle) => Promise<void>;

/**
 * What a disk holds for certain while this process writes below a folder: the bytes of a file that were synced, and the
 * names in a folder that were. After a power loss any part of the rest may be there as well.
 */
export class Platter {
  /** In bytes. */
  readonly #synced = new Map<Identity, number>();
  readonly #names = new Map<Identity, Names>();
  /** When what is known of a folder's names was looked at: of syncs that run at once, the one that began first can end last. */
  readonly #looks = new Map<Identity, number>();
  #look = 0;
  readonly #opened = new WeakMap<FileHandle, string>();
  readonly #restore: () => void;

  private constructor(
    private readonly folder: string,
    /** Where removed files still have a name. */
    private readonly store: string,
    handles: { sync: Action; datasync: Action },
  ) {
    const { open } = promises;
    const { sync, datasync } = handles;
    const [opened, seen] = [this.#opened, (handle: FileHandle) => this.#seen(handle)];
    this.#restore = () => {
      Object.assign(handles, { sync, datasync });
      promises.open = open;
    };
    promises.open = async (file, ...given) => {
      const handle = await open(file, ...given);
      opened.set(handle, String(file));
      return handle;
    };
    const noted = (action: Action): Action =>
      async function (this: FileHandle) {
        // What comes while the disk works is not on it yet.
        const note = await seen(this);
        await action.call(this);
        note();
      };
    Object.assign(handles, { sync: noted(sync), datasync: noted(datasync) });
    this.#keep(folder);
  }

  /** `folder`: what is in it now is on the disk. */
  static async watch(folder: string, store: string): Promise<Platter> {
    const probe = await promises.open(process.execPath);
    const handles = Object.getPrototypeOf(probe) as { sync: Action; datasync: Action };
    await probe.close();
    return new Platter(folder, store, handles);
  }

  /** Makes what may be there after a power loss at this moment. `isThere`: whether what may have a name or not has it. */
  lose(target: string, isThere: Chooses = () => happens(50)): void {
    this.#lose(identityOf(fs.statSync(this.folder, { bigint: true })), this.folder, target, isThere);
  }

  release(): void {
    this.#restore();
  }

  async #seen(handle: FileHandle): Promise<() => void> {
    const stat = await handle.stat({ bigint: true });
    const identity = identityOf(stat);
    if (!stat.isDirectory()) {
      return () => {
        const size = Math.max(Number(stat.size), this.#synced.get(identity) ?? 0);
        this.#synced.set(identity, size);
      };
    }
    const look = ++this.#look;
    const names = this.#namesIn(this.#opened.get(handle) ?? '');
    return () => {
      if ((this.#looks.get(identity) ?? 0) > look) return;
      this.#looks.set(identity, look);
      this.#names.set(identity, names);
    };
  }

  #keep(folder: string): void {
    this.#names.set(identityOf(fs.statSync(folder, { bigint: true })), this.#namesIn(folder));
  }

  /** All at one moment: a file that is renamed meanwhile, by a thread of this process, has one name or the other. */
  #namesIn(folder: string): Names {
    for (;;) {
      const listed = attempt(() => fs.readdirSync(folder)) ?? [];
      const names = new Map<string, Identity>();
      for (const name of listed) {
        const file = path.join(folder, name);
        const stat = attempt(() => fs.lstatSync(file, { bigint: true }));
        if (!stat || (!stat.isFile() && !stat.isDirectory())) continue;
        const identity = identityOf(stat);
        names.set(name, identity);
        if (stat.isFile()) attempt(() => fs.linkSync(file, this.#stored(identity)));
      }
      if ((attempt(() => fs.readdirSync(folder)) ?? []).join('/') === listed.join('/')) return names;
    }
  }

  #stored(identity: Identity): string {
    return path.join(this.store, identity);
  }

  /** `source`: absent where the folder is gone. */
  #lose(folder: Identity, source: string | undefined, target: string, isThere: Chooses): void {
    fs.mkdirSync(target);
    const certain = this.#names.get(folder) ?? new Map<string, Identity>();
    const now = source === undefined ? new Map<string, Identity>() : this.#namesIn(source);
    const chosen = new Map<string, Identity>();
    for (const identity of new Set([...certain.values(), ...now.values()])) {
      const [before, after] = [nameOf(certain, identity), nameOf(now, identity)];
      const name = [before, after].find((one) => one !== undefined && isThere(one));
      const isCertain = before !== undefined && after !== undefined;
      const kept = name ?? (isCertain ? after : undefined);
      if (kept !== undefined && !chosen.has(kept)) chosen.set(kept, identity);
    }
    for (const [name, identity] of chosen) {
      const own = nameOf(now, identity);
      const file = own === undefined || source === undefined ? undefined : path.join(source, own);
      const stored = this.#stored(identity);
      if (fs.existsSync(stored)) this.#loseFile(identity, stored, path.join(target, name));
      else this.#lose(identity, file, path.join(target, name), isThere);
    }
  }

  #loseFile(identity: Identity, source: string, target: string): void {
    const bytes = fs.readFileSync(source);
    const certain = this.#synced.get(identity) ?? 0;
    const more = happens(30) ? 0 : below(Math.max(1, bytes.length - certain + 1));
    const zeros = happens(30) ? Buffer.alloc(below(300)) : Buffer.alloc(0);
    fs.writeFileSync(target, Buffer.concat([bytes.subarray(0, certain + more), zeros]));
  }
}

function identityOf({ ino, birthtimeNs }: BigIntStats): Identity {
  return `${ino}-${birthtimeNs}`;
}

function nameOf(names: Names, identity: Identity): string | undefined {
  return [...names].find(([, other]) => other === identity)?.[0];
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
