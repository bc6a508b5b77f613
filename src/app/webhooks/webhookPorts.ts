import type { Header } from '../../core/report/exchange';
import type { DeliveryEnd } from '../../core/webhook/delivery';

/** A webhook as it came over the wire. */
export interface IncomingWebhook {
  /** As they came: in order, with their case, repeated ones too. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface ListenOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Whether a name in a `Host` header is one of ours beside those of this machine: lower case, without a port. */
  readonly isOwnHost: (hostname: string) => boolean;
  /** Gives the status that the sender is answered with. Must not reject. */
  readonly receive: (webhook: IncomingWebhook) => Promise<number>;
}

export interface Listening {
  readonly port: number;
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  /** Ends every connection at once. Can be called again. */
  stop(): Promise<void>;
}

export type ListenResult =
  | { readonly ok: true; readonly listening: Listening }
  /** `detail`: why, for people. */
  | { readonly ok: false; readonly fault: 'port-in-use' | 'not-allowed' | 'other'; readonly detail: string };

/** A server on 127.0.0.1 that takes webhooks and refuses what is none. */
export interface WebhookListener {
  /** Never rejects. */
  listen(options: ListenOptions): Promise<ListenResult>;
}

/** Posts a webhook to a handler, byte for byte. */
export interface WebhookForwarder {
  /**
   * Never rejects. `headers`: all but those that the connection needs. `stop` ends it as `timeout` where its reason
   * is `'timeout'`, else as `stopped`. `method`: POST, unless a check of a handler asks what else it takes.
   */
  post(
    url: string,
    headers: readonly Header[],
    body: Uint8Array,
    stop: AbortSignal,
    method?: 'POST' | 'GET',
  ): Promise<DeliveryEnd>;
}

/** Measures time and waits. */
export interface Timer {
  /** In milliseconds, from any moment on. */
  elapsed(): number;
  /** Calls back after so many milliseconds, unless what it gives is called before. */
  after(ms: number, callback: () => void): () => void;
}
