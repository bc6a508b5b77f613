import { element } from '../shared/dom';
import { contentHeight, scrollTopFor, windowOf } from './windowing';

/** In pixels; the style sheet says the same. */
const ROW_HEIGHT = 22;

/** Draws of a long list the rows that are in view, and one more that must not go away. */
export class VirtualList {
  readonly #content = element('div', { class: 'content' });
  #rows = 0;
  #pinned: number | undefined;
  #isDue = false;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly render: (row: number) => HTMLElement,
  ) {
    scroller.replaceChildren(this.#content);
    scroller.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    new ResizeObserver(() => this.#drawSoon()).observe(scroller);
  }

  /** Draws anew, with this number of rows. */
  show(rows: number): void {
    this.#rows = rows;
    this.#content.style.height = `${contentHeight(rows, ROW_HEIGHT)}px`;
    this.draw();
  }

  /** Keeps a row drawn wherever the list is scrolled to: the one that has the focus. */
  pin(row: number): void {
    this.#pinned = row;
  }

  scrollTo(row: number): void {
    if (this.scroller.clientHeight === 0) return;
    this.scroller.scrollTop = scrollTopFor(row, this.#scrolled());
  }

  /** How many rows fit. */
  get page(): number {
    return Math.max(1, Math.floor(this.scroller.clientHeight / ROW_HEIGHT) - 1);
  }

  draw(): void {
    const { first, last, top } = windowOf(this.#scrolled());
    const drawn: HTMLElement[] = [];
    const add = (row: number) => {
      const made = this.render(row);
      made.style.top = `${top + (row - first) * ROW_HEIGHT}px`;
      drawn.push(made);
    };
    for (let row = first; row < last; row++) add(row);
    const pinned = this.#pinned;
    if (pinned !== undefined && pinned < this.#rows && (pinned < first || pinned >= last)) {
      // Out of view, so where it is does not matter, but it must not make the content longer.
      const made = this.render(pinned);
      made.style.top = pinned < first ? '0' : `${contentHeight(this.#rows, ROW_HEIGHT) - ROW_HEIGHT}px`;
      made.classList.add('unseen');
      drawn.push(made);
    }
    this.#content.replaceChildren(...drawn);
  }

  #drawSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.draw();
    });
  }

  #scrolled() {
    const { clientHeight: viewport, scrollTop } = this.scroller;
    return { rows: this.#rows, rowHeight: ROW_HEIGHT, viewport, scrollTop };
  }
}
