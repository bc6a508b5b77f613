import { element } from '../shared/dom';
import { marked, SearchBox } from './searchBox';
import { TextLines } from './textLines';
import { VirtualList } from './virtualList';

/** A body that is no JSON, line by line. */
export class TextView {
  readonly element: HTMLElement;
  readonly #scroller = element('div', { class: 'scroller text', tabindex: 0, role: 'group' });
  readonly #lines: TextLines;
  readonly #list: VirtualList;
  readonly #search: SearchBox;
  #query = '';
  #found: number | undefined;

  constructor(text: string, label: string, ...tools: readonly HTMLElement[]) {
    this.#lines = new TextLines(text);
    this.#scroller.setAttribute('aria-label', label);
    this.#list = new VirtualList(this.#scroller, (row) => this.#row(row));
    this.#search = new SearchBox(
      this.#lines,
      (row, query) => this.#showFound(row, query),
      () => this.#scroller.focus(),
    );
    this.#scroller.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'f') return;
      this.#search.focus();
      event.preventDefault();
    });
    this.element = element(
      'div',
      { class: 'body' },
      element('div', { class: 'toolbar' }, this.#search.element, ...tools),
      this.#scroller,
    );
    this.#list.show(this.#lines.size);
  }

  #showFound(row: number | undefined, query: string): void {
    this.#query = query;
    this.#found = row;
    if (row !== undefined) this.#list.scrollTo(row);
    this.#list.draw();
  }

  #row(row: number): HTMLElement {
    const isFound = row === this.#found;
    return element(
      'div',
      { class: isFound ? 'row active' : 'row' },
      marked('line', this.#lines.line(row), this.#query),
    );
  }
}
