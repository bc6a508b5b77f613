import type { Cell, Column, Table } from '../../core/endpoints/table';
import { button, element } from '../shared/dom';
import { counted, shownText } from '../shared/text';
import { icon } from '../shared/icons';
import { contentOf, decimalsOf, padding } from './cells';
import { arranged, nextOrder, type Order } from './order';
import type { FromView, ShownAnswer } from './protocol';

/** How the table is looked at; kept when another response takes the place of this one. */
export interface Look {
  order: Order | undefined;
  wanted: string;
}

/**
 * The rows of a response. Arrow keys walk from cell to cell, Enter opens or copies, as in a grid of WAI-ARIA; headers
 * sort, the box searches.
 */
export class DataTable {
  readonly element: HTMLElement;
  readonly #table: Table;
  readonly #head = element('tr');
  readonly #body = element('tbody');
  readonly #count = element('span', { class: 'count', role: 'status' });
  /** Decimals of each column, at most. */
  readonly #decimals: readonly number[];

  constructor(
    private readonly answer: ShownAnswer,
    label: string,
    private readonly look: Look,
    private readonly post: (message: FromView) => void,
  ) {
    const { columns, rows, more } = answer.table;
    this.#table = answer.table;
    this.#decimals = columns.map((_, place) =>
      Math.max(0, ...rows.map((row) => (row[place]?.kind === 'decimal' ? decimalsOf(row[place].text) : 0))),
    );
    const grid = element(
      'table',
      { role: 'grid', 'aria-label': label },
      element('thead', {}, this.#head),
      this.#body,
    );
    grid.addEventListener('keydown', (event) => this.#onKey(event));
    grid.addEventListener('focusin', ({ target }) => this.#onFocus(target));
    const isList = columns.length > 2 || rows.length > 1;
    this.element = element(
      'div',
      { class: 'data' },
      isList ? element('div', { class: 'tools' }, this.#searchBox(), this.#count) : undefined,
      element('div', { class: 'scroll' }, grid),
      more > 0 ? element('p', { class: 'note' }, `${counted(more, 'more row')}: see the JSON.`) : undefined,
    );
    this.#fill();
  }

  #searchBox(): HTMLElement {
    const box = element('input', {
      type: 'search',
      placeholder: 'Search rows',
      'aria-label': 'Search these rows',
      value: this.look.wanted,
    });
    box.addEventListener('input', () => {
      this.look.wanted = box.value;
      this.#fill();
    });
    return box;
  }

  #fill(): void {
    const { columns, rows } = this.#table;
    const { order, wanted } = this.look;
    this.#head.replaceChildren(...columns.map((column, place) => this.#header(column, place)));
    const places = arranged(rows, order, wanted);
    this.#body.replaceChildren(...places.map((place) => this.#row(rows[place] ?? [], place)));
    this.#body.querySelector('td')?.setAttribute('tabindex', '0');
    const all = counted(rows.length, 'row');
    this.#count.textContent = places.length === rows.length ? all : `${places.length} of ${all}`;
  }

  #header({ title, name, kind }: Column, place: number): HTMLElement {
    const { order } = this.look;
    const direction = order?.column === place ? order.direction : undefined;
    const arrow = direction && icon(direction === 'ascending' ? 'up' : 'down');
    const sort = button(
      shownText(title),
      () => {
        this.look.order = nextOrder(order, place);
        this.#fill();
        this.#head.querySelectorAll('button')[place]?.focus();
      },
      { class: 'sort', title: `${shownText(name)}: sort` },
    );
    if (arrow) sort.append(arrow);
    return element('th', { scope: 'col', class: kind, 'aria-sort': direction ?? 'none' }, sort);
  }

  #row(cells: readonly Cell[], row: number): HTMLElement {
    return element('tr', { 'data-row': row }, ...cells.map((cell, column) => this.#cell(cell, row, column)));
  }

  #cell(cell: Cell, row: number, column: number): HTMLElement {
    const opens = this.answer.opensIds && cell.kind === 'id' && cell.text !== '';
    const content = opens
      ? button(shownText(cell.text), () => this.post({ kind: 'open', row }), { class: 'link', tabindex: -1 })
      : contentOf(cell);
    const title = cell.text.length > 24 && cell.kind !== 'time' ? shownText(cell.text) : undefined;
    return element(
      'td',
      { class: cell.kind, tabindex: -1, 'data-column': column, title },
      content,
      cell.kind === 'decimal' ? padding(cell.text, this.#decimals[column] ?? 0) : undefined,
    );
  }

  #onFocus(target: EventTarget | null): void {
    const cell = target instanceof Element ? target.closest('td') : null;
    if (!cell) return;
    for (const other of this.#body.querySelectorAll('td[tabindex="0"]')) other.setAttribute('tabindex', '-1');
    cell.setAttribute('tabindex', '0');
  }

  #onKey(event: KeyboardEvent): void {
    const cell = event.target instanceof Element ? event.target.closest('td') : null;
    if (!cell) return;
    const isCopy = (event.ctrlKey || event.metaKey) && event.key === 'c';
    if (isCopy && !getSelection()?.toString()) this.#copy(cell);
    else if (event.key === 'Enter' && cell === event.target) this.#enter(cell);
    else {
      const next = neighbour(cell, event.key);
      if (!next) return;
      next.focus();
    }
    event.preventDefault();
  }

  #enter(cell: HTMLElement): void {
    const opener = cell.querySelector('button');
    if (opener) opener.click();
    else this.#copy(cell);
  }

  #copy(cell: HTMLElement): void {
    const row = Number(cell.parentElement?.dataset['row']);
    this.post({ kind: 'copy', row, column: Number(cell.dataset['column']) });
  }
}

function neighbour(cell: HTMLTableCellElement, key: string): HTMLElement | undefined {
  const row = cell.parentElement;
  const place = cell.cellIndex;
  const inRow = (other: Element | null | undefined, at: number) =>
    other?.children.item(Math.min(at, other.children.length - 1));
  const steps: Readonly<Record<string, () => Element | null | undefined>> = {
    ArrowLeft: () => cell.previousElementSibling,
    ArrowRight: () => cell.nextElementSibling,
    ArrowUp: () => inRow(row?.previousElementSibling, place),
    ArrowDown: () => inRow(row?.nextElementSibling, place),
    Home: () => row?.firstElementChild,
    End: () => row?.lastElementChild,
  };
  const found = Object.hasOwn(steps, key) ? steps[key]?.() : undefined;
  return found instanceof HTMLElement ? found : undefined;
}
