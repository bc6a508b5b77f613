import { ownIdentity } from '../../core/document/requestIdentity';
import type { Environment } from '../../core/environments/environment';
import { outcomeOf, type HistoryEntry } from '../../core/journal/merge';
import type { Outcome } from '../../core/report/report';
import { Signal } from '../../core/signal';
import type { History } from '../history/history';
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
  /** Requests in it that are not over yet. */
  readonly left: number;
  readonly environment: Environment;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** A flight as its sender has it. */
export interface OwnFlight {
  /** One of its requests is over. */
  settle(sent: SentReport): void;
  end(): void;
}

interface FlightEntry {
  readonly flight: Omit<Flight, 'left'>;
  readonly abort: AbortController;
  /** The reports of its requests that are over, by file and place. */
  readonly settled: Map<string, SentReport>;
}

/** How the last send of a request ended. */
export interface LastOutcome {
  readonly index: number;
  readonly outcome: Outcome | 'in flight';
  readonly environment: Environment;
  /** ISO 8601. */
  readonly at: string;
  /** What tells an invoice from others, where it was sent. */
  readonly externalId?: string;
}

export type OutcomeChange =
  /** A flight began or ended. */
  | { readonly kind: 'flights' }
  /** A request is over, and others of its flight may not be. */
  | { readonly kind: 'settled'; readonly sent: SentReport }
  /** A file has other reports. */
  | { readonly kind: 'reported'; readonly uri: string }
  /** The history has other entries. */
  | { readonly kind: 'kept' };

/** The problems that a new key ends, whatever it is worth. */
const ABOUT_NO_USABLE_KEY = new Set<string>([
  'key-absent',
  'key-unreadable',
  'key-other-origin',
  'key-refused',
]);

/**
 * What became of each request in each environment: under way, reported, or kept in the history. Every surface that
 * shows an outcome reads it here and listens to the one event.
 */
