/** Time as the sandbox's payments and webhooks see it, so that a test can turn it forward. */
export interface SandboxClock {
  /** Unix milliseconds. */
  now(): number;
  /** Does something later, once; what it gives calls that off. */
  after(ms: number, action: () => void): () => void;
}

export const SYSTEM_CLOCK: SandboxClock = {
  now: () => Date.now(),
  after: (ms, action) => {
    // Unreferenced: what keeps the process alive is the server, not a webhook that is due later.
    const timer = setTimeout(action, ms).unref();
    return () => clearTimeout(timer);
  },
};
