import type { JsonTree } from './jsonTree';

/** Beyond this many nodes only the root is open at first. */
const OPEN_AT_FIRST = 1_000;

/** Which nodes of a tree are shown: those whose ancestors are all open. Rows are numbered from the top. */
export class Folds {
  readonly #isClosed: Uint8Array;
  #rows: Int32Array;
  #count = 0;

  constructor(private readonly tree: JsonTree) {
    this.#isClosed = new Uint8Array(tree.size);
    this.#rows = new Int32Array(tree.size);
    if (tree.size > OPEN_AT_FIRST) this.#isClosed.fill(1, 1);
    this.#arrange();
  }

  get rowCount(): number {
    return this.#count;
  }

  nodeAt(row: number): number {
    return this.#rows[row] ?? 0;
  }

  /** -1 for a node that is not shown. */
  rowOf(node: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#rows[middle] ?? 0;
      if (found === node) return middle;
      if (found < node) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  isOpen(node: number): boolean {
    return this.#isClosed[node] === 0;
  }

  setOpen(node: number, open: boolean): void {
    if (!this.tree.isContainer(node) || this.isOpen(node) === open) return;
    this.#isClosed[node] = open ? 0 : 1;
    this.#arrange();
  }

  /** Opens or closes everything below the root. */
  setAll(open: boolean): void {
    this.#isClosed.fill(open ? 0 : 1, 1);
    this.#isClosed[0] = 0;
    this.#arrange();
  }

  /** Opens what a node is in, and gives its row. */
  reveal(node: number): number {
    for (let at = this.tree.parent(node); at >= 0; at = this.tree.parent(at)) this.#isClosed[at] = 0;
    if (this.rowOf(node) < 0) this.#arrange();
    return this.rowOf(node);
  }

  #arrange(): void {
    let row = 0;
    for (let node = 0; node < this.tree.size;) {
      this.#rows[row++] = node;
      node = this.#isClosed[node] === 1 ? this.tree.next(node) : node + 1;
    }
    this.#count = row;
  }
}
