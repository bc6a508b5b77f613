import type { Outcome } from '../../core/report/report';
import { button, element } from '../shared/dom';
import { replaceContent } from '../shared/focus';
import { icon, OUTCOME_ICON } from '../shared/icons';
import { clipped, counted, shownText } from '../shared/text';
import type { ShownBatch, ShownElement } from './protocol';
import type { Post } from './summary';

/** As many rows as a page draws at once without a pause. */
const MOST_ROWS = 1000;

/** Characters of a text in a cell. */
const LONGEST = 120;

/** Which rows are shown: those without an invoice, all, or those of one outcome. */
type Filter = 'failures' | 'all' | Outcome;

type Place = Pick<ShownElement, 'uri' | 'index'>;

/**
 * What a batch came to, a request a row, failures alone where there are some. Arrow keys walk from row to row, as in a
 * grid of WAI-ARIA; the row that has the focus is shown below.
 */
export class BatchTable {
  readonly element = element('section', {
    class: 'batch',
    tabindex: -1,
    'aria-label': 'Requests of the batch',
  });
  readonly #body = element('tbody');
  #batch: ShownBatch = { rows: [], rest: { count: 0, environment: '' } };
  #filter: Filter = 'all';
  #selected: Place | undefined;

  constructor(private readonly post: Post) {
    this.#body.addEventListener('keydown', (event) => this.#onKey(event));
  }

  show(batch: ShownBatch): void {
    const isOther = batch.rows[0]?.uri !== this.#batch.rows[0]?.uri;
    this.#batch = batch;
    if (isOther || this.#filter === 'all' || this.#rows().length === 0)
      this.#filter = batch.rows.some(isFailure) ? 'failures' : 'all';
    this.#draw();
  }

  /** Marks the request that is shown below. */
  select({ uri, index }: Place): void {
    const before = this.#selected;
    if (before?.uri === uri && before.index === index) return;
    this.#selected = { uri, index };
    this.#mark();
  }

  #rows(filter = this.#filter): readonly ShownElement[] {
    const { rows } = this.#batch;
    if (filter === 'all') return rows;
    return rows.filter((row) => (filter === 'failures' ? isFailure(row) : row.outcome === filter));
  }

  #draw(): void {
    if (this.#batch.rows.length === 0) {
      replaceContent(this.element);
      return;
    }
    const rows = this.#rows();
    const namesFile = rows.some(({ file }) => file !== undefined);
    const titles = ['#', ...(namesFile ? ['File'] : []), 'external_id', 'Amount', 'Outcome'];
    const head = titles.map((title) => {
      const isNumber = title === '#' || title === 'Amount';
      return element('th', { scope: 'col', class: isNumber ? 'number' : undefined }, title);
    });
    this.#body.replaceChildren(...rows.slice(0, MOST_ROWS).map((row) => rowOf(row)));
    for (const row of this.#body.rows) {
      row.addEventListener('click', () => row.focus());
      row.addEventListener('focus', () => this.#ask(row));
    }
    this.#mark();
    const more = rows.length - MOST_ROWS;
    replaceContent(
      this.element,
      element('div', { class: 'tools' }, this.#chooser(), this.#rest()),
      element(
        'div',
        { class: 'scroll' },
        element(
          'table',
          { role: 'grid', 'aria-label': 'Outcome of each request' },
          element('thead', {}, element('tr', {}, ...head)),
          this.#body,
        ),
      ),
      more > 0
        ? element('p', { class: 'note' }, `${counted(more, 'more row')}: choose an outcome.`)
        : undefined,
    );
  }

  #chooser(): HTMLElement {
    const outcomes = [...new Map(this.#batch.rows.map(({ outcome, words }) => [outcome, words]))];
    const filters: readonly (readonly [Filter, string])[] = [
      ['failures', 'without an invoice'],
      ...outcomes,
      ['all', 'requests'],
    ];
    const options = filters.flatMap(([filter, words]) => {
      const count = this.#rows(filter).length;
      const isNeeded = count > 0 || filter === this.#filter;
      const label = `${count.toLocaleString('en')} ${words}`;
      return isNeeded ? [element('option', { value: filter, selected: filter === this.#filter }, label)] : [];
    });
    const chooser = element(
      'select',
      { 'aria-label': 'Requests to show', 'data-focus': 'outcomes' },
      ...options,
    );
    chooser.addEventListener('change', () => {
      this.#filter = chooser.value as Filter;
      this.#draw();
    });
    return chooser;
  }

  #rest(): HTMLElement | undefined {
    const { count, environment } = this.#batch.rest;
    if (count === 0) return undefined;
    return button(`Send the Rest (${count.toLocaleString('en')})`, () => this.post({ kind: 'send-rest' }), {
      class: 'secondary',
      'data-focus': 'rest',
      title: `Send to ${environment} what was rejected or not sent, as the files are now`,
    });
  }

  #mark(): void {
    const rows = [...this.#body.rows];
    const isShown = ({ dataset: { uri, index } }: HTMLElement) =>
      uri === this.#selected?.uri && Number(index) === this.#selected?.index;
    const entry = rows.find(isShown) ?? rows[0];
    for (const row of rows) {
      row.setAttribute('aria-selected', String(isShown(row)));
      row.tabIndex = row === entry ? 0 : -1;
    }
    entry?.scrollIntoView({ block: 'nearest' });
  }

  #ask({ dataset: { uri = '', index } }: HTMLElement): void {
    const { uri: shown, index: place } = this.#selected ?? {};
    if (uri !== shown || Number(index) !== place) this.post({ kind: 'select', uri, index: Number(index) });
  }

  #onKey(event: KeyboardEvent): void {
    const row = event.target instanceof Element ? event.target.closest('tr') : null;
    const rows = [...this.#body.rows];
    const place = row ? rows.indexOf(row) : -1;
    if (place < 0) return;
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: place - 1,
      ArrowDown: place + 1,
      PageUp: Math.max(0, place - 10),
      PageDown: Math.min(rows.length - 1, place + 10),
      Home: 0,
      End: rows.length - 1,
    };
    const target = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (target === undefined) return;
    rows[target]?.focus();
    event.preventDefault();
  }
}

const isFailure = ({ outcome }: ShownElement): boolean => outcome !== 'created';

function rowOf({ uri, index, file, externalId, amount, outcome, words, code }: ShownElement): HTMLElement {
  // The API's own code says more than that it rejected.
  const end = code === undefined ? words : outcome === 'rejected' ? code : `${words}: ${code}`;
  const cells = [
    element('td', { class: 'number' }, (index + 1).toLocaleString('en')),
    ...(file === undefined ? [] : [element('td', {}, inShort(file))]),
    element('td', { class: 'id', title: inShort(externalId) }, inShort(externalId)),
    element('td', { class: 'number' }, inShort(amount)),
    element(
      'td',
      {},
      element('span', { class: `outcome ${outcome}` }, icon(OUTCOME_ICON[outcome]), inShort(end)),
    ),
  ];
  return element(
    'tr',
    { tabindex: -1, 'data-uri': uri, 'data-index': index, 'data-focus': `row ${index} ${uri}` },
    ...cells,
  );
}

function inShort(text: string): string {
  const { start, left } = clipped(text, LONGEST);
  return shownText(start) + (left > 0 ? '…' : '');
}
