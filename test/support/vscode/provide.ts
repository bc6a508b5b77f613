import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { existsSync } from 'node:fs';
import { engines } from '../../../package.json';
import { CACHE } from '../paths';
import { installServed, servedIsPossible, type ServedInstallation } from './installServed';
import { releaseFor } from './releases';

/** A VS Code to run extensions in. */
export type Host =
  | { readonly kind: 'desktop'; readonly executable: string }
  | { readonly kind: 'served'; readonly installation: ServedInstallation };

/** A host, and in words which one it is and why none that comes before it was taken. */
export interface Provided {
  readonly host: Host;
  readonly description: string;
}

/** The version of VS Code that is asked for by VSCODE_VERSION: `stable`, or a version number. */
export const requestedVersion = (): string => process.env.VSCODE_VERSION ?? 'stable';

/** The oldest version of VS Code that package.json says the extension runs on. */
export const oldestVersion = (): string => engines.vscode.replace(/^\D+/, '');

export interface HostRequest {
  /** `stable`, or a version number. */
  readonly version: string;
  /** A desktop VS Code that will do, of whatever version. */
  readonly executable?: string | undefined;
}

/** A download that has brought nothing for as long, in milliseconds, is given up. */
const PATIENCE = 10_000;

/**
 * Finds the VS Code to use: the executable that will do, else the desktop VS Code that `@vscode/test-electron`
 * downloads, else the server from npm. Rejects, saying why, when there is none.
 */
export async function provideHost({ version, executable }: HostRequest): Promise<Provided> {
  if (executable !== undefined) {
    if (!existsSync(executable)) throw new Error(`There is no ${executable}.`);
    return { host: { kind: 'desktop', executable }, description: `desktop VS Code (${executable})` };
  }
  const download = await downloadDesktop(version);
  if (download.ok) {
    return {
      host: { kind: 'desktop', executable: download.executable },
      description: `desktop VS Code ${version} (${download.executable})`,
    };
  }
  const why = `no executable is named; desktop VS Code ${version}: ${download.why}`;
  const installation = await provideServed(version).catch((error: unknown) => {
    throw new Error(`There is no VS Code to run in: ${why}; from npm: ${reason(error)}`, { cause: error });
  });
  return {
    host: { kind: 'served', installation },
    description: `served VS Code ${installation.release.vscode} (${why})`,
  };
}

/** The server from npm. Rejects, saying why, when there is none of this version. */
export async function provideServed(version: string): Promise<ServedInstallation> {
  const release = releaseFor(version);
  if (release === undefined) throw new Error(`no package with VS Code ${version} is known to work`);
  if (!servedIsPossible) throw new Error(`the server runs on Linux, and this is ${process.platform}`);
  return installServed(release);
}

type Download =
  { readonly ok: true; readonly executable: string } | { readonly ok: false; readonly why: string };

async function downloadDesktop(version: string): Promise<Download> {
  if (!hasDisplay()) return { ok: false, why: 'there is no display to open it on (xvfb-run gives one)' };
  try {
    const executable = await downloadAndUnzipVSCode({
      version,
      cachePath: CACHE,
      timeout: PATIENCE,
      reporter: new SilentReporter(),
    });
    return { ok: true, executable };
  } catch (error) {
    return { ok: false, why: `the download failed (${reason(error)})` };
  }
}

/** Whether a desktop VS Code has a screen to open its window on. */
export const hasDisplay = (): boolean =>
  process.platform !== 'linux' ||
  process.env.DISPLAY !== undefined ||
  process.env.WAYLAND_DISPLAY !== undefined;

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
