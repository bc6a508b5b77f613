import {
  Hover,
  languages,
  MarkdownString,
  type Disposable,
  type HoverProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import type { PresentProblem } from '../../app/outcomes/problemsOfNow';
import { spanAt } from '../../core/document/pointer';
import { clip } from '../../core/phrases';
import { codeOf } from '../../core/problems/problem';
import { wordsOf } from '../../core/problems/words';
import { toRange } from '../shell/convert';
import type { LiveProblems } from './liveProblems';
import { plainMarkdown } from '../shell/markdown';

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

/** What a server said goes in as plain text: it can be no link, no command and no HTML. */
function guidanceOf({ problem, environment, sent }: PresentProblem, uri: string): MarkdownString {
  const steps = wordsOf(problem, { environment }).guidance.map(
    (step, place) => `${place + 1}. ${plainMarkdown(step)}`,
  );
  const markdown = new MarkdownString(
    `**What to do** about ${plainMarkdown(clip(codeOf(problem)))}\n\n${steps.join('\n')}\n`,
  );
  if (problem.kind === 'envelope' && problem.arguments.requestId && sent) {
    const argument = encodeURIComponent(JSON.stringify([{ uri, index: sent.report.index }]));
    markdown.appendMarkdown(
      `\nRequest id for support: ${plainMarkdown(clip(problem.arguments.requestId))} — [copy](command:_eccaex.copyRequestId?${argument})`,
    );
    markdown.isTrusted = { enabledCommands: ['_eccaex.copyRequestId'] };
  }
  return markdown;
}
