import { element, iconButton } from '../shared/dom';
import { counted, shownText } from '../shared/text';
import { icon } from '../shared/icons';
import { partsAround, search, type Searchable } from './search';

/** Typing is over when nothing comes for this long. */
const PAUSE_MS = 120;

/** A field that searches a body, and walks through what it finds. */
export class SearchBox {
  readonly element: HTMLElement;
  readonly #input = element('input', {
    type: 'search',
    placeholder: 'Search',
    'aria-label': 'Search keys and values',
    spellcheck: 'false',
  });
  readonly #count = element('span', { class: 'count', role: 'status' });
  #found: number[] = [];
  #at = -1;
  #work: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly searchable: Searchable,
    /** `undefined` where nothing is found. */
    private readonly onFound: (item: number | undefined, query: string) => void,
    private readonly onLeave: () => void,
  ) {
    this.#input.addEventListener('input', () => this.#begin());
    this.#input.addEventListener('keydown', (event) => this.#onKey(event));
    this.element = element(
      'div',
      { class: 'search', role: 'search' },
      this.#input,
      this.#count,
      iconButton(icon('up'), 'Previous match', () => this.step(-1)),
      iconButton(icon('down'), 'Next match', () => this.step(1)),
    );
  }

  get query(): string {
    return this.#input.value;
  }

  /** Takes the focus; a character that was typed elsewhere begins the search. */
  focus(character = ''): void {
    this.#input.focus();
    this.#input.select();
    if (character === '') return;
    this.#input.value = character;
    this.#begin();
  }

  step(by: 1 | -1): void {
    const { length } = this.#found;
    if (length === 0) return;
    this.#at = (this.#at + by + length) % length;
    this.#tell();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' || event.key === 'ArrowDown') this.onLeave();
    else return;
    event.preventDefault();
  }

  #begin(): void {
    clearTimeout(this.#work);
    this.#found = [];
    this.#at = -1;
    const { query } = this;
    if (query === '') {
      this.#tell();
      return;
    }
    const parts = search(this.searchable, query);
    const next = () => {
      const { done, value } = parts.next();
      if (done) {
        this.#say(true);
        if (this.#found.length === 0) this.onFound(undefined, query);
        return;
      }
      this.#found.push(...value);
      if (this.#at < 0 && this.#found.length > 0) {
        this.#at = 0;
        this.#tell();
      }
      this.#say(false);
      this.#work = setTimeout(next);
    };
    this.#work = setTimeout(next, PAUSE_MS);
  }

  #tell(): void {
    this.#say(true);
    this.onFound(this.#found[this.#at], this.query);
  }

  #say(isOver: boolean): void {
    const { length } = this.#found;
    if (this.query === '') this.#count.textContent = '';
    else if (length > 0)
      this.#count.textContent = `${this.#at + 1} of ${length.toLocaleString('en')}${isOver ? '' : '…'}`;
    else this.#count.textContent = isOver ? counted(0, 'match', 'matches') : '…';
  }
}

/** A text with what is sought in it marked. */
export function marked(className: string, text: string, query: string): HTMLElement {
  const parts = partsAround(text, query).map(shownText);
  return element(
    'span',
    { class: className },
    ...parts.map((part, place) => (place % 2 === 1 ? element('mark', {}, part) : part)),
  );
}
