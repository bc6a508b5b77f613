import type { PlaceholderValues } from '../core/document/placeholders';
import type { ApiKey } from '../core/environments/apiKey';
import type { Environment, RemoteEnvironment } from '../core/environments/environment';
import type { Exchange, Header, Timings } from '../core/report/exchange';
import type { Compaction } from '../core/journal/compaction';
import type { Place } from '../core/journal/merge';
import type { SentRecord } from '../core/journal/record';
import type { OwnedKey } from '../core/leaks/keyFinder';
import type { Report } from '../core/report/report';
import type { SandboxSending } from '../core/webhook/delivery';
import type { Outcome, SendingAction, Simulated } from '../core/webhook/outcomes';
import type { Caution } from '../core/problems/cautions';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange, the last byte included. */
  readonly timeoutMs: number;
}

/** How an exchange ended. Redirects are responses, and are never followed. */
export type HttpEnd =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly location: string | undefined;
      /** The `Retry-After` header. */
      readonly retryAfter?: string | undefined;
      readonly body: string;
    }
  /** No connection came to stand, its TLS handshake included: nothing of the request left this machine. */
  | { readonly kind: 'never-left'; readonly detail: string }
  /** Stopped by the caller's signal before that. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'reset'; readonly detail: string }
  /** What came is not HTTP; `detail` is the code of Node's parser: `HPE_INVALID_CONSTANT`. */
  | { readonly kind: 'not-http'; readonly detail: string }
  | { readonly kind: 'timeout' }
  /** Stopped by the caller's signal after the request may have left. */
  | { readonly kind: 'stopped' }
  /** A response began, and did not end as it should. */
  | { readonly kind: 'short' | 'too-large'; readonly status: number };

/** What is known of an exchange, however it ended. */
export interface HttpCourse {
  readonly timings: Timings;
  /** The headers that were sent beside those of the request. */
  readonly added: readonly Header[];
  /** As far as a response came. */
  readonly received?: {
    readonly status: number;
    readonly headers: readonly Header[];
    /** Bytes of the body, unpacked. */
    readonly size: number;
    /** False where the body is neither UTF-8 nor what its charset says: each wrong byte is U+FFFD in its text. */
    readonly isUtf8: boolean;
  };
}

export type HttpResult = HttpEnd & { readonly course: HttpCourse };

export interface Http {
  /** Never rejects. */
  exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpResult>;
}

export interface StoredKey {
  /** `undefined` for the sandbox alone: it is sent no key. */
  readonly key: ApiKey | undefined;
  /** The origin that the key was given for. */
  readonly origin: string;
  /** ISO 8601. */
  readonly storedAt: string;
  /** When the API last took it, ISO 8601; absent where it never did, as far as is known. */
  readonly acceptedAt?: string | undefined;
}

export type KeyReading =
  | { readonly state: 'present'; readonly stored: StoredKey }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable' };

/** The webhook secrets of an environment. */
export type SecretReading =
  /** Newest first; two while one is being rotated. */
  | { readonly state: 'present'; readonly secrets: readonly ApiKey[] }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable' };

/** Everything that must be found in files and taken out of texts. */
export interface StoredSecrets {
  read(environment: Environment): Promise<KeyReading>;
  readWebhookSecrets(environment: RemoteEnvironment): Promise<SecretReading>;
}

/** The keys and webhook secrets of all environments. */
export interface StoredKeys {
  readonly keys: readonly OwnedKey[];
  /** The environments of which something cannot be read. */
  readonly unreadable: readonly Environment[];
  /** Takes every one of them out of a text. */
  readonly redact: (text: string) => string;
}

/** Where keys and webhook secrets are kept. No method rejects. */
export interface KeyStore extends StoredSecrets {
  /** All that is stored, to be found in texts and taken out of them. It is read once until something changes. */
  readAll(): Promise<StoredKeys>;
  /** False where it could not be kept. */
  write(environment: Environment, stored: StoredKey): Promise<boolean>;
  remove(environment: Environment): Promise<boolean>;
  /** Newest first; none removes them. False where they could not be kept. */
  writeWebhookSecrets(environment: RemoteEnvironment, secrets: readonly ApiKey[]): Promise<boolean>;
  /** The API has taken the key that was stored then. */
  accepted(environment: Environment, storedAt: string, at: Date): Promise<void>;
}

