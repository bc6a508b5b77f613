import { Signal } from '../../core/signal';
import type { PlacedLeak } from './leakScanner';

/** The keys in one file as it was when it was looked at. */
export interface FileLeaks {
  readonly leaks: readonly PlacedLeak[];
  /** The version of the open document that was looked at; absent for a file on disk. */
  readonly version?: number;
}

/** What is known of keys in files, for whoever shows it. */
export class LeakStore {
  readonly #files = new Map<string, FileLeaks>();
  readonly #changed = new Signal<string>();
  /** Told of the file. */
  readonly onDidChange = this.#changed.subscribe;

  of(uri: string): FileLeaks | undefined {
    return this.#files.get(uri);
  }

  /** The files with keys in them. */
  uris(): readonly string[] {
    return [...this.#files.keys()];
  }

  set(uri: string, found: FileLeaks): void {
    const before = this.#files.get(uri);
    if (found.leaks.length > 0) this.#files.set(uri, found);
    else this.#files.delete(uri);
    if (before || found.leaks.length > 0) this.#changed.fire(uri);
  }
}
