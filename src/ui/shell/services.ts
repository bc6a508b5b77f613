import type { LogOutputChannel, Memento } from 'vscode';
import type { History } from '../../app/history/history';
import type { Endpoints } from '../../app/endpoints/endpoints';
import type { CurlCopy, RequestChoice } from '../../app/sending/copyAsCurl';
import type { CheckResult } from '../../app/sending/checkFiles';
import type { SendItem } from '../../app/requests/drafts';
import type { KeyRing } from '../../app/keys/keyRing';
import type {
  ActiveEnvironment,
  Clock,
  KeyStore,
  LeftoverSecrets,
  SandboxServer,
  SendPorts,
  Settings,
} from '../../app/ports';
import type { CommitHooks, VersionControl } from '../../app/leaks/scanPorts';
import type { LeakScanner } from '../../app/leaks/leakScanner';
import type { LeakStore } from '../../app/leaks/leakStore';
import type { Outcomes } from '../../app/outcomes/outcomes';
import type { ListenerSettings, WebhookRoom } from '../../app/webhooks/listener';
import type { CheckPorts } from '../../app/webhooks/checkHandler';
import type { CheckSigner } from '../../core/webhook/checkRequest';
import type { Digests } from '../../core/webhook/trials';
import type { WebhookSettings } from '../../app/webhooks/webhooks';
import type { Approvals } from '../../app/sending/approvals';
import type { Sender } from '../../app/sending/sender';
import type { Shell } from '../../core/curl/curlCommand';
import type { Environment } from '../../core/environments/environment';
import type { HistoryEntry } from '../../core/journal/merge';

/** The view of the history. */
export interface HistoryView {
  readonly filter: string;
  setFilter(filter: string): void;
  /** The sends that the filter lets through. */
  readonly shown: readonly HistoryEntry[];
  readonly selection: readonly HistoryEntry[];
  /** Shows the entry, selected, whatever the filter was. */
  reveal(entry: HistoryEntry): Promise<void>;
}

/** What the surfaces work with; extension.ts puts it together. */
export interface Services {
  readonly sender: Sender;
  /** What a person said yes to in this window. */
  readonly approvals: Approvals;
  readonly outcomes: Outcomes;
  readonly history: History;
  readonly historyTree: HistoryView;
  readonly endpoints: Endpoints;
  /** Checks files as a send would, and sends nothing. */
  readonly check: (items: readonly SendItem[], environment: Environment) => Promise<CheckResult>;
  readonly keyRing: KeyRing;
  /** The keys that must not be in what leaves this machine. */
  readonly keys: Pick<KeyStore, 'readAll'>;
  readonly leftovers: LeftoverSecrets;
  readonly scanner: () => Promise<LeakScanner>;
  readonly leaks: LeakStore;
  readonly git: Pick<VersionControl, 'rootOf'>;
  readonly hooks: CommitHooks;
  readonly settings: Settings;
  /** This window's webhooks: received, verified, forwarded. Loaded when they are first needed. */
  readonly webhooks: () => Promise<WebhookRoom>;
  readonly webhookSettings: ListenerSettings & WebhookSettings;
  /** What a signature is explained with. */
  readonly digests: Digests;
  /** What a handler is checked with. Loaded when it is first needed. */
  readonly handlerPorts: () => Promise<CheckPorts & Pick<CheckSigner, 'hmac'>>;
  readonly webhookSecrets: Pick<KeyStore, 'readWebhookSecrets' | 'writeWebhookSecrets'>;
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
  /** When the API has taken a key. */
  readonly onDidAcceptKey: (listener: (environment: Environment) => void) => { dispose(): void };
  readonly onDidChangeKey: (listener: (environment: Environment) => void) => { dispose(): void };
}
