import type { Environment } from '../../core/environments/environment';
import { byFile } from '../requests/byFile';
import type { SendItem } from '../requests/drafts';
import type { FlightItem, Outcomes, OwnFlight } from '../outcomes/outcomes';
import type { SentReport } from '../outcomes/sentReport';
import type { SendOptions, SendResult } from './sendInvoices';

type Done = Promise<SendResult>;

/** Sends whatever it is given, whether it is under way or not: `sendInvoices` with its ports. */
type SendNow = (items: readonly SendItem[], environment: Environment, options: SendOptions) => Done;

/** What is being sent of one file to one environment: by the place of an element, `all` for the whole file. */
type Runs = Map<number | 'all', Done>;

/** What is asked for and not being sent yet, and what is of it. */
interface Fresh {
  readonly item: SendItem;
  readonly underWay: readonly Done[];
}

/**
 * Sends, and keeps what came of it in the outcomes. A request that is being sent to an environment is not
 * sent there a second time: whoever asks for it again gets the result of the first.
 */
export class Sender {
  readonly #running = new Map<string, Runs>();

  constructor(
    private readonly sendNow: SendNow,
    private readonly outcomes: Outcomes,
  ) {}

  /** Gives the reports in the order of the files that are asked for, and of the requests in each. */
  async send(
    items: readonly SendItem[],
    environment: Environment,
    options: SendOptions,
  ): Promise<SendResult> {
    const asked = withoutRepeats(items);
    const joined = new Set<Done>();
    const fresh: Fresh[] = [];
    for (const item of asked) {
      const run = this.#runOf(item, environment);
      if (run) joined.add(run);
      else fresh.push(this.#rest(item, environment));
    }
    if (fresh.length > 0) joined.add(this.#begin(fresh, environment, options));
    return selected(merged(await Promise.all(joined)), asked);
  }

  /** Whether all of this is being sent there already, so that sending it adds nothing and cannot be stopped by itself. */
  isSending(items: readonly SendItem[], environment: Environment): boolean {
    return items.every((item) => this.#runOf(item, environment) !== undefined);
  }

  /** The run that sends all of an item. */
  #runOf({ uri, index }: SendItem, environment: Environment): Done | undefined {
    const runs = this.#running.get(placeOf(uri, environment));
    return runs?.get('all') ?? (index === undefined ? undefined : runs?.get(index));
  }

  /** An item without those elements of it that are being sent. */
  #rest(item: SendItem, environment: Environment): Fresh {
    const runs = this.#running.get(placeOf(item.uri, environment));
    if (!runs || item.index !== undefined) return { item, underWay: [] };
    const except = new Set([...runs.keys()].filter((index) => index !== 'all'));
    return { item: { ...item, except }, underWay: [...new Set(runs.values())] };
  }

  #begin(fresh: readonly Fresh[], environment: Environment, options: SendOptions): Done {
    const items = fresh.map(({ item }) => item);
    const done = this.#send(fresh, environment, options);
    for (const { uri, index = 'all' } of items) {
      const place = placeOf(uri, environment);
      this.#running.set(
        place,
        (this.#running.get(place) ?? new Map<number | 'all', Done>()).set(index, done),
      );
    }
    const end = () => {
      for (const { uri, index = 'all' } of items) {
        const place = placeOf(uri, environment);
        const runs = this.#running.get(place);
        runs?.delete(index);
        if (runs?.size === 0) this.#running.delete(place);
      }
    };
    done.then(end, end);
    return done;
  }

  async #send(fresh: readonly Fresh[], environment: Environment, options: SendOptions): Promise<SendResult> {
    const items = fresh.map(({ item }) => item);
    const abort = new AbortController();
    let flight: OwnFlight | undefined;
    try {
      const sending = this.sendNow(items, environment, {
        ...options,
        signal: AbortSignal.any([options.signal, abort.signal]),
        onTarget: (target, count) => {
          if (count > 0)
            flight = this.outcomes.begin({ items: items.map(itemOf), count, environment }, abort);
          options.onTarget?.(target, count);
        },
        onReport: (report, place) => {
          flight?.settle(report);
          options.onReport?.(report, place);
        },
      });
      const underWay = new Set(fresh.flatMap((one) => one.underWay));
      const result = selected(merged(await Promise.all([sending, ...underWay])), items);
      // Whoever hears that it is over finds what came of it.
      this.#keep(items, result.reports);
      return result;
    } finally {
      flight?.end();
    }
  }

  #keep(items: readonly SendItem[], reports: readonly SentReport[]): void {
    const whole = new Set(items.filter(({ index }) => index === undefined).map(({ uri }) => uri));
    for (const [uri, own] of byFile(reports)) {
      const kept = own.filter(({ isDeclined }) => isDeclined !== true);
      if (kept.length > 0) this.outcomes.put(uri, kept, whole.has(uri) && kept.length === own.length);
    }
  }
}

const placeOf = (uri: string, environment: Environment) => `${environment} ${uri}`;

function itemOf({ uri, index }: SendItem): FlightItem {
  return { uri, ...(index === undefined ? {} : { index }) };
}

/** What is asked for twice is sent once, and an element of a file that is sent as a whole is part of that. */
function withoutRepeats(items: readonly SendItem[]): SendItem[] {
  return [...byFile(items).values()].flatMap((ofFile) => {
    const whole = ofFile.find(({ index }) => index === undefined);
    return whole ? [whole] : [...new Map(ofFile.map((item) => [item.index, item])).values()];
  });
}

function merged(results: readonly SendResult[]): SendResult {
  return {
    reports: results.flatMap(({ reports }) => reports),
    unreadable: results.flatMap(({ unreadable }) => unreadable),
    absent: results.flatMap(({ absent }) => absent),
  };
}

/** What is asked for, out of all that came of several sends. */
function selected({ reports, unreadable, absent }: SendResult, items: readonly SendItem[]): SendResult {
  const found = byFile(reports);
  const asked = byFile(items);
  return {
    reports: [...asked].flatMap(([uri, own]) => {
      const places = new Set(own.map(({ index }) => index));
      return (found.get(uri) ?? [])
        .filter(({ report }) => places.has(undefined) || places.has(report.index))
        .sort((a, b) => a.report.index - b.report.index);
    }),
    unreadable: unreadable.filter(({ uri }) => asked.has(uri)),
    absent: absent.filter(({ uri, index }) => asked.get(uri)?.some((item) => item.index === index)),
  };
}
