import type { Environment } from '../core/environments/environment';
import type { SendItem } from './drafts';
import { InFlight, type FlightItem } from './inFlight';
import type { SendPorts } from './ports';
import type { ReportStore } from './reportStore';
import type { SentReport } from './reporter';
import { sendInvoices, type SendOptions, type SendResult } from './sendInvoices';

interface Run {
  readonly item: SendItem;
  readonly environment: Environment;
  readonly done: Promise<SendResult>;
}

/**
 * Sends, and puts what came of it into the store. A request that is being sent to an environment is not
 * sent there a second time: whoever asks for it again gets the result of the first.
 */
export class Sender {
  readonly inFlight: InFlight;
  readonly #running = new Set<Run>();

  constructor(
    private readonly ports: SendPorts,
    private readonly store: ReportStore,
  ) {
    this.inFlight = new InFlight(ports.clock);
  }

  async send(
    items: readonly SendItem[],
    environment: Environment,
    options: SendOptions,
  ): Promise<SendResult> {
    const joined = new Set<Promise<SendResult>>();
    const fresh: SendItem[] = [];
    for (const item of withoutRepeats(items)) {
      const run = this.#runOf(item, environment);
      if (run) joined.add(run.done);
      else fresh.push(item);
    }
    if (fresh.length > 0) joined.add(this.#begin(fresh, environment, options));
    const results = await Promise.all(joined);
    const isAsked = (uri: string, index?: number) =>
      items.some(
        (item) =>
          item.uri === uri && (item.index === undefined || index === undefined || item.index === index),
      );
    return {
      reports: results
        .flatMap(({ reports }) => reports)
        .filter(({ uri, report }) => isAsked(uri, report.index)),
      unreadable: results.flatMap(({ unreadable }) => unreadable).filter(({ uri }) => isAsked(uri)),
    };
  }

  /** Whether all of this is being sent there already, so that sending it adds nothing and cannot be stopped by itself. */
  isSending(items: readonly SendItem[], environment: Environment): boolean {
    return items.every((item) => this.#runOf(item, environment) !== undefined);
  }

  #runOf(item: SendItem, environment: Environment): Run | undefined {
    return [...this.#running].find((other) => other.environment === environment && overlap(other.item, item));
  }

  #begin(items: readonly SendItem[], environment: Environment, options: SendOptions): Promise<SendResult> {
    const done = this.#send(items, environment, options);
    const runs = items.map((item) => ({ item, environment, done }));
    for (const run of runs) this.#running.add(run);
    const end = () => {
      for (const run of runs) this.#running.delete(run);
    };
    done.then(end, end);
    return done;
  }

  async #send(
    items: readonly SendItem[],
    environment: Environment,
    options: SendOptions,
  ): Promise<SendResult> {
    const abort = new AbortController();
    let flight: ReturnType<InFlight['begin']> | undefined;
    try {
      const result = await sendInvoices(items, environment, this.ports, {
        ...options,
        signal: AbortSignal.any([options.signal, abort.signal]),
        onTarget: (target, count) => {
          if (count > 0)
            flight = this.inFlight.begin({ items: items.map(itemOf), count, environment }, abort);
          options.onTarget?.(target, count);
        },
      });
      // Whoever hears that it is over finds what came of it.
      for (const item of items) this.#keep(item, result.reports);
      return result;
    } finally {
      flight?.end();
    }
  }

  #keep({ uri, index }: SendItem, reports: readonly SentReport[]): void {
    const own = reports.filter(
      (sent) => sent.uri === uri && (index === undefined || sent.report.index === index),
    );
    if (own.length > 0) this.store.put(uri, own, index === undefined);
  }
}

function itemOf({ uri, index }: SendItem): FlightItem {
  return { uri, ...(index === undefined ? {} : { index }) };
}

/** What is asked for twice is sent once, and an element of a file that is sent as a whole is part of that. */
function withoutRepeats(items: readonly SendItem[]): SendItem[] {
  const byFile = new Map<string, Map<number | undefined, SendItem>>();
  for (const item of items) {
    const ofFile = byFile.get(item.uri) ?? new Map<number | undefined, SendItem>();
    byFile.set(item.uri, ofFile);
    if (item.index === undefined) ofFile.clear();
    if (!ofFile.has(undefined) && !ofFile.has(item.index)) ofFile.set(item.index, item);
  }
  return [...byFile.values()].flatMap((ofFile) => [...ofFile.values()]);
}

function overlap(a: SendItem, b: SendItem): boolean {
  return a.uri === b.uri && (a.index === undefined || b.index === undefined || a.index === b.index);
}