/** What the storage of secrets holds for no environment that there is. */
export interface LeftoverSecrets {
  /** 0 where the storage does not tell. */
  countLeftovers(): Promise<number>;
  /** False where something could not be removed. */
  removeLeftovers(): Promise<boolean>;
}

/** The user's settings; never those of a workspace where data or a key could go elsewhere by them. */
export interface Settings {
  baseUrl(environment: RemoteEnvironment): string;
  /** What `{{$webhookUrl}}` is to stand for, as far as that is known before a send; nothing is started for it. */
  webhookUrl(environment: Environment): string | undefined;
  timeoutSeconds(): number;
  /** Requests in flight at once. */
  concurrency(): number;
  variables(environment: Environment): Readonly<Record<string, string>>;
  /** Whether a person is asked before a single request of theirs to prod; false only where their settings say so. */
  confirmsProd(): boolean;
  /** By field name. */
  defaultUrls(): Readonly<Record<string, string>>;
}

/** The server on this machine. */
export interface SandboxServer {
  /** Ends the payment of an invoice that the running sandbox has created, and sends its webhook. */
  simulate(invoiceId: string, outcome: Outcome, paidAmount?: string): Promise<Simulated>;
  /** The webhook of an invoice whose payment has ended, while the sandbox that sends it runs. */
  sending(invoiceId: string): SandboxSending | undefined;
  /** Does what a person asks of that webhook. */
  control(invoiceId: string, action: SendingAction): Promise<void>;
  /** Told when a webhook is sent, and of what becomes of that. */
  onDidSend(listener: () => void): { dispose(): void };
  /** Starts it where it does not run yet; gives its base URL. Rejects where no server can be started. */
  baseUrl(): Promise<string>;
  isRunning(): boolean;
  stop(): Promise<void>;
  onDidChange(listener: () => void): { dispose(): void };
}

/** The environment that this workspace works with. */
export interface ActiveEnvironment {
  get(): Environment;
  set(environment: Environment): Promise<void>;
  onDidChange(listener: (environment: Environment) => void): { dispose(): void };
}

export type FileReading =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: 'not-utf-8' }
  | { readonly ok: false; readonly fault: 'unreadable'; readonly detail: string };

export interface RequestFiles {
  /** The text as it stands now, unsaved changes included. Never rejects. */
  read(uri: string): Promise<FileReading>;
}

/** A file that belongs to nothing that was opened to work in. */
export interface OutsideFile {
  readonly uri: string;
  /** Where it really is, links resolved: a path, or a URI where it is on no disk. */
  readonly place: string;
}

/** What a person is asked before anything leaves this machine. */
export interface SendSummary {
  readonly environment: Environment;
  readonly host: string;
  readonly count: number;
  /** Whether the host is that of prod. */
  readonly isReal: boolean;
  /** Per currency, as decimal strings: `[{ currency: "EUR", amount: "15.00" }]`. */
  readonly totals: readonly { readonly currency: string; readonly amount: string }[];
  readonly outside: readonly OutsideFile[];
  readonly cautions: readonly Caution[];
}

export interface Consent {
  /** Whether this workspace may send at all. */
  isTrusted(): boolean;
  /** Of these files, those that nobody has vouched for. Never rejects. */
  filesOutside(uris: readonly string[]): Promise<readonly OutsideFile[]>;
  confirm(summary: SendSummary): Promise<boolean>;
}

export interface Clock {
  now(): Date;
}

/** What is written down of each send, so that none is lost when the program ends before the response is in. */
export interface Journal {
  /**
   * Resolves once the disk has the request that is about to leave; what it gives writes down what came of it.
   * Neither rejects: where the disk takes nothing, the request is sent all the same.
   */
  begin(request: Departure): Promise<(end: SendEnd) => Promise<void>>;
}

