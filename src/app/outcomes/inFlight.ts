import { Signal } from '../../core/signal';
import type { Environment } from '../../core/environments/environment';
import type { Clock } from '../ports';
import type { SentReport } from './sentReport';

/** What of a file: all of its requests, or one of them. */
export interface FlightItem {
  readonly uri: string;
  readonly index?: number;
}

/** A send whose requests are on their way, or a call of an endpoint. */
export interface Flight {
  readonly id: number;
  readonly items: readonly FlightItem[];
  /** The endpoint, of a call: it has no items. */
  readonly endpoint?: string;
  /** Requests in it. */
  readonly count: number;
  /** Those of them whose end is not known yet. */
  readonly left: number;
  readonly environment: Environment;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** One that has begun. */
export interface OwnFlight {
  /** One of its requests is over. */
  settle(sent: SentReport): void;
  end(): void;
}

interface Entry {
  readonly flight: Omit<Flight, 'left'>;
  readonly abort: AbortController;
  /** What came of those requests that are over, by file and place. */
  readonly settled: Map<string, SentReport>;
}

/** What is under way. Whoever shows it listens. */
export class InFlight {
  readonly #flights = new Map<number, Entry>();
  readonly #changed = new Signal();
  /** Told when one begins or ends. */
  readonly onDidChange = this.#changed.subscribe;
  readonly #settled = new Signal<SentReport>();
  /** Told of each request that is over before its flight is. */
  readonly onDidSettle = this.#settled.subscribe;
  #lastId = 0;

  constructor(private readonly clock: Clock) {}

  /** Begins one; what is given ends it. Cancelling it aborts the controller. */
  begin(flight: Omit<Flight, 'id' | 'startedAt' | 'left'>, abort: AbortController): OwnFlight {
    const id = ++this.#lastId;
    const startedAt = this.clock.now().toISOString();
    const settled = new Map<string, SentReport>();
    this.#flights.set(id, { flight: { ...flight, id, startedAt }, abort, settled });
    this.#changed.fire();
    return {
      settle: (sent) => {
        settled.set(placeOf(sent.uri, sent.report.index), sent);
        this.#settled.fire(sent);
      },
      end: () => {
        if (this.#flights.delete(id)) this.#changed.fire();
      },
    };
  }

  /** Oldest first. */
  list(): readonly Flight[] {
    return [...this.#flights.values()].map(flightOf);
  }

  /** The last one that a request is part of. */
  of(uri: string, index: number): Flight | undefined {
    const entry = this.#entryOf(uri, index);
    return entry && flightOf(entry);
  }

  /** What came of a request that is over, while others of its flight are not. */
  settled(uri: string, index: number): SentReport | undefined {
    return this.#entryOf(uri, index)?.settled.get(placeOf(uri, index));
  }

  /** Requests that have left are then `unanswered`, the others `cancelled`. It is over once those are told. */
  cancel(id: number): void {
    this.#flights.get(id)?.abort.abort();
  }

  #entryOf(uri: string, index: number): Entry | undefined {
    return [...this.#flights.values()].findLast(({ flight: { items } }) =>
      items.some((item) => item.uri === uri && (item.index === undefined || item.index === index)),
    );
  }
}

function flightOf({ flight, settled }: Entry): Flight {
  return { ...flight, left: flight.count - settled.size };
}

function placeOf(uri: string, index: number): string {
  return `${index} ${uri}`;
}
