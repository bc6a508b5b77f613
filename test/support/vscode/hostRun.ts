import { type Settings } from './settings';

/** What an extension host is to run, and on what. */
export interface HostRun {
  /** The folder of the extension under development. */
  readonly extension: string;
  /** The folder of another extension that runs beside it. */
  readonly beside?: string | undefined;
  /** The module whose `run` the extension host calls. */
  readonly entry: string;
  /** A folder, or a workspace file. */
  readonly workspace: string;
  /** A folder of its own for the user's data. */
  readonly dataFolder: string;
  /** Environment variables for the extension host. */
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Settings;
}

export interface HostExit {
  /** 0 when `run` was called and succeeded. */
  readonly code: number;
  /** What VS Code said meanwhile, for when nobody else tells what went wrong. */
  readonly log: string;
}

/** What the runner tells the module in the extension host, as JSON in the environment variable HOST_TEST_ORDER. */
export interface HostTestOrder {
  /** For one test, in milliseconds. 0 is no limit. */
  readonly timeout: number;
  readonly color: boolean;
  /** The folder of tests that is left out. */
  readonly without?: string;
  /** Files with a certificate for 127.0.0.1, and its key, that VS Code is told to trust. */
  readonly trusted?: { readonly cert: string; readonly key: string };
  /** The file that takes what mocha prints; without it, that goes to the console. */
  readonly output?: string;
  /** The file that takes the tally, as JSON. */
  readonly tally?: string;
}