export class Outcomes {
  readonly #flights = new Map<number, FlightEntry>();
  #lastFlight = 0;
  /** By file: one for each request and environment, the one that came last at the end. */
  readonly #reports = new Map<string, readonly SentReport[]>();
  /** The outcomes of reports, by file and place: they outlive the reports, which go when a file is closed. */
  readonly #remembered = new Map<string, ReadonlyMap<number, LastOutcome>>();
  readonly #changed = new Signal<OutcomeChange>();
  readonly onDidChange = this.#changed.subscribe;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly history: Pick<History, 'entriesOf' | 'onDidChange'>,
  ) {
    history.onDidChange(() => this.#changed.fire({ kind: 'kept' }));
  }

  /** Begins a flight. To cancel it aborts the controller. */
  begin(flight: Omit<Flight, 'id' | 'startedAt' | 'left'>, abort: AbortController): OwnFlight {
    const id = ++this.#lastFlight;
    const startedAt = this.clock.now().toISOString();
    const settled = new Map<string, SentReport>();
    this.#flights.set(id, { flight: { ...flight, id, startedAt }, abort, settled });
    this.#changed.fire({ kind: 'flights' });
    return {
      settle: (sent) => {
        settled.set(placeOf(sent.uri, sent.report.index), sent);
        this.#changed.fire({ kind: 'settled', sent });
      },
      end: () => {
        if (this.#flights.delete(id)) this.#changed.fire({ kind: 'flights' });
      },
    };
  }

  /** Oldest first. */
  flights(): readonly Flight[] {
    return [...this.#flights.values()].map(flightOf);
  }

  /** The last flight that a request is part of and is not over in. */
  flightOf(uri: string, index: number): Flight | undefined {
    const entry = this.#flightWith(uri, index);
    return entry && !entry.settled.has(placeOf(uri, index)) ? flightOf(entry) : undefined;
  }

  /** Requests that have left are then `unanswered`, the others `cancelled`. It is over once those are told. */
  cancel(id: number): void {
    this.#flights.get(id)?.abort.abort();
  }

  /** Takes the place of the earlier reports of the same requests; of the whole file where all of it was sent. */
  put(uri: string, reports: readonly SentReport[], all: boolean): void {
    const before = movedWith(this.#reports.get(uri) ?? [], reports);
    const last = byPlace(before);
    const known = reports.map((sent) => withStrings(sent, last.get(sent.report.index)));
    const places = new Set(reports.map(({ report }) => report.index));
    const environments = new Set(reports.map(({ report }) => report.environment));
    const others = before.filter(({ report: { index, environment } }) =>
      places.has(index) ? !environments.has(environment) : !all,
    );
    this.#set(uri, [...others, ...known]);
  }

  /** The last report of each request, of the environment where one is named. */
  latest(uri: string, environment?: Environment): readonly SentReport[] {
    const all = this.#reports.get(uri) ?? [];
    const own = environment ? all.filter(({ report }) => report.environment === environment) : all;
    return [...byPlace(own).values()];
  }

  /** The report of a request that is over while others of its flight are not. */
  settled(uri: string, index: number): SentReport | undefined {
    return this.#flightWith(uri, index)?.settled.get(placeOf(uri, index));
  }

  /** The report of a request's last send. */
  lastOf(uri: string, index: number): SentReport | undefined {
    return this.settled(uri, index) ?? this.latest(uri).find(({ report }) => report.index === index);
  }

  /** The report of the last send; of a batch, that of its first request. */
  last(): SentReport | undefined {
    let last: SentReport | undefined;
    for (const reports of this.#reports.values())
      for (const sent of reports) if (!last || last.report.at < sent.report.at) last = sent;
    return last;
  }

  /** Whether anything is known of a send of this file. */
  isSent(uri: string): boolean {
    return this.#reports.has(uri) || this.history.entriesOf(uri).length > 0;
  }

  /** How the last send of each request of a file ended, in their order: as reported here, or kept. */
  of(uri: string): readonly LastOutcome[] {
    const found = new Map(this.#remembered.get(uri));
    for (const entry of this.history.entriesOf(uri)) {
      const known = found.get(entry.index);
      if (!known || known.at < entry.at) found.set(entry.index, ofEntry(entry));
    }
    return [...found.values()].sort((a, b) => a.index - b.index);
  }

  forget(uri: string): void {
    if (this.#reports.delete(uri)) this.#changed.fire({ kind: 'reported', uri });
  }

  /** A key was stored for an environment: reports that there is none are out of date. */
  keyStored(environment: Environment): void {
    for (const [uri, sent] of [...this.#reports]) {
      const isOutdated = (one: SentReport) => one.report.environment === environment && lacksKey(one);
      if (sent.some(isOutdated))
        this.#set(
          uri,
          sent.map((one) => (isOutdated(one) ? withoutLackOfKey(one) : one)),
        );
    }
  }

  /** A file, or a folder with all that is in it, has another name. */
  rename(from: string, to: string): void {
    for (const [uri, reports] of [...this.#reports]) {
      if (uri !== from && !uri.startsWith(`${from}/`)) continue;
      const renamed = to + uri.slice(from.length);
      this.#reports.delete(uri);
      const moved = reports.map((report) => ({ ...report, uri: renamed }));
      this.#reports.set(renamed, moved);
      this.#changed.fire({ kind: 'reported', uri });
      this.#set(renamed, moved);
    }
  }

  #set(uri: string, reports: readonly SentReport[]): void {
    this.#reports.set(uri, reports);
    const latest = this.latest(uri).map(({ report }) => report);
    this.#remembered.set(uri, new Map(latest.map((report) => [report.index, ofReport(report)])));
    this.#changed.fire({ kind: 'reported', uri });
  }

  #flightWith(uri: string, index: number): FlightEntry | undefined {
    return [...this.#flights.values()].findLast(({ flight: { items } }) =>
      items.some((item) => item.uri === uri && (item.index === undefined || item.index === index)),
    );
  }
}

function flightOf({ flight, settled }: FlightEntry): Flight {
  return { ...flight, left: flight.count - settled.size };
}

function placeOf(uri: string, index: number): string {
  return `${index} ${uri}`;
}

function ofReport({ index, outcome, environment, at, invoice }: SentReport['report']): LastOutcome {
  const externalId = invoice?.['external_id'];
  return { index, outcome, environment, at, ...(typeof externalId === 'string' ? { externalId } : {}) };
}

function ofEntry(entry: HistoryEntry): LastOutcome {
  const { index, environment, at, request } = entry;
  const { externalId } = request;
  return {
    index,
    outcome: outcomeOf(entry),
    environment,
    at,
    ...(externalId === undefined ? {} : { externalId }),
  };
}

/** The last of each request, in the order in which they came. */
function byPlace(reports: readonly SentReport[]): Map<number, SentReport> {
  const places = new Map<number, SentReport>();
  for (const sent of reports) {
    places.delete(sent.report.index);
    places.set(sent.report.index, sent);
  }
  return places;
}

/** What is sent again exactly has the values that its placeholders got the first time; what is not sent changes none. */
function withStrings(sent: SentReport, before: SentReport | undefined): SentReport {
  const { request, report } = sent;
  if (!request || request.strings.length > 0 || !before?.request) return sent;
  if (report.body !== undefined && report.body !== before.report.body) return sent;
  return { ...sent, request: { ...request, strings: before.request.strings } };
}

/** Earlier reports at the places where their requests are in the batch that was sent after them: they may have moved. */
function movedWith(before: readonly SentReport[], after: readonly SentReport[]): SentReport[] {
  const among = after.find(({ request }) => request)?.request?.anchor.among;
  const stayed: SentReport[] = [];
  const found: SentReport[] = [];
  for (const sent of before) {
    const own = sent.request && ownIdentity(sent.request.anchor);
    const [place, ...others] = (own !== undefined && among?.requests.get(own)) || [];
    if (place === undefined || others.length > 0) stayed.push(sent);
    else
      found.push(place === sent.report.index ? sent : { ...sent, report: { ...sent.report, index: place } });
  }
  const taken = new Set(found.map(placeAndEnvironment));
  return [...stayed.filter((sent) => !taken.has(placeAndEnvironment(sent))), ...found];
}

function placeAndEnvironment({ report: { index, environment } }: SentReport): string {
  return `${index} ${environment}`;
}

function lacksKey({ report }: SentReport): boolean {
  return report.problems.some(({ code }) => ABOUT_NO_USABLE_KEY.has(code));
}

function withoutLackOfKey(sent: SentReport): SentReport {
  const problems = sent.report.problems.filter(({ code }) => !ABOUT_NO_USABLE_KEY.has(code));
  const anchored = sent.anchored.filter(({ reported }) => problems.includes(reported));
  return { ...sent, report: { ...sent.report, problems }, anchored };
}
