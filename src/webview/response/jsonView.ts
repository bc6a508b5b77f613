import { element, iconButton } from '../shared/dom';
import { Folds } from './folds';
import { counted, clipped } from '../shared/text';
import { icon } from '../shared/icons';
import type { JsonTree } from './jsonTree';
import { searchableTree } from './search';
import { marked, SearchBox } from './searchBox';
import { ValuePane, valueOf } from './valuePane';
import { VirtualList } from './virtualList';

/** Characters of a value that its row shows. */
const LONGEST_VALUE = 300;

/** A JSON text as a tree that folds, is searched, and gives values and pointers to copy. */
export class JsonView {
  readonly element: HTMLElement;
  readonly #tree = element('div', { role: 'tree', class: 'scroller tree', tabindex: 0 });
  readonly #folds: Folds;
  readonly #list: VirtualList;
  readonly #search: SearchBox;
  readonly #pane: ValuePane;
  #active = 0;
  #query = '';

  constructor(
    private readonly json: JsonTree,
    label: string,
    private readonly copy: (text: string) => void,
    ...tools: readonly HTMLElement[]
  ) {
    this.#folds = new Folds(json);
    this.#tree.setAttribute('aria-label', label);
    this.#list = new VirtualList(this.#tree, (row) => this.#row(row));
    this.#pane = new ValuePane(copy);
    this.#search = new SearchBox(
      searchableTree(json),
      (node, query) => this.#showFound(node, query),
      () => this.#tree.focus(),
    );
    this.#tree.addEventListener('keydown', (event) => this.#onKey(event));
    this.#tree.addEventListener('click', (event) => this.#onClick(event));
    this.element = element(
      'div',
      { class: 'body' },
      element(
        'div',
        { class: 'toolbar' },
        this.#search.element,
        iconButton(icon('expand'), 'Expand all', () => this.#foldAll(true)),
        iconButton(icon('collapse'), 'Collapse all', () => this.#foldAll(false)),
        ...tools,
      ),
      this.#tree,
      this.#pane.element,
    );
    this.#refresh();
    this.#select(0);
  }

  #refresh(): void {
    this.#list.show(this.#folds.rowCount);
  }

  #foldAll(open: boolean): void {
    this.#folds.setAll(open);
    let node = this.#active;
    while (node > 0 && this.#folds.rowOf(node) < 0) node = this.json.parent(node);
    this.#refresh();
    this.#select(node);
  }

