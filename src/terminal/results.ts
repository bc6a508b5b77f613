import picocolors from 'picocolors';
import type { Outcome, Report } from '../core/report/report';
import { exitCodeOf } from './exitCode';
import type { Sources } from './files';
import { jsonLine } from './harmless';
import { rendered, type Output } from './output';
import { Presentation, type Title } from './present';
import { inTerminalWords } from './words';
import type { World } from './world';

export interface Result {
  readonly uri: string;
  readonly report: Omit<Report, 'outcome'> & { readonly outcome: Outcome | 'valid' };
}

/** Prints reports as they come, each once those before it are printed: one JSON object a line, or text for people. */
export class Results {
  readonly #waiting = new Map<number, Result>();
  #titles: readonly Title[] = [];
  #presentation: Presentation | undefined;
  #next = 0;

  constructor(
    private readonly json: boolean,
    private readonly sources: Sources,
    private readonly output: Output,
    private readonly variables: World['variables'],
  ) {}

  /** Of all requests that there will be a report of, in order; `longest`: of the outcomes that there can be. */
  begin(
    requests: readonly { readonly uri: string; readonly index: number }[],
    longest: Result['report']['outcome'],
  ): void {
    this.#titles = titlesOf(requests, this.sources.nameOf);
    this.#presentation = new Presentation(this.#titles, longest, this.output);
  }

  add(result: Result, place: number): void {
    this.#waiting.set(place, result);
    for (let next = this.#take(); next; next = this.#take()) this.#print(next.report, next.title);
  }

  /** After the last one. */
  end(): void {
    const summary = this.json ? undefined : this.#presentation?.summary();
    if (summary !== undefined) this.output.result(summary);
  }

  #take(): { report: Result['report']; title: Title } | undefined {
    const result = this.#waiting.get(this.#next);
    const title = this.#titles[this.#next];
    if (!result || !title) return undefined;
    this.#waiting.delete(this.#next++);
    return { report: inTerminalWords(result.report, this.variables), title };
  }

  #print(report: Result['report'], title: Title): void {
    if (this.json) this.output.result(jsonLine(report));
    else for (const line of this.#presentation?.lines(title, report) ?? []) this.output.result(line);
  }
}

/** What requests are called; one of several in a file by its place, too. */
export function titlesOf(
  requests: readonly { readonly uri: string; readonly index: number }[],
  nameOf: (uri: string) => string,
): Title[] {
  const counts = new Map<string, number>();
  for (const { uri } of requests) counts.set(uri, (counts.get(uri) ?? 0) + 1);
  return requests.map(({ uri, index }) => ({
    file: nameOf(uri),
    index: (counts.get(uri) ?? 0) > 1 ? index : undefined,
  }));
}

/** What a terminal shows of results, and the exit code that goes with them. */
export interface Transcript {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

/** Results as the CLI prints them, for a terminal that another program opens. */
export function transcriptOf(results: readonly Result[], nameOf: (uri: string) => string): Transcript {
  const titles = titlesOf(
    results.map(({ uri, report }) => ({ uri, index: report.index })),
    nameOf,
  );
  const outcomes = results.map(({ report }) => report.outcome);
  const longest = [...outcomes].sort((a, b) => b.length - a.length)[0] ?? 'created';
  const output = { isRich: true, colors: picocolors.createColors(true) };
  const presentation = new Presentation(titles, longest, output);
  const lines = results.flatMap(({ report }, place) => {
    const title = titles[place];
    return title ? presentation.lines(title, report).map((line) => rendered(line, true)) : [];
  });
  const summary = presentation.summary();
  return { lines: summary === undefined ? lines : [...lines, summary], exitCode: exitCodeOf(outcomes) };
}
