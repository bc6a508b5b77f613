import {
  CompletionItem,
  CompletionItemKind,
  CompletionList,
  languages,
  type CompletionItemProvider,
  type Disposable,
  SnippetString,
  type Position,
  type TextDocument,
} from 'vscode';
import { suggestionsAt, type Suggestion } from '../../core/completion/complete';
import { SAMPLES } from '../../core/contract/fields';
import type { RequestDocument } from '../../core/document/document';
import { toRange } from '../shell/convert';
import { batchSnippet, requestSnippet } from '../shell/requestSnippet';
import type { LiveProblems } from './liveProblems';

const KINDS: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  placeholder: CompletionItemKind.Variable,
};

/** Offers what the contract knows: fields, currencies, ids, URLs and placeholders. */
export class RequestCompletion implements CompletionItemProvider {
  constructor(private readonly live: LiveProblems) {}

  register(): Disposable {
    // VS Code asks those who name the language first, and nobody else once they offer something, be it `$schema` alone.
    // Not after a brace: Enter, which people press next, would take the first field in place of a new line.
    return languages.registerCompletionItemProvider(['json', 'jsonc', '*'], this, '"');
  }

  provideCompletionItems(document: TextDocument, position: Position): CompletionList | undefined {
    const live = this.live.of(document);
    if (!live) return undefined;
    if (isBlank(live.document)) return new CompletionList(this.#wholeRequests());
    const suggestions = suggestionsAt(live.document, document.offsetAt(position), {
      ...this.live.context(),
      ownCurrencies: this.live.ownCurrencies(),
    });
    return new CompletionList(
      suggestions.map((suggestion, place) => itemOf(suggestion, place, live.document)),
    );
  }

  #wholeRequests(): CompletionItem[] {
    const { newId, defaultUrls } = this.live.context();
    const values = () => ({ ...SAMPLES, external_id: `order-${newId()}`, ...defaultUrls });
    const offer = (label: string, detail: string, insertText: SnippetString) =>
      Object.assign(new CompletionItem(label, CompletionItemKind.Snippet), { detail, insertText });
    return [
      offer('eccaex-invoice', 'A request with all documented fields', requestSnippet(values())),
      offer('eccaex-batch', 'A list of requests, sent together', batchSnippet([values(), values()])),
    ];
  }
}

/** Whether nothing is written yet, but for the word that is being typed. */
function isBlank({ text }: RequestDocument): boolean {
  return text.length < LONGEST_WORD && /^\s*[\w-]*\s*$/.test(text);
}

/** In UTF-16 code units. */
const LONGEST_WORD = 100;

function itemOf(
  { kind, label, detail, span, text, back }: Suggestion,
  place: number,
  { lines, text: whole }: RequestDocument,
): CompletionItem {
  const item = new CompletionItem({ label, description: kind === 'field' ? '' : detail }, KINDS[kind]);
  item.range = toRange(lines.rangeOf(span));
  item.insertText = back > 0 ? withCursor(text, back) : text;
  // Before what VS Code's own JSON support offers, `$schema` among it.
  item.sortText = `!${String(place).padStart(4, '0')}`;
  // What is replaced may begin with a quote, which the label does not. A currency is found by its name, too.
  const sought = kind === 'value' ? `${label} ${detail}` : label;
  item.filterText = whole.startsWith('"', span.offset) || span.length === 0 ? `"${sought}"` : sought;
  if (kind === 'field') item.documentation = detail;
  return item;
}

/** The cursor goes there with the insertion: what is typed at once after it is typed there. */
function withCursor(text: string, back: number): SnippetString {
  const place = text.length - back;
  return new SnippetString().appendText(text.slice(0, place)).appendTabstop(0).appendText(text.slice(place));
}
