import {
  Hover,
  languages,
  MarkdownString,
  type Disposable,
  type HoverProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import { aboutAt, type About } from '../../core/about/aboutAt';
import { toRange } from '../shell/convert';
import type { LiveProblems } from './liveProblems';
import { plainMarkdown } from '../shell/markdown';

/** Says what the vendor says of a field, which currency a code is, and what a placeholder stands for. */
export class FieldHover implements HoverProvider {
  constructor(private readonly live: LiveProblems) {}

  register(): Disposable {
    return languages.registerHoverProvider('*', this);
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const live = this.live.of(document);
    if (!live) return undefined;
    const offset = document.offsetAt(position);
    const about = aboutAt(live.document, offset, this.live.context(), live.lastValues());
    return about && new Hover(markdownOf(about), toRange(live.document.lines.rangeOf(about.span)));
  }
}

function markdownOf({ name, facts, sentences, docs }: About): MarkdownString {
  const head = `**${plainMarkdown(name)}** · ${facts.map(plainMarkdown).join(' · ')}`;
  const source = docs === undefined ? [] : [`[Documentation](${docs})`];
  return new MarkdownString([head, ...sentences.map(plainMarkdown), ...source].join('\n\n'));
}
