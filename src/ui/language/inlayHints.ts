import {
  InlayHint,
  languages,
  type Disposable,
  type InlayHintsProvider,
  type Range,
  type TextDocument,
  MarkdownString,
} from 'vscode';
import type { SentValue } from '../../core/document/sentValues';
import { clip } from '../../core/phrases';
import { toRange } from '../shell/convert';
import type { LiveProblems } from './liveProblems';
import { RefreshEvent } from './refreshEvent';
import { plainMarkdown } from '../shell/markdown';
import type { Services } from '../shell/services';

/** A UUID is shown in full. */
const LONGEST = 40;

/** Shows behind each placeholder what it stood for in the last send. */
export class SentValueHints implements InlayHintsProvider {
  readonly #changed = new RefreshEvent();
  readonly #disposables: readonly { dispose(): unknown }[];

  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(
    { outcomes }: Services,
    private readonly live: LiveProblems,
  ) {
    this.#disposables = [
      this.#changed,
      outcomes.onDidChange(({ kind }) => {
        if (kind === 'reported') this.#changed.fire();
      }),
      this.#register(),
    ];
  }

  provideInlayHints(document: TextDocument, range: Range): InlayHint[] {
    this.#changed.asked(document);
    const live = this.live.of(document);
    if (!live) return [];
    const { lines } = live.document;
    return live.lastValues().flatMap((sent) => {
      const { end } = toRange(lines.rangeOf(sent.span));
      return range.contains(end) ? [hintOf(sent, end)] : [];
    });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #register(): Disposable {
    return languages.registerInlayHintsProvider('*', this);
  }
}

function hintOf({ expression, value }: SentValue, end: InlayHint['position']): InlayHint {
  const hint = new InlayHint(end, `= ${clip(value, LONGEST)}`);
  hint.paddingLeft = true;
  hint.paddingRight = true;
  hint.tooltip = new MarkdownString(
    `The last send used ${plainMarkdown(value)} for ${plainMarkdown(`{{${expression}}}`)}.`,
  );
  return hint;
}
