import { compareDecimals } from '../../core/decimal';
import type { Cell } from '../../core/endpoints/table';

export interface Order {
  readonly column: number;
  readonly direction: 'ascending' | 'descending';
}

/** The places of rows in an order, only those in which some cell has the text that is looked for. */
export function arranged(
  rows: readonly (readonly Cell[])[],
  order: Order | undefined,
  wanted: string,
): number[] {
  const text = wanted.trim().toLowerCase();
  const places = rows.flatMap((cells, place) =>
    text === '' || cells.some((cell) => cell.text.toLowerCase().includes(text)) ? [place] : [],
  );
  if (!order) return places;
  const { column, direction } = order;
  const sign = direction === 'ascending' ? 1 : -1;
  const at = (place: number) => rows[place]?.[column]?.text ?? '';
  return places.sort((a, b) => {
    const [one, other] = [at(a), at(b)];
    // What has no value comes last, whichever way.
    if (one === '' || other === '') return Number(one === '') - Number(other === '');
    return sign * (compareDecimals(one, other) ?? COLLATOR.compare(one, other));
  });
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true });

/** A first click sorts, the next turns it round, the third takes it back. */
export function nextOrder(order: Order | undefined, column: number): Order | undefined {
  if (order?.column !== column) return { column, direction: 'ascending' };
  return order.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}
