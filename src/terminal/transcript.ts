import picocolors from 'picocolors';
import { exitCodeOf } from './exitCode';
import { rendered } from './output';
import { Presentation } from './present';
import { titlesOf, type Result } from './results';

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
