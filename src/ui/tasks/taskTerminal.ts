import { EventEmitter, type Pseudoterminal } from 'vscode';

export type Print = (line: string) => void;

/** The terminal of a task that the extension does itself: its lines, and at the end its exit code. */
export class TaskTerminal implements Pseudoterminal {
  readonly #written = new EventEmitter<string>();
  readonly #closed = new EventEmitter<number>();
  readonly #abort = new AbortController();

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  /** `work` resolves to the exit code. It does not reject. */
  constructor(private readonly work: (print: Print, signal: AbortSignal) => Promise<number>) {}

  open(): void {
    const print = (line: string) => this.#written.fire(`${line}\r\n`);
    void this.work(print, this.#abort.signal).then((code) => this.#closed.fire(code));
  }

  close(): void {
    this.#abort.abort();
  }

  handleInput(data: string): void {
    if (data === '\u0003') this.#abort.abort();
  }
}
