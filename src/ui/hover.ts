import {
  Hover,
  languages,
  MarkdownString,
  type Disposable,
  type HoverProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import type { PresentProblem } from '../app/problemsOfNow';
import { spanAt } from '../core/document/pointer';
import { codeOf } from '../core/problems/problem';
import { wordsOf } from '../core/problems/words';
import { toRange } from './convert';
import type { LiveProblems } from './liveProblems';

/** Says what to do about the problems below the pointer, step by step. */
export class GuidanceHover implements HoverProvider {
  constructor(private readonly live: LiveProblems) {}

  register(): Disposable {
    return languages.registerHoverProvider('*', this);
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const live = this.live.of(document);
    if (!live) return undefined;
    const here = live.problems.filter(({ problem }) =>
      toRange(live.document.lines.rangeOf(problem.span ?? spanAt(live.document, problem.pointer))).contains(
        position,
      ),
    );
    return here.length > 0
      ? new Hover(here.map((present) => guidanceOf(present, document.uri.toString())))
      : undefined;
  }
}

/** Text of a server is appended as text alone: it can be no link, no command and no HTML. */
function guidanceOf({ problem, environment, sent }: PresentProblem, uri: string): MarkdownString {
  const markdown = new MarkdownString().appendMarkdown('**What to do** about ').appendText(codeOf(problem));
  markdown.appendMarkdown('\n\n');
  wordsOf(problem, { environment }).guidance.forEach((step, place) => {
    markdown
      .appendMarkdown(`${place + 1}. `)
      .appendText(step)
      .appendMarkdown('\n');
  });
  if (problem.kind === 'envelope' && problem.arguments.requestId && sent) {
    const argument = encodeURIComponent(JSON.stringify([{ uri, index: sent.report.index }]));
    markdown.appendMarkdown('\nRequest id for support: ').appendText(problem.arguments.requestId);
    markdown.appendMarkdown(` — [copy](command:_eccaex.copyRequestId?${argument})`);
    markdown.isTrusted = { enabledCommands: ['_eccaex.copyRequestId'] };
  }
  return markdown;
}
