import type { LogOutputChannel, Memento } from 'vscode';
import type { History } from '../app/history';
import type { Endpoints } from '../app/endpoints';
import type { CurlCopy, RequestChoice } from '../app/copyAsCurl';
import type { CheckResult } from '../app/checkFiles';
import type { SendItem } from '../app/drafts';
import type { KeyRing } from '../app/keyRing';
import type { ActiveEnvironment, Clock, SandboxServer, SendPorts, Settings } from '../app/ports';
import type { CommitHooks, VersionControl } from '../app/scanPorts';
import type { LeakScanner } from '../app/leakScanner';
import type { LeakStore } from '../app/leakStore';
import type { ReportStore } from '../app/reportStore';
import type { Sender } from '../app/sender';
import type { Shell } from '../core/curl/curlCommand';
import type { Environment } from '../core/environments/environment';
import type { HistoryTree } from './history/tree';

/** What the surfaces work with; extension.ts puts it together. */
export interface Services {
  readonly sender: Sender;
  readonly reports: ReportStore;
  readonly history: History;
  readonly historyTree: HistoryTree;
  readonly endpoints: Endpoints;
  /** Checks files as a send would, and sends nothing. */
  readonly check: (items: readonly SendItem[], environment: Environment) => Promise<CheckResult>;
  readonly keyRing: KeyRing;
  readonly scanner: LeakScanner;
  readonly leaks: LeakStore;
  readonly git: Pick<VersionControl, 'rootOf'>;
  readonly hooks: CommitHooks;
  readonly settings: Settings;
  readonly environment: ActiveEnvironment;
  readonly sandbox: SandboxServer;
  readonly clock: Clock;
  readonly random: SendPorts['random'];
  readonly log: LogOutputChannel;
  readonly copyAsCurl: (choice: RequestChoice, environment: Environment) => Promise<CurlCopy>;
  /** That of the machine that the extension runs on. */
  readonly shell: Shell;
  /** What is remembered of this workspace. */
  readonly memory: Pick<Memento, 'get' | 'update'>;
  readonly extensionFolder: string;
  /** A variable of the extension host's own environment. */
  readonly environmentVariable: (name: string) => string | undefined;
  readonly onDidChangeKey: (listener: (environment: Environment) => void) => { dispose(): void };
}
