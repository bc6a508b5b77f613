import { EventEmitter } from 'vscode';

/** In milliseconds: longer than VS Code puts a refresh off. */
const TELL_AGAIN_MS = 1000;

/**
 * Has VS Code ask a provider anew, and once more after a second: it drops a refresh that waits when the editor loses the
 * focus, and does not listen before what it asked for first has come.
 */
export class RefreshEvent {
  readonly #emitter = new EventEmitter<void>();
  readonly event = this.#emitter.event;
  #again: NodeJS.Timeout | undefined;

  fire(): void {
    this.#emitter.fire();
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#emitter.fire(), TELL_AGAIN_MS);
  }

  dispose(): void {
    clearTimeout(this.#again);
    this.#emitter.dispose();
  }
}
