import type { Environment } from '../../core/environments/environment';
import type { Clock } from '../ports';

/** What of a file: all of its requests, or one of them. */
export interface FlightItem {
  readonly uri: string;
  readonly index?: number;
}

/** A send whose requests are on their way. */
export interface Flight {
  readonly id: number;
  readonly items: readonly FlightItem[];
  /** Requests in it. */
  readonly count: number;
  readonly environment: Environment;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** The sends that are under way. Whoever shows them listens. */
export class InFlight {
  readonly #flights = new Map<number, { readonly flight: Flight; readonly abort: AbortController }>();
  readonly #listeners = new Set<() => void>();
  #lastId = 0;

  constructor(private readonly clock: Clock) {}

  /** Begins one; what is given ends it. Cancelling it aborts the controller. */
  begin(flight: Omit<Flight, 'id' | 'startedAt'>, abort: AbortController): { end(): void } {
    const id = ++this.#lastId;
    this.#flights.set(id, {
      flight: { ...flight, id, startedAt: this.clock.now().toISOString() },
      abort,
    });
    this.#tell();
    return {
      end: () => {
        if (this.#flights.delete(id)) this.#tell();
      },
    };
  }

  /** Oldest first. */
  list(): readonly Flight[] {
    return [...this.#flights.values()].map(({ flight }) => flight);
  }

  /** The last one that a request is part of. */
  of(uri: string, index: number): Flight | undefined {
    return this.list().findLast(({ items }) =>
      items.some((item) => item.uri === uri && (item.index === undefined || item.index === index)),
    );
  }

  /** Requests that have left are then `unanswered`, the others `cancelled`. It is over once those are told. */
  cancel(id: number): void {
    this.#flights.get(id)?.abort.abort();
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
