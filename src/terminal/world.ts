import type { RequestFiles, SendPorts } from '../app/ports';
import type { Timer, WebhookForwarder, WebhookListener } from '../app/webhooks/webhookPorts';
import type { Hmac, SignatureScheme } from '../core/webhook/signature';
import type { Digests } from '../core/webhook/trials';
import type { Names } from './nameAsOption';
import type { ScanPorts } from '../app/leaks/scanPorts';

/** A stream that may be a terminal. */
type MaybeTerminal<Stream> = Stream & { readonly isTTY?: boolean | undefined };

export interface Streams {
  readonly stdin: MaybeTerminal<NodeJS.ReadableStream>;
  readonly stdout: MaybeTerminal<NodeJS.WritableStream>;
  readonly stderr: MaybeTerminal<NodeJS.WritableStream>;
}

/** What a command line says about how to send; left out: the default. */
export interface SendArguments {
  readonly baseUrl: string | undefined;
  readonly concurrency: number | undefined;
  readonly timeoutSeconds: number | undefined;
  /** By name. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The ports of one command, and what they hold open. */
export interface OpenPorts {
  readonly ports: Omit<SendPorts, 'files' | 'consent'>;
  close(): Promise<void>;
}

/** The ports of the commands about webhooks. */
interface WebhookTools {
  readonly listener: WebhookListener;
  readonly forwarder: WebhookForwarder;
  readonly hmac: Hmac;
  readonly digests: Digests;
  readonly timer: Timer;
}

/** What the commands need of the process around them. */
export interface World {
  readonly version: string;
  readonly streams: Streams;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Aborted by a signal to the process, with the signal's number as the reason. */
  readonly interrupted: AbortSignal;
  readonly files: RequestFiles;
  /** What a check needs, which sends nothing. */
  readonly checkPorts: Pick<SendPorts, 'keys' | 'settings' | 'random' | 'clock'>;
  readonly scanPorts: ScanPorts;
  readonly names: Names;
  /** The bytes of a file as it was typed. Rejects with an Error that people can read. */
  readBytes(file: string): Promise<Uint8Array>;
  /** Writes a file as it was typed; `new`: only where there is none. Rejects with an Error that people can read. */
  writeText(file: string, text: string, mode: 'new' | 'replace'): Promise<void>;
  /** The absolute path of a file or folder as it was typed. */
  pathOf(file: string): string;
  /** The URI of a file as it was typed. */
  uriOf(file: string): string;
  open(options: SendArguments): Promise<OpenPorts>;
  /** What receives, signs and sends webhooks. */
  openWebhooks(): Promise<WebhookTools>;
  /** Rejects with an Error that people can read. */
  startSandbox(options: {
    readonly port: number;
    readonly deliverTo: readonly string[];
    readonly scheme: () => SignatureScheme;
  }): Promise<{ readonly baseUrl: string; stop(): Promise<void> }>;
}
