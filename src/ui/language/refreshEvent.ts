import { EventEmitter, window, type TextDocument } from 'vscode';

/** In milliseconds, until the first repetition; each later pause is twice as long. */
const PAUSE_MS = 1000;

/** VS Code puts a refresh off by about as long as the last ones took: by seconds on a machine that is busy. */
const REPETITIONS = 6;

/**
 * Has VS Code ask a provider anew, and says so again until it does: it drops a refresh that waits when the editor loses
 * the focus, and does not listen before what it asked for first has come.
 */
export class RefreshEvent {
  readonly #emitter = new EventEmitter<void>();
  readonly event = this.#emitter.event;
  #again: NodeJS.Timeout | undefined;

  fire(): void {
    this.#emitter.fire();
    this.#repeat(0);
  }

  /** To be called when VS Code asks for a document: that of the editor with the focus is the one that it drops. */
  asked(document: TextDocument): void {
    const { activeTextEditor } = window;
    if (!activeTextEditor || activeTextEditor.document === document) clearTimeout(this.#again);
  }

  dispose(): void {
    clearTimeout(this.#again);
    this.#emitter.dispose();
  }

  #repeat(times: number): void {
    clearTimeout(this.#again);
    if (times === REPETITIONS) return;
    this.#again = setTimeout(
      () => {
        this.#emitter.fire();
        this.#repeat(times + 1);
      },
      PAUSE_MS * 2 ** times,
    );
  }
}
