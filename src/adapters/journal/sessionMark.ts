import { connect, createServer, type Server } from 'node:net';

/**
 * The size of `sun_path`, in bytes. Of a shorter abstract address, some versions of Node make one that is filled up
 * with zeros, and others do not: windows of different versions of VS Code would not find each other.
 */
const LONGEST_ADDRESS = 108;

/**
 * Shows other processes that a session runs: it listens under a name of its own. The system ends that with the
 * process, however it ends. A process id would be no such mark: it is used again, and after a restart soon.
 */
export class SessionMark {
  #server: Server | undefined;

  /** Rejects where the name cannot be taken. */
  async show(session: string): Promise<void> {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(addressOf(session), resolve);
    });
    server.on('error', () => undefined);
    server.unref();
    this.#server = server;
  }

  hide(): void {
    this.#server?.close();
    this.#server = undefined;
  }
}

/** Whether the process of a session runs. */
export function isRunning(session: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(addressOf(session));
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    // Nobody listens. With any other error, such as too many open files, nobody knows: no send is called lost for that.
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      end(code !== 'ENOENT' && code !== 'ECONNREFUSED'),
    );
  });
}

function addressOf(session: string): string {
  switch (process.platform) {
    case 'win32':
      return `\\\\.\\pipe\\eccaex-${session}`;
    case 'linux':
      // Abstract: no file is left behind.
      return `\0eccaex-${session}`.padEnd(LONGEST_ADDRESS, '.');
    default:
      return `/tmp/eccaex-${session}.sock`;
  }
}
