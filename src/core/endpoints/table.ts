import { ANSWER_FIELDS, type AnswerField, type ValueKind } from '../contract/answerFields';
import type { EndpointName } from '../contract/endpoints';
import { isDecimal } from '../decimal';
import { isObject, type JsonObject } from '../json';

export interface Column {
  readonly name: string;
  readonly title: string;
  readonly kind: ValueKind;
}

/** A value as it came, as a text; empty for none. */
export interface Cell {
  readonly text: string;
  readonly kind: ValueKind;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows beyond those. */
  readonly more: number;
}

const MOST_ROWS = 2_000;
const MOST_FURTHER_COLUMNS = 20;
/** No documented value comes near. */
const LONGEST = 5_000;

/**
 * The data of a response as a table: an item a row, or of one item a field a row. The documented fields come first,
 * then whatever else is there. Takes anything: what is not as documented is shown as it came.
 */
export function tableOf(endpoint: EndpointName, data: unknown): Table {
  const fields = ANSWER_FIELDS[endpoint];
  if (endpoint === 'withdrawal' || !Array.isArray(data)) return recordTable(fields, data);
  const items = data.slice(0, MOST_ROWS) as readonly unknown[];
  const columns = [...fields, ...furtherFields(fields, items)].filter(
    (field) => !field.optional || items.some((item) => cellOf(item, field).text !== ''),
  );
  return {
    columns,
    rows: items.map((item) =>
      isObject(item)
        ? columns.map((column) => cellOf(item, column))
        : columns.map((_, place) => ({ text: place === 0 ? textOf(item) : '', kind: 'text' })),
    ),
    more: data.length - items.length,
  };
}

function recordTable(fields: readonly AnswerField[], data: unknown): Table {
  const columns: Column[] = [
    { name: 'field', title: 'Field', kind: 'text' },
    { name: 'value', title: 'Value', kind: 'text' },
  ];
  if (!isObject(data)) return { columns, rows: [[plain('data'), plain(textOf(data))]], more: 0 };
  const rows = [...fields, ...furtherFields(fields, [data])]
    .map((field) => [plain(field.title), cellOf(data, field)])
    .filter(([, value]) => value?.text !== '');
  return { columns, rows, more: 0 };
}

const plain = (text: string): Cell => ({ text, kind: 'text' });

/** What the vendor does not document, and what stands in the place of a documented object. */
function furtherFields(fields: readonly AnswerField[], items: readonly unknown[]): AnswerField[] {
  const known = new Set(fields.map(({ name }) => name));
  const nested = new Map(fields.map(({ name }) => name.split('.')).map(([outer, inner]) => [outer, inner]));
  const further = new Set<string>();
  for (const item of items) {
    if (!isObject(item)) continue;
    for (const [name, value] of Object.entries(item)) {
      if (known.has(name) || hasMember(value, nested.get(name))) continue;
      further.add(name);
      if (further.size === MOST_FURTHER_COLUMNS) break;
    }
  }
  return [...further].slice(0, MOST_FURTHER_COLUMNS).map((name) => ({
    name,
    title: name.slice(0, 60),
    kind: 'text',
    optional: true,
  }));
}

function cellOf(item: unknown, { name, kind }: Column): Cell {
  const value = isObject(item) ? memberOf(item, name) : undefined;
  const text = textOf(value);
  return { text, kind: kind === 'decimal' && !isDecimal(text) ? 'text' : kind };
}

function hasMember(value: unknown, name: string | undefined): boolean {
  return name !== undefined && isObject(value) && Object.hasOwn(value, name);
}

function memberOf(item: JsonObject, name: string): unknown {
  if (Object.hasOwn(item, name)) return item[name];
  const [outer = '', inner = ''] = name.split('.');
  const object = Object.hasOwn(item, outer) ? item[outer] : undefined;
  return isObject(object) && Object.hasOwn(object, inner) ? object[inner] : undefined;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
