import { Signal } from '../../core/signal';
import { ownIdentity } from '../../core/document/requestIdentity';
import type { Environment } from '../../core/environments/environment';
import type { SentReport } from './sentReport';

/** The problems that a new key ends, whatever it is worth. */
const ABOUT_NO_USABLE_KEY = new Set<string>([
  'key-absent',
  'key-unreadable',
  'key-other-origin',
  'key-refused',
]);

/** The last report of each request, by file. Whoever shows reports listens; nobody else is told. */
export class ReportStore {
  readonly #byFile = new Map<string, readonly SentReport[]>();
  readonly #changed = new Signal<string>();
  /** Told of the file. */
  readonly onDidChange = this.#changed.subscribe;

  /** Takes the place of the earlier reports of the same requests; of the whole file where all of it was sent. */
  put(uri: string, reports: readonly SentReport[], all: boolean): void {
    const before = byPlace(this.latest(uri), reports);
    const known = reports.map((sent) => withStrings(sent, before.get(sent.report.index)));
    for (const { report } of reports) before.delete(report.index);
    const others = all ? [] : before.values();
    this.#byFile.set(uri, [...others, ...known]);
    this.#changed.fire(uri);
  }

  latest(uri: string): readonly SentReport[] {
    return this.#byFile.get(uri) ?? [];
  }

  /** Of what was sent last; of a batch the first of its requests. */
  last(): SentReport | undefined {
    const all = [...this.#byFile.values()].flat();
    return all.reduce<SentReport | undefined>(
      (last, sent) => (last && last.report.at >= sent.report.at ? last : sent),
      undefined,
    );
  }

  forget(uri: string): void {
    if (this.#byFile.delete(uri)) this.#changed.fire(uri);
  }

  /** A key was stored for an environment: that there is none to use is true no longer. */
  keyStored(environment: Environment): void {
    for (const [uri, sent] of [...this.#byFile]) {
      if (!sent.some((one) => one.report.environment === environment && lacksKey(one))) continue;
      this.#byFile.set(
        uri,
        sent.map((one) => (one.report.environment === environment ? withoutLackOfKey(one) : one)),
      );
      this.#changed.fire(uri);
    }
  }

  /** A file, or a folder with all that is in it, has another name. */
  rename(from: string, to: string): void {
    for (const [uri, reports] of [...this.#byFile]) {
      if (uri !== from && !uri.startsWith(`${from}/`)) continue;
      const renamed = to + uri.slice(from.length);
      this.#byFile.delete(uri);
      this.#byFile.set(
        renamed,
        reports.map((report) => ({ ...report, uri: renamed })),
      );
      this.#changed.fire(uri);
      this.#changed.fire(renamed);
    }
  }
}

/** What is sent again to the letter has the values that its placeholders got the first time; what is not sent changes none. */
function withStrings(sent: SentReport, before: SentReport | undefined): SentReport {
  const { request, report } = sent;
  if (!request || request.strings.length > 0 || !before?.request) return sent;
  if (report.body !== undefined && report.body !== before.report.body) return sent;
  return { ...sent, request: { ...request, strings: before.request.strings } };
}

/** Reports by the places where their requests are in the batch that was sent after them; they may have moved in it. */
function byPlace(before: readonly SentReport[], after: readonly SentReport[]): Map<number, SentReport> {
  const among = after.find(({ request }) => request)?.request?.anchor.among;
  const places = new Map<number, SentReport>();
  const found: SentReport[] = [];
  for (const sent of before) {
    const own = sent.request && ownIdentity(sent.request.anchor);
    const [place, ...others] = (own !== undefined && among?.requests.get(own)) || [];
    if (place === undefined || others.length > 0) places.set(sent.report.index, sent);
    else
      found.push(place === sent.report.index ? sent : { ...sent, report: { ...sent.report, index: place } });
  }
  for (const sent of found) places.set(sent.report.index, sent);
  return places;
}

function lacksKey({ report }: SentReport): boolean {
  return report.problems.some(({ code }) => ABOUT_NO_USABLE_KEY.has(code));
}

function withoutLackOfKey(sent: SentReport): SentReport {
  const problems = sent.report.problems.filter(({ code }) => !ABOUT_NO_USABLE_KEY.has(code));
  const anchored = sent.anchored.filter(({ problem }) => !ABOUT_NO_USABLE_KEY.has(problem.kind));
  return { ...sent, report: { ...sent.report, problems }, anchored };
}
