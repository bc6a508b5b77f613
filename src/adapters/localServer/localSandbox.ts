import { Signal } from '../../core/signal';
import type { SandboxServer } from '../../app/ports';
import type { SandboxAttempt, SandboxSending } from '../../core/webhook/delivery';
import type { Outcome, SendingAction, Simulated } from '../../core/webhook/outcomes';

interface RunningSandbox {
  readonly baseUrl: string;
  /** Absent where the server is not one of this process. */
  simulate?(invoiceId: string, outcome: Outcome, paidAmount?: string): Simulated;
  control?(invoiceId: string, action: SendingAction): void;
  delivery?(invoiceId: string):
    | {
        readonly url: URL;
        readonly attempts: readonly SandboxAttempt[];
        readonly state: { readonly kind: SandboxSending['state']; readonly at?: number };
      }
    | undefined;
  readonly sender?: { onDidChange(listener: () => void): unknown };
  stop(): Promise<void>;
}

/** Starts the sandbox when it is first needed, once, and again after it was stopped. */
export class LocalSandbox implements SandboxServer {
  #running: Promise<RunningSandbox> | undefined;
  readonly #changed = new Signal();
  readonly onDidChange = this.#changed.subscribe;
  readonly #sends = new Signal();
  readonly onDidSend = this.#sends.subscribe;
  #ready: RunningSandbox | undefined;

  constructor(private readonly start: () => Promise<RunningSandbox>) {}

  async baseUrl(): Promise<string> {
    if (!this.#running) {
      const starting = (this.#running = this.start());
      starting.then(
        (sandbox) => {
          if (this.#running === starting) this.#ready = sandbox;
          sandbox.sender?.onDidChange(() => this.#sends.fire());
          this.#changed.fire();
        },
        () => (this.#running = undefined),
      );
    }
    return (await this.#running).baseUrl;
  }

  isRunning(): boolean {
    return this.#running !== undefined;
  }

  async simulate(invoiceId: string, outcome: Outcome, paidAmount?: string): Promise<Simulated> {
    const running = await this.#running;
    return running?.simulate?.(invoiceId, outcome, paidAmount) ?? { ok: false, refusal: 'unknown-invoice' };
  }

  sending(invoiceId: string): SandboxSending | undefined {
    const delivery = this.#ready?.delivery?.(invoiceId);
    if (!delivery) return undefined;
    const { url, attempts, state } = delivery;
    return {
      origin: url.origin,
      attempts,
      state: state.kind,
      ...(state.at === undefined ? {} : { nextAt: state.at }),
    };
  }

  async control(invoiceId: string, action: SendingAction): Promise<void> {
    (await this.#running)?.control?.(invoiceId, action);
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#ready = undefined;
    if (!running) return;
    await running.then(
      (sandbox) => sandbox.stop(),
      () => undefined,
    );
    this.#sends.fire();
    this.#changed.fire();
  }
}
