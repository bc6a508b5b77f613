/** A browser cuts elements off somewhere beyond 16 million pixels; long lists are scrolled in proportion. */
export const TALLEST = 8_000_000;

/** Rows of one height in a box that scrolls; lengths are in pixels. */
export interface Scrolled {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
  readonly scrollTop: number;
}

/** The rows to draw, from `first` to before `last`, and where the first of them is from the top of the content. */
export interface RowWindow {
  readonly first: number;
  readonly last: number;
  readonly top: number;
}

/** Rows drawn beyond each edge, so that none is missing while the next are drawn. */
const MARGIN = 10;

/** The height of the content. */
export function contentHeight(rows: number, rowHeight: number): number {
  return Math.min(rows * rowHeight, TALLEST);
}

export function windowOf({ rows, rowHeight, viewport, scrollTop }: Scrolled): RowWindow {
  const above = scrollTop * scale(rows, rowHeight, viewport);
  const first = Math.max(0, Math.floor(above / rowHeight) - MARGIN);
  const last = Math.min(rows, Math.ceil((above + viewport) / rowHeight) + MARGIN);
  return { first, last, top: scrollTop - (above - first * rowHeight) };
}

/** Where to scroll to so that a row is in view: nowhere if it is, else as little as is needed. */
export function scrollTopFor(row: number, scrolled: Scrolled): number {
  const { rows, rowHeight, viewport, scrollTop } = scrolled;
  const factor = scale(rows, rowHeight, viewport);
  const above = scrollTop * factor;
  const top = row * rowHeight;
  if (top < above) return top / factor;
  if (top + rowHeight > above + viewport) return (top + rowHeight - viewport) / factor;
  return scrollTop;
}

/** How many pixels of rows go by for each pixel that is scrolled. */
function scale(rows: number, rowHeight: number, viewport: number): number {
  const all = rows * rowHeight;
  return all <= TALLEST || TALLEST <= viewport ? 1 : (all - viewport) / (TALLEST - viewport);
}
