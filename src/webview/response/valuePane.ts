import { button, element } from '../shared/dom';
import { counted, clipped } from '../shared/text';
import type { JsonTree } from './jsonTree';

/** Characters of a value that are drawn at most: a browser is slow with more. */
const LONGEST = 20_000;

/** Where the selected value is, buttons to copy it, and all of its text where its row has no room for that. */
export class ValuePane {
  readonly #pointer = element('code', { class: 'pointer' });
  readonly #text = element('pre', { class: 'value', tabindex: 0, 'aria-label': 'Value', hidden: true });
  readonly element: HTMLElement;
  #json: JsonTree | undefined;
  #node = 0;

  constructor(copy: (text: string) => void) {
    const copyOf = (what: (json: JsonTree) => string) => () => {
      if (this.#json) copy(what(this.#json));
    };
    this.element = element(
      'div',
      { class: 'pane' },
      element(
        'div',
        { class: 'pane-bar' },
        this.#pointer,
        button(
          'Copy Value',
          copyOf((json) => valueOf(json, this.#node)),
          { class: 'link' },
        ),
        button(
          'Copy Pointer',
          copyOf((json) => json.pointer(this.#node)),
          { class: 'link' },
        ),
      ),
      this.#text,
    );
  }

  show(json: JsonTree, node: number): void {
    this.#json = json;
    this.#node = node;
    this.#pointer.textContent = json.pointer(node) || '(everything)';
    this.#text.hidden = true;
  }

  /** Shows all of the value; the next selection closes it again. */
  open(): void {
    if (!this.#json) return;
    const { start, left } = clipped(valueOf(this.#json, this.#node), LONGEST);
    this.#text.textContent = left > 0 ? `${start}…\n\n${counted(left, 'character')} more: copy it.` : start;
    this.#text.hidden = false;
  }
}

/** What copying a value gives: the text of a string, else its JSON. */
export function valueOf(json: JsonTree, node: number): string {
  return json.kind(node) === 'string' ? json.scalar(node) : json.source(node);
}
