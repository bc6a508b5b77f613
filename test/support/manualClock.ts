import type { SandboxClock } from '../../src/sandbox/clock';

/** A clock that moves when a test says so. */
export class ManualClock implements SandboxClock {
  #now: number;
  readonly #due = new Set<{ readonly at: number; readonly action: () => void }>();

  constructor(now = Date.UTC(2026, 10, 26, 12)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): () => void {
    const entry = { at: this.#now + ms, action };
    this.#due.add(entry);
    return () => this.#due.delete(entry);
  }

  /** How long until something is due, in milliseconds. */
  get waiting(): number[] {
    return Array.from(this.#due, ({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  /** Moves on, and does what is due by then, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#due].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#due.delete(next);
      this.#now = next.at;
      next.action();
    }
    this.#now = end;
  }
}
