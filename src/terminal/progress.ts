import type { Streams } from './world';

/** Counts what is done on one line of a terminal; elsewhere it is silent. */
export class Progress {
  #done = 0;
  #total = 0;

  constructor(private readonly stderr: Streams['stderr']) {}

  begin(total: number): void {
    this.#total = total;
  }

  /** For what is not counted one by one. */
  at(done: number, total: number): void {
    this.#total = total;
    this.#done = done - 1;
    this.step();
  }

  step(): void {
    this.#done += 1;
    if (this.#isShown) this.stderr.write(`\r${this.#done} of ${this.#total}`);
  }

  /** Leaves nothing behind, until the next step. */
  clear(): void {
    if (this.#isShown && this.#done > 0) this.stderr.write('\r\u001b[K');
  }

  get #isShown(): boolean {
    return this.stderr.isTTY === true && this.#total > 1;
  }
}
