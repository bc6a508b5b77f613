import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { bundledChild } from '../bundledChild';
import { ended, start } from '../processes';
import type { Noted, Round, WindowStart } from './windowChild';

/** A window in a process of its own, as its parent sees it. */
export class WindowProcess {
  #isStopped = false;
  #isOver = false;
  #wake: (() => void) | undefined;
  #idleIn: unknown;

  private constructor(
    private readonly child: ChildProcess,
    readonly given: WindowStart,
  ) {
    child.on('message', (said) => {
      this.#idleIn = said;
      this.#wake?.();
    });
    child.once('exit', () => {
      this.#isOver = true;
      this.#wake?.();
    });
  }

  static async start(given: WindowStart): Promise<WindowProcess> {
    const script = await bundledChild('chaos/windowChild.ts');
    const child = start(process.execPath, [script, JSON.stringify(given)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const window = new WindowProcess(child, given);
    await window.#until('ready');
    return window;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Resolves when it is done with the round, or over. */
  async play(round: Round): Promise<void> {
    this.child.send(round, () => undefined);
    await this.#until(round.round);
  }

  stop(): void {
    if (!this.#isOver) this.#isStopped = this.child.kill('SIGSTOP');
  }

  goOn(): void {
    this.#isStopped = false;
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    this.#isStopped = false;
    this.child.kill('SIGKILL');
    await ended(this.child);
    this.#isOver = true;
  }

  /** What it was told by its journal, so far; half a line at the end is none. */
  async noted(): Promise<Noted[]> {
    const text = await readFile(this.given.log, 'utf8').catch(() => '');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Noted);
  }

  async #until(said: unknown): Promise<void> {
    while (this.#idleIn !== said && !this.#isOver)
      await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
