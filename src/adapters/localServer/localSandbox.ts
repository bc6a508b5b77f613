import { Signal } from '../../core/signal';
import type { SandboxServer } from '../../app/ports';
import type { Outcome, Simulated } from '../../core/webhook/outcomes';

interface RunningSandbox {
  readonly baseUrl: string;
  /** Absent where the server is not one of this process. */
  simulate?(invoiceId: string, outcome: Outcome, paidAmount?: string): Simulated;
  allowDelivery?(invoiceId: string): void;
  stop(): Promise<void>;
}

/** Starts the sandbox when it is first needed, once, and again after it was stopped. */
export class LocalSandbox implements SandboxServer {
  #running: Promise<RunningSandbox> | undefined;
  readonly #changed = new Signal();
  readonly onDidChange = this.#changed.subscribe;

  constructor(private readonly start: () => Promise<RunningSandbox>) {}

  async baseUrl(): Promise<string> {
    if (!this.#running) {
      this.#running = this.start();
      this.#running.then(
        () => this.#changed.fire(),
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

  async allowDelivery(invoiceId: string): Promise<void> {
    (await this.#running)?.allowDelivery?.(invoiceId);
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (!running) return;
    await running.then(
      (sandbox) => sandbox.stop(),
      () => undefined,
    );
    this.#changed.fire();
  }
}