export interface SendEnd {
  readonly report: Report;
  /** Absent where nothing was sent. */
  readonly exchange?: Exchange;
}

/** A file of the journal as it is now. */
export interface JournalFile {
  readonly name: string;
  /** The session that appends to it, or did; absent for the file that was made of others. */
  readonly session?: string;
  /** Nobody appends to it any longer. */
  readonly isSealed: boolean;
  /** The same for a file that was only renamed. */
  readonly identity: string;
  /** In bytes. */
  readonly size: number;
}

export interface JournalListing {
  /** How often the files have been made one. */
  readonly generation: number;
  /** The one that was made of others comes first. */
  readonly files: readonly JournalFile[];
  /** Names of what compactions have left behind: it is not read, and may hold what was deleted. */
  readonly copies: readonly string[];
}

export interface JournalLine {
  /** In bytes. */
  readonly offset: number;
  readonly length: number;
  /** Absent where it is too long to be one of ours. */
  readonly text: string | undefined;
}

/**
 * A run of the extension in some window. Files of one on this machine can be sealed, since it notices; one
 * `elsewhere`, on another machine that shares the folder, may notice too late.
 */
export type SessionState = 'here' | 'elsewhere' | 'ended';

/** Where the journal is kept: lines in files, one session appending to each. */
export interface JournalFiles {
  /**
   * Adds a line, its break included. Resolves when it is written, or, with `durably`, when it is on the disk: to false
   * where the disk does not take it, which is then tried again while this session runs. Does not reject.
   */
  append(line: string, durably: boolean): Promise<boolean>;
  /** Tries now to write what the disk has not taken; false where something is left. Does not reject. */
  catchUp(): Promise<boolean>;
  /** This session counts as running until what it gives is called, though the window is being closed. */
  hold(): () => void;
  stateOf(session: string): Promise<SessionState>;
  /** Rejects where the folder cannot be read. */
  list(): Promise<JournalListing>;
  /** The whole lines from an offset on, many at once. Rejects where the file cannot be read, or is gone. */
  lines(file: JournalFile, from: number): AsyncIterable<readonly JournalLine[]>;
  /** A line, or nothing where it stands there no longer. */
  read(place: Place): Promise<string | undefined>;
  /** The whole path of a file. */
  pathOf(name: string): string;
  /** Has nobody append to these files any longer: who wants to opens another one. */
  seal(files: readonly JournalFile[]): Promise<void>;
  /**
   * Puts one file in the place of others, completely or not at all, and removes those. `generation`: the one that this
   * makes. Resolves to false where another window has made it meanwhile; rejects where the disk does not take it.
   */
  replace(generation: number, compaction: Compaction): Promise<boolean>;
  /** Removes sealed files, and what compactions have left behind, as far as that is possible; never the base. */
  remove(names: readonly string[]): Promise<void>;
  /** Tells the user, once until it has worked in between. */
  failed(what: JournalTrouble, error: unknown): void;
  worked(what: JournalTrouble): void;
}

/** What the journal cannot do: keep what is sent, make its files one, show what they hold, or take over what was kept before. */
export type JournalTrouble = 'append' | 'compact' | 'read' | 'take-over';

export type Departure = Pick<SentRecord, 'uri' | 'index' | 'environment' | 'batch' | 'url' | 'body'>;

/** What sending needs from the outside. */
export interface SendPorts {
  readonly http: Http;
  readonly keys: KeyStore;
  readonly settings: Settings;
  readonly sandbox: SandboxServer;
  readonly files: RequestFiles;
  readonly consent: Consent;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Pick<PlaceholderValues, 'uuid' | 'randomInt'>;
  /** What `{{$webhookUrl}}` stands for at a send; starts this window's listener where that is it. Never rejects. */
  readonly webhookUrl: (environment: Environment) => Promise<string | undefined>;
}
