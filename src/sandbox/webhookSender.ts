import { createHmac } from 'node:crypto';
import { type EventBody, GUESS_HEADER, GUESSED_IN_EVENT, type SendingAction } from '../core/webhook/outcomes';
import {
  DEFAULT_SCHEME,
  IDEMPOTENCY_HEADER,
  SANDBOX_WEBHOOK_SECRET,
  sign,
  SIGNATURE_HEADER,
  type SignatureScheme,
  TIMESTAMP_HEADER,
} from '../core/webhook/signature';
import type { SandboxClock } from './clock';
import { post, type PostEnd } from './post';

/** Before each further attempt, in milliseconds. A guess: the vendor documents that it retries, not when. */
export const RETRY_AFTER = [30_000, 120_000, 600_000] as const;

/** Documented: a handler has 15 seconds. */
const TIMEOUT = 15_000;

export interface Attempt {
  /** Unix milliseconds. */
  readonly at: number;
  /** Absent while it is under way. */
  end?: PostEnd & { readonly durationMs: number };
}

/**
 * `not-allowed`: nobody has allowed the origin; `sending`: an attempt is under way; `waiting`: for the next attempt, at
 * Unix milliseconds; `paused`: it waits for a person.
 */
type DeliveryState =
  | { readonly kind: 'not-allowed' | 'paused' | 'delivered' | 'given-up' }
  | { readonly kind: 'sending'; readonly settled: Promise<void> }
  | { readonly kind: 'waiting'; readonly at: number; readonly callOff: () => void };

/** A webhook on its way. */
export interface Delivery {
  readonly event: EventBody;
  /** The very bytes that are sent, each time the same. */
  readonly body: Buffer;
  readonly url: URL;
  readonly attempts: Attempt[];
  state: DeliveryState;
}

export interface SenderOptions {
  readonly clock: SandboxClock;
  /** Asked at each attempt. */
  readonly scheme?: () => SignatureScheme;
  /** The origin of this window's own listener while it listens; asked at each attempt. */
  readonly listener?: () => string | undefined;
  /** Further origins that a person has allowed. */
  readonly deliverTo?: readonly string[];
}

/**
 * Sends the webhooks of the sandbox: signed, to allowed origins alone, and again on a schedule of its own. A
 * `callback_url` stands in a file that may be a stranger's, so that this machine's other servers need a person's yes, too.
 */
export class WebhookSender {
  readonly #options: SenderOptions;
  readonly #allowed: Set<string>;
  readonly #stopped = new AbortController();
  readonly #listeners = new Set<() => void>();

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#allowed = new Set(options.deliverTo);
  }

  /** Unix milliseconds. */
  now(): number {
    return this.#options.clock.now();
  }

  /** Tells of each change of a delivery. What it gives ends that. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  begin(event: EventBody, url: string): Delivery {
    const delivery: Delivery = {
      event,
      body: Buffer.from(JSON.stringify(event)),
      url: new URL(url),
      attempts: [],
      state: { kind: 'not-allowed' },
    };
    this.retryNow(delivery);
    return delivery;
  }

  isAllowed({ origin }: URL): boolean {
    return this.#allowed.has(origin) || this.#options.listener?.() === origin;
  }

  /** A person's yes to an origin, for as long as this sandbox runs. */
  allow({ origin }: URL): void {
    this.#allowed.add(origin);
  }

  /** Does what a person asks, as far as the state of the delivery has it. */
  act(delivery: Delivery, action: SendingAction): void {
    switch (action) {
      case 'allow':
        this.allow(delivery.url);
        this.retryNow(delivery);
        return;
      case 'retry':
        this.retryNow(delivery);
        return;
      case 'pause':
        this.pause(delivery);
        return;
      case 'resume':
        this.resume(delivery);
        return;
    }
  }

  /** An attempt at once, unless one is under way or has worked. */
  retryNow(delivery: Delivery): void {
    const { state, url } = delivery;
    if (state.kind === 'sending' || state.kind === 'delivered' || this.#stopped.signal.aborted) return;
    if (state.kind === 'waiting') state.callOff();
    if (this.isAllowed(url)) delivery.state = { kind: 'sending', settled: this.#attempt(delivery) };
    else delivery.state = { kind: 'not-allowed' };
    this.#changed();
  }

  /** Resolves when the attempt that is under way has ended, and after 2 seconds at the latest. */
  async settled({ state }: Delivery): Promise<void> {
    if (state.kind !== 'sending') return;
    await new Promise<void>((resolve) => {
      const callOff = this.#options.clock.after(2_000, resolve);
      void state.settled.then(resolve).finally(callOff);
    });
  }

  /** Has the next attempt wait for {@link resume}. */
  pause(delivery: Delivery): void {
    if (delivery.state.kind !== 'waiting') return;
    delivery.state.callOff();
    delivery.state = { kind: 'paused' };
    this.#changed();
  }

  /** Waits for the next attempt anew, as long as the schedule says. */
  resume(delivery: Delivery): void {
    if (delivery.state.kind === 'paused') this.#scheduleNext(delivery);
  }

  /** Ends what is under way; nothing is sent any longer. */
  stop(): void {
    this.#stopped.abort();
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { body, url, event } = delivery;
    const { clock, scheme } = this.#options;
    const attempt: Attempt = { at: clock.now() };
    delivery.attempts.push(attempt);
    const signed = sign(
      (algorithm, key, data) => createHmac(algorithm, key).update(data).digest(),
      scheme?.() ?? DEFAULT_SCHEME,
      SANDBOX_WEBHOOK_SECRET,
      body,
      attempt.at / 1000,
      event.event_id,
    );
    const headers = {
      'Content-Type': 'application/json',
      [SIGNATURE_HEADER]: signed.signature,
      [TIMESTAMP_HEADER]: signed.timestamp,
      [IDEMPOTENCY_HEADER]: event.event_id,
      [GUESS_HEADER]: GUESSED_IN_EVENT,
    };
    const deadline = new AbortController();
    const callOff = clock.after(TIMEOUT, () => deadline.abort());
    const stopped = this.#stopped.signal;
    const end = await post(url, headers, body, AbortSignal.any([deadline.signal, stopped]));
    callOff();
    if (stopped.aborted) return;
    attempt.end = {
      ...(deadline.signal.aborted ? { fault: 'no response within 15 s' } : end),
      durationMs: clock.now() - attempt.at,
    };
    const { status } = attempt.end;
    if (status !== undefined && status >= 200 && status < 300) {
      delivery.state = { kind: 'delivered' };
      this.#changed();
    } else this.#scheduleNext(delivery);
  }

  #scheduleNext(delivery: Delivery): void {
    const wait = RETRY_AFTER[delivery.attempts.length - 1];
    if (wait === undefined) delivery.state = { kind: 'given-up' };
    else {
      const callOff = this.#options.clock.after(wait, () => this.retryNow(delivery));
      delivery.state = { kind: 'waiting', at: this.now() + wait, callOff };
    }
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
