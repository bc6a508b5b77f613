import { type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ended, runOrThrow, start, stop } from '../processes';
import { removeFolder, temporaryFolder } from '../temporaryFolder';
import { type ServedInstallation } from './installServed';
import { type Settings } from './settings';

/** What serve.mjs is given. */
export interface ServerOptions {
  readonly vscode: string;
  readonly dataFolder: string;
  /** Removed when the server ends. */
  readonly temporaryFolder: string;
  /** Taken when it is free; 0 leaves the choice to the system. */
  readonly preferredPort: number;
  /** Whether the page's address may name an extension and tests to load. Without it, toasts are shown. */
  readonly forTests: boolean;
  readonly workspaceTrust: boolean;
}

export interface ServeOptions extends Partial<
  Omit<ServerOptions, 'vscode' | 'dataFolder' | 'temporaryFolder'>
> {
  /** Where user data and installed extensions are kept. */
  readonly dataFolder: string;
  /** The user's settings, written when the data folder has none yet. */
  readonly settings: Settings;
  /** The environment of the server, and so of the extension host. */
  readonly env: NodeJS.ProcessEnv;
  /** Packaged extensions to install first. */
  readonly vsix?: readonly string[];
}

/** A running VS Code server. */
export interface ServedVsCode {
  readonly port: number;
  /** The address at which a browser finds the workbench, with a folder or a workspace file open, or nothing. */
  url(folder: string | undefined, payload?: readonly (readonly [string, string])[]): string;
  /** The URI by which the workbench knows a file of this machine. */
  uri(file: string): string;
  /** Resolves when the server has ended, to its exit code. */
  readonly ended: Promise<number>;
  /** What the server has printed so far. */
  log(): string;
  stop(): Promise<void>;
}

const SECONDS_TO_START = 120;

/** Starts the server. Rejects when the extension cannot be installed or the server does not come up. */
export async function serve(
  installation: ServedInstallation,
  {
    dataFolder,
    settings,
    env,
    vsix = [],
    preferredPort = 0,
    forTests = false,
    workspaceTrust = false,
  }: ServeOptions,
): Promise<ServedVsCode> {
  await writeSettings(settingsFile(dataFolder), settings);
  // VS Code puts its sockets there, and the path of a socket is short.
  const temporary = await temporaryFolder('vscode');
  const environment = {
    ...env,
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: temporary,
    // No marketplace: nothing leaves this machine.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
  if (vsix.length > 0) await installExtensions(installation, dataFolder, vsix, environment);

  const options: ServerOptions = {
    vscode: installation.vscode,
    dataFolder,
    temporaryFolder: temporary,
    preferredPort,
    forTests,
    workspaceTrust,
  };
  const child = start(installation.node, [path.join(__dirname, 'serve.mjs'), JSON.stringify(options)], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  const append = (chunk: Buffer): void => void (log += chunk.toString());
  child.stdout?.on('data', append);
  child.stderr?.on('data', append);
  const end = async (): Promise<void> => {
    await stop(child);
    await removeFolder(temporary);
  };
  const port = await portOf(child).catch(async (error: unknown) => {
    await end();
    throw new Error(`VS Code's server did not start.\n${log}`, { cause: error });
  });

  const authority = `127.0.0.1:${port}`;
  return {
    port,
    url: (folder, payload = []) => {
      const url = new URL(`http://${authority}/`);
      if (folder === undefined) url.searchParams.set('ew', 'true');
      else url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
      if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
      return url.toString();
    },
    uri: (file) => `vscode-remote://${authority}${encodeURI(file)}`,
    ended: ended(child),
    log: () => log,
    stop: end,
  };
}

/** The port that the server reports. Rejects when it ends, or takes too long, before that. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error('It took too long.')), SECONDS_TO_START * 1000);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(deadline);
      reject(new Error(`It ended with ${String(code)}.`));
    });
    child.once('message', ({ port }: { port: number }) => {
      clearTimeout(deadline);
      resolve(port);
    });
  });
}

/** Where the server keeps the user's settings. */
export const settingsFile = (dataFolder: string): string =>
  path.join(dataFolder, 'user-data/User/settings.json');

async function writeSettings(file: string, settings: Settings): Promise<void> {
  if (existsSync(file)) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(settings, null, 2));
}

/** Installs packages with the server's own command line, as a person would. */
async function installExtensions(
  { node, vscode }: ServedInstallation,
  dataFolder: string,
  vsix: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const folders = {
    'server-data-dir': 'server',
    'user-data-dir': 'user-data',
    'extensions-dir': 'extensions',
  };
  await runOrThrow(
    node,
    [
      path.join(vscode, 'out/server-main.js'),
      '--accept-server-license-terms',
      ...Object.entries(folders).flatMap(([flag, folder]) => [`--${flag}`, path.join(dataFolder, folder)]),
      '--force',
      ...vsix.flatMap((one) => ['--install-extension', one]),
    ],
    { env },
  );
}
