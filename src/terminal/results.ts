import type { Outcome, Report } from '../core/report/report';
import type { Sources } from './files';
import { jsonLine } from './harmless';
import type { Output } from './output';
import { present } from './present';
import { inTerminalWords } from './words';

interface Result {
  readonly uri: string;
  readonly report: Omit<Report, 'outcome'> & { readonly outcome: Outcome | 'valid' };
}

/** Prints reports: one JSON object a line, or text for people. */
export function printResults(
  results: readonly Result[],
  json: boolean,
  { nameOf }: Sources,
  output: Output,
): void {
  const worded = results.map(({ uri, report }) => ({ uri, report: inTerminalWords(report) }));
  if (json) {
    for (const { report } of worded) output.result(jsonLine(report));
    return;
  }
  const counts = new Map<string, number>();
  for (const { uri } of worded) counts.set(uri, (counts.get(uri) ?? 0) + 1);
  const titled = worded.map(({ uri, report }) => ({
    file: nameOf(uri),
    isOneOfMany: (counts.get(uri) ?? 0) > 1,
    report,
  }));
  for (const line of present(titled, output)) output.result(line);
}
