import type { Span } from '../document/positions';
import type { KeyName } from './keyNames';
import { keyIn, unwrapped } from './values';

/** Rows of a table that are looked at. */
const MOST_ROWS = 50;
/** In characters. */
const LONGEST_ROW = 1_000;
const MOST_CELLS = 40;
/** The names of columns. */
const HEADING = /^["'`]?[\w .:/-]{0,40}["'`]?$/;

/** Keys in a column that is called as one: CSV, a Markdown table, `INSERT INTO merchants (id, eccaex_api_key) VALUES (…)`. */
export function* columnsIn(text: string, names: readonly KeyName[]): Generator<Span> {
  let end = 0;
  for (const [place, name] of names.entries()) {
    // One name of each line: a row of headings has one key.
    const left = text.slice(end, name.offset);
    const feed = left.lastIndexOf('\n');
    const start = end + feed + 1;
    end = name.offset + name.length;
    if (start > 0 && feed < 0) continue;
    yield* inRows(text, name, start, names[place + 1]?.offset ?? text.length);
    yield* inValues(text, name, start);
  }
}

/** Up to the next name. */
function* inRows(text: string, name: KeyName, start: number, limit: number): Generator<Span> {
  const end = endOfLine(text, start);
  const separator = [',', ';', '\t', '|'].find((mark) => text.slice(start, end).includes(mark));
  if (separator === undefined || end - start > LONGEST_ROW) return;
  const headings = cells(text, start, end, separator);
  const column = ownCell(headings, name);
  if (column < 0 || headings.length > MOST_CELLS || !headings.every((cell) => isHeading(text, cell))) return;
  let from = end + 1;
  for (let row = 0; row < MOST_ROWS && from < limit; row++) {
    const to = endOfLine(text, from);
    const values = cells(text, from, to, separator);
    if (values.length !== headings.length) return;
    yield* keyOf(text, values[column]);
    from = to + 1;
  }
}

function* inValues(text: string, name: KeyName, line: number): Generator<Span> {
  const before = text.slice(Math.max(line, name.offset - LONGEST_ROW), name.offset);
  const open = before.lastIndexOf('(');
  if (open < 0 || before.indexOf(')', open) >= 0) return;
  const start = name.offset - before.length + open + 1;
  const end = closing(text, start);
  const row = /^\)\s{0,20}VALUES\s{0,20}\(/i.exec(text.slice(end, end + 60));
  if (!row) return;
  const column = ownCell(cells(text, start, end, ','), name);
  const from = end + row[0].length;
  if (column >= 0) yield* keyOf(text, cells(text, from, closing(text, from), ',')[column]);
}

function* keyOf(text: string, cell: Span | undefined): Generator<Span> {
  if (!cell) return;
  const key = keyIn(text, unwrapped(text, cell), true);
  if (key) yield key;
}

const isHeading = (text: string, { offset, length }: Span) =>
  HEADING.test(text.slice(offset, offset + length));

const ownCell = (row: readonly Span[], name: KeyName) =>
  row.findIndex(
    ({ offset, length }) =>
      offset <= name.offset &&
      name.offset - offset <= 1 &&
      offset + length - (name.offset + name.length) <= 1 &&
      offset + length >= name.offset + name.length,
  );

function cells(text: string, from: number, to: number, separator: string): Span[] {
  const row: Span[] = [];
  let offset = from;
  for (const cell of text.slice(from, Math.min(to, from + LONGEST_ROW)).split(separator)) {
    const start = offset + cell.length - cell.trimStart().length;
    row.push({ offset: start, length: cell.trim().length });
    offset += cell.length + separator.length;
  }
  return row;
}

function closing(text: string, from: number): number {
  const place = text.slice(from, from + LONGEST_ROW).indexOf(')');
  return place < 0 ? from : from + place;
}

function endOfLine(text: string, from: number): number {
  const place = text.slice(from, from + LONGEST_ROW + 1).indexOf('\n');
  return place < 0 ? Math.min(text.length, from + LONGEST_ROW + 1) : from + place;
}
