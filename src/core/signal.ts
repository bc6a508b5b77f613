/** Tells listeners of something, in the order in which they came. One that throws is a bug, and ends the telling. */
export class Signal<Value = void> {
  readonly #listeners = new Set<(value: Value) => void>();

  fire(value: Value): void {
    for (const listener of this.#listeners) listener(value);
  }

  /** Subscribes. Disposing of what is given unsubscribes. */
  readonly subscribe = (listener: (value: Value) => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };
}
