import { Signal } from '../../core/signal';
import type { SandboxServer } from '../../app/ports';

interface RunningSandbox {
  readonly baseUrl: string;
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
