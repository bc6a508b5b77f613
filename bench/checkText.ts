// Bundled as the extension is, and loaded by the benchmark.
import { problemsOfNow } from '../src/app/outcomes/problemsOfNow';
import { parseDocument } from '../src/core/document/document';
import { spanAt } from '../src/core/document/pointer';
import { wordsOf } from '../src/core/problems/words';

/** Reads and checks a text, with the words and the place of each problem, as at each key in an editor; gives their lines. */
export function linesWithProblems(text: string): number[] {
  const context = { environment: 'dev', variables: {} } as const;
  const document = parseDocument(text);
  return problemsOfNow(document, context, []).map(({ problem, environment }) => {
    if (wordsOf(problem, { environment }).message === '') throw new Error(`${problem.kind} has no words.`);
    return document.lines.rangeOf(problem.span ?? spanAt(document, problem.pointer)).start.line;
  });
}
