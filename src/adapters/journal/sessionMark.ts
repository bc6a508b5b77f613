import { randomUUID } from 'node:crypto';
import {
  mkdtemp,
  open,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir, uptime } from 'node:os';
import path from 'node:path';
import type { SessionState } from '../../app/ports';
import { isObject } from '../../core/json';
import { isAbsence, makeFolder, using } from './durable';

/** How often a session renews its mark, in milliseconds. */
const BEAT = 15_000;

/** A mark that is older than this, in milliseconds, is of a session that has ended. */
const STALE = 60_000;

/** What a mark says. */
interface Mark {
  /** The system that its process runs on, from start to shutdown. Containers on one machine share it. */
  readonly system: string;
  /** The machine, whatever it was started for. */
  readonly machine: string;
  /** Where it listens; absent where the folder's disk has no sockets. */
  readonly address?: string;
}

/**
 * Shows other processes that a session runs, by two files in a folder that only their owner can enter: a socket at
 * which it listens, which the system ends with the process, and a mark, whose time it renews. On the same system the
 * socket decides. A process id would not do, since it is used again, and a time alone stops while a computer sleeps.
 */
export class SessionMark {
  #listening: { readonly server: Server; readonly address: string } | undefined;
  #beat: NodeJS.Timeout | undefined;
  #opened: FileHandle | undefined;

  constructor(
    private readonly folder: string,
    private readonly session: string,
  ) {}

  /** Shows it again where somebody has removed it. Rejects where it cannot be shown. */
  async show(): Promise<void> {
    // Where the disk does not take it now, it may do so later.
    this.#beat ??= setInterval(() => void this.#renew(), BEAT).unref();
    if ((await makeFolder(this.folder)) || !(await this.#isListening())) await this.#stopListening();
    this.#listening ??= await this.#listen().catch(() => undefined);
    const { address } = this.#listening ?? {};
    const mark: Mark = { ...(await thisMachine()), ...(address === undefined ? {} : { address }) };
    // Nobody is to read half a mark.
    const written = path.join(this.folder, `${this.session}.tmp`);
    await writeFile(written, JSON.stringify(mark), { mode: 0o600 });
    await rename(written, markIn(this.folder, this.session));
  }

  async hide(): Promise<void> {
    clearInterval(this.#beat);
    await rm(markIn(this.folder, this.session), { force: true }).catch(() => undefined);
    await this.#stopListening();
  }

  async #stopListening(): Promise<void> {
    const { server } = this.#listening ?? {};
    this.#listening = undefined;
    // The server removes its socket, for which it needs the folder.
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    await this.#opened?.close().catch(() => undefined);
    this.#opened = undefined;
  }

  async #listen(): Promise<{ server: Server; address: string }> {
    const server = createServer((socket) => socket.destroy());
    const address = await newAddress(this.session);
    if (process.platform === 'linux') this.#opened = await open(this.folder);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#opened ? within(this.#opened, address) : address, resolve);
    });
    server.on('error', () => undefined);
    server.unref();
    return { server, address };
  }

  async #renew(): Promise<void> {
    const now = new Date();
    try {
      await utimes(markIn(this.folder, this.session), now, now);
      if (!(await this.#isListening())) await this.show();
    } catch {
      await this.show().catch(() => undefined);
    }
  }

  /** The disk may have failed at first, and some systems remove temporary files after some days. */
  async #isListening(): Promise<boolean> {
    const { address } = this.#listening ?? {};
    if (address === undefined) return false;
    if (process.platform === 'win32') return true;
    return stat(path.resolve(this.folder, address)).then(
      () => true,
      (error: unknown) => !isAbsence(error),
    );
  }
}

export async function stateOfSession(folder: string, session: string): Promise<SessionState> {
  const file = markIn(folder, session);
  let mark: Mark | undefined;
  let renewed: number;
  try {
    mark = decodeMark(await readFile(file, 'utf8'));
    renewed = (await stat(file)).mtimeMs;
  } catch (error) {
    // With any other error, such as too many open files, nobody knows: no send is called lost for that.
    return isAbsence(error) ? 'ended' : 'elsewhere';
  }
  const here = await thisMachine();
  if (mark && mark.system === here.system && mark.address !== undefined)
    return (await isListening(folder, mark.address)) ? 'here' : 'ended';
  // Machines that were made from one image can have the same name.
  const isOfEarlierStart = mark?.machine === here.machine && renewed < Date.now() - uptime() * 1000;
  return !isOfEarlierStart && Math.abs(Date.now() - renewed) < STALE ? 'elsewhere' : 'ended';
}

/** Removes what a session that has ended has left behind. */
export async function forgetSession(folder: string, session: string): Promise<void> {
  for (const ending of ['mark', 'sock', 'tmp'])
    await rm(path.join(folder, `${session}.${ending}`), { force: true }).catch(() => undefined);
}

async function isListening(folder: string, address: string): Promise<boolean> {
  if (process.platform !== 'linux') return answers(address);
  try {
    return await using(await open(folder), (opened) => answers(within(opened, path.basename(address))));
  } catch {
    return true;
  }
}

/** Whether a process listens there. With any other error than those that say no, nobody knows: no send is lost for that. */
export function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      end(code !== 'ENOENT' && code !== 'ECONNREFUSED'),
    );
  });
}

/** The path of a socket may be 107 bytes long at most, and where VS Code keeps an extension's files is often longer. */
function within(folder: FileHandle, name: string): string {
  return `/proc/self/fd/${folder.fd}/${name}`;
}

async function newAddress(session: string): Promise<string> {
  switch (process.platform) {
    case 'linux':
      return `${session}.sock`;
    case 'win32':
      return `\\\\.\\pipe\\eccaex-${randomUUID()}`;
    default:
      return path.join(await mkdtemp(path.join(tmpdir(), 'eccaex-')), 'sock');
  }
}

function markIn(folder: string, session: string): string {
  return path.join(folder, `${session}.mark`);
}

function decodeMark(text: string): Mark | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const { system, machine, address } = value;
    if (typeof system !== 'string' || typeof machine !== 'string') return undefined;
    return { system, machine, ...(typeof address === 'string' ? { address } : {}) };
  } catch {
    return undefined;
  }
}

let machine: Promise<Pick<Mark, 'system' | 'machine'>> | undefined;

function thisMachine(): Promise<Pick<Mark, 'system' | 'machine'>> {
  return (machine ??= (async () => {
    const read = (file: string) => readFile(file, 'utf8').catch(() => '');
    const name = `${hostname()} ${(await read('/etc/machine-id')).trim()}`;
    const boot = (await read('/proc/sys/kernel/random/boot_id')).trim();
    return { system: boot === '' ? name : boot, machine: name };
  })());
}
