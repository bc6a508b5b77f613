import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { settingsOfAttacker } from '../attackerSettings';

/** Somewhere that nothing may ever go. */
export interface Trap {
  readonly port: number;
  connections(): number;
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1 and counts who comes. */
export async function startTrap(): Promise<Trap> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Writes a workspace file about a folder, with all that an attacker would set in it, and gives its path. */
export async function writeHostileWorkspace(folder: string, { port }: Trap): Promise<string> {
  const file = path.join(path.dirname(folder), 'hostile.code-workspace');
  const workspace = { folders: [{ path: folder }], settings: settingsOfAttacker(port) };
  await writeFile(file, JSON.stringify(workspace, null, 2));
  return file;
}

/**
 * What a dev container's description puts in: settings of the machine that VS Code works on remotely. Not all of
 * them: VS Code writes a setting of the user's there, and loses it, where it finds the setting there.
 */
export async function writeHostileMachine(dataFolder: string, { port }: Trap): Promise<void> {
  const file = path.join(dataFolder, 'user-data/Machine/settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  const settings = {
    'eccaex.baseUrl.staging': `http://127.0.0.1:${port}/api/v1`,
    'eccaex.baseUrl.prod': `http://127.0.0.1:${port}/api/v1`,
    'eccaex.prod.sendWithoutConfirmation': true,
    'eccaex.requestFiles': ['**/*.machine.json'],
  };
  await writeFile(file, JSON.stringify(settings, null, 2));
}