  #showFound(node: number | undefined, query: string): void {
    this.#query = query;
    if (node === undefined) this.#list.draw();
    else {
      this.#folds.reveal(node);
      this.#refresh();
      this.#select(node);
    }
  }

  #select(node: number): void {
    this.#active = node;
    const row = this.#folds.rowOf(node);
    this.#list.pin(row);
    this.#list.scrollTo(row);
    this.#list.draw();
    this.#tree.setAttribute('aria-activedescendant', idOf(node));
    this.#pane.show(this.json, node);
  }

  #onClick(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('[data-node]');
    if (!row) return;
    const node = Number(row.dataset['node']);
    if (event.target.closest('.twistie, .summary')) this.#setOpen(node, !this.#folds.isOpen(node));
    this.#select(node);
    if (event.target.closest('.more')) this.#pane.open();
  }

  #setOpen(node: number, open: boolean): void {
    this.#folds.setOpen(node, open);
    this.#refresh();
  }

  #onKey(event: KeyboardEvent): void {
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.key === 'c' && getSelection()?.isCollapsed !== false) this.#copyActive(event.shiftKey);
    else if (ctrl && event.shiftKey && event.key === 'C') this.#copyActive(true);
    else if (ctrl && event.key === 'f') this.#search.focus();
    else if (ctrl || event.altKey || !this.#move(event)) return;
    event.preventDefault();
  }

  #copyActive(pointer: boolean): void {
    if (pointer) this.copy(this.json.pointer(this.#active));
    else this.copy(valueOf(this.json, this.#active));
  }

  /** False for a key that means nothing here. */
  #move(event: KeyboardEvent): boolean {
    const node = this.#active;
    const row = this.#folds.rowOf(node);
    const isOpen = this.json.isContainer(node) && this.#folds.isOpen(node);
    const to = (target: number) => {
      const last = this.#folds.rowCount - 1;
      this.#select(this.#folds.nodeAt(Math.min(Math.max(target, 0), last)));
    };
    switch (event.key) {
      case 'ArrowDown':
        to(row + 1);
        return true;
      case 'ArrowUp':
        to(row - 1);
        return true;
      case 'PageDown':
        to(row + this.#list.page);
        return true;
      case 'PageUp':
        to(row - this.#list.page);
        return true;
      case 'Home':
        to(0);
        return true;
      case 'End':
        to(this.#folds.rowCount - 1);
        return true;
      case 'ArrowRight':
        if (isOpen && this.json.children(node) > 0) to(row + 1);
        else this.#setOpen(node, true);
        return true;
      case 'ArrowLeft':
        if (isOpen) this.#setOpen(node, false);
        else if (node > 0) this.#select(this.json.parent(node));
        return true;
      case 'Enter':
      case ' ':
        if (this.json.isContainer(node)) this.#setOpen(node, !isOpen);
        else this.#pane.open();
        return true;
      case 'F3':
        this.#search.step(event.shiftKey ? -1 : 1);
        return true;
      default:
        if (event.key.length !== 1) return false;
        this.#search.focus(event.key);
        return true;
    }
  }

  #row(row: number): HTMLElement {
    const node = this.#folds.nodeAt(row);
    const { json } = this;
    const isContainer = json.isContainer(node);
    const isOpen = isContainer && this.#folds.isOpen(node);
    const made = element('div', {
      class: node === this.#active ? 'row active' : 'row',
      role: 'treeitem',
      id: idOf(node),
      'data-node': node,
      'aria-level': json.depth(node) + 1,
      'aria-posinset': json.place(node) + 1,
      'aria-setsize': node === 0 ? 1 : json.children(json.parent(node)),
      'aria-selected': node === this.#active ? 'true' : 'false',
      'aria-expanded': isContainer ? String(isOpen) : undefined,
    });
    const indent = element('span', { class: isContainer ? 'twistie' : 'leaf' });
    indent.style.paddingLeft = `${json.depth(node) * 14}px`;
    if (isContainer) indent.append(icon(isOpen ? 'down' : 'right'));
    made.append(indent);
    const key = json.key(node);
    if (key !== undefined) {
      const name = clipped(String(key), LONGEST_VALUE);
      const kind = typeof key === 'string' ? 'key' : 'place';
      made.append(marked(kind, name.start, kind === 'key' ? this.#query : ''), ': ');
    }
    made.append(...this.#value(node, isOpen));
    return made;
  }

  #value(node: number, isOpen: boolean): HTMLElement[] {
    const { json } = this;
    const kind = json.kind(node);
    if (kind === 'object' || kind === 'array') {
      const [open, close, one] = kind === 'object' ? ['{', '}', 'key'] : ['[', ']', 'element'];
      const count = json.children(node);
      const brackets = isOpen || count === 0 ? `${open}${count === 0 ? close : ''}` : `${open}…${close}`;
      return [
        element(
          'span',
          { class: 'summary' },
          brackets,
          ...(count === 0 ? [] : [element('span', { class: 'count' }, ` ${counted(count, one)}`)]),
        ),
      ];
    }
    const { start, left } = json.beginning(node, LONGEST_VALUE);
    const value = marked(kind, start, this.#query);
    if (kind === 'string') {
      value.prepend('"');
      if (left === 0) value.append('"');
    }
    const more = element(
      'span',
      { class: 'more', title: 'Show everything' },
      `… ${counted(left, 'character')} more`,
    );
    return left > 0 ? [value, more] : [value];
  }
}

function idOf(node: number): string {
  return `node-${node}`;
}
