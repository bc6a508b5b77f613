import { element } from '../shared/dom';

export interface Tab {
  readonly id: string;
  readonly title: string;
  /** Made when it is first shown. */
  readonly content: () => HTMLElement;
}

/** Tabs as WAI-ARIA describes them: arrow keys walk, and show. */
export class Tabs {
  readonly element: HTMLElement;
  readonly #buttons: HTMLButtonElement[];
  readonly #panel = element('div', { role: 'tabpanel', id: 'panel', class: 'panel' });
  readonly #made = new Map<string, HTMLElement>();

  constructor(
    private readonly tabs: readonly Tab[],
    private shown: string,
    private readonly onShow: (id: string) => void,
  ) {
    this.#buttons = tabs.map(({ id, title }) => {
      const made = element(
        'button',
        { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': 'panel' },
        title,
      );
      made.addEventListener('click', () => this.#show(id));
      return made;
    });
    const list = element('div', { role: 'tablist', 'aria-label': 'Parts of the exchange' }, ...this.#buttons);
    list.addEventListener('keydown', (event) => this.#onKey(event));
    this.element = element('div', { class: 'tabs' }, list, this.#panel);
    if (!tabs.some(({ id }) => id === shown)) this.shown = tabs[0]?.id ?? '';
    this.#show(this.shown);
  }

  #show(id: string): void {
    const place = this.tabs.findIndex((tab) => tab.id === id);
    const tab = this.tabs[place];
    if (!tab) return;
    this.shown = id;
    this.#buttons.forEach((button, other) => {
      button.setAttribute('aria-selected', String(other === place));
      button.tabIndex = other === place ? 0 : -1;
    });
    const content = this.#made.get(id) ?? tab.content();
    this.#made.set(id, content);
    this.#panel.setAttribute('aria-labelledby', `tab-${id}`);
    this.#panel.replaceChildren(content);
    this.onShow(id);
  }

  #onKey(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const place = this.tabs.findIndex(({ id }) => id === this.shown) + by + this.tabs.length;
    const target = place % this.tabs.length;
    this.#show(this.tabs[target]?.id ?? '');
    this.#buttons[target]?.focus();
    event.preventDefault();
  }
}
