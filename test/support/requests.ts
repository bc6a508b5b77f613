import { parseDocument, type RequestDocument, type RequestNode } from '../../src/core/document/document';

/** The members of a request with which nothing is wrong, as they stand in a JSON text. */
const VALID: Readonly<Record<string, string>> = {
  amount: '"1500.00"',
  currency_code: '"UAH"',
  customer_id: '"user_12345"',
  external_id: '"order-1"',
  callback_url: '"https://shop.example/callback"',
  success_url: '"https://shop.example/success"',
  fail_url: '"https://shop.example/fail"',
};

/** By name, the JSON text of a value; `undefined` leaves the member out. Further ones come last. */
export type Changes = Readonly<Record<string, string | undefined>>;

export interface Layout {
  readonly eol: string;
  readonly indent: string;
}

/** The text of a request, valid but for the changes: one member on each line, or all on one with `eol: ''`. */
export function request(
  changes: Changes = {},
  { eol, indent }: Layout = { eol: '\n', indent: '  ' },
): string {
  const members = Object.entries({ ...VALID, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${indent}${JSON.stringify(name)}: ${value}`],
  );
  const separator = eol === '' ? ', ' : `,${eol}`;
  return `{${eol}${members.join(separator)}${eol}}`;
}

/** The text of a batch, whose ids differ where nothing else is said. */
export function batch(...elements: Changes[]): string {
  const texts = elements.map((changes, index) => request({ external_id: `"order-${index}"`, ...changes }));
  return `[${texts.join(', ')}]`;
}

/** A document and one of its requests. */
export function sent(text: string, index = 0): { document: RequestDocument; request: RequestNode } {
  const document = parseDocument(text);
  const found = document.requests.find((candidate) => candidate.index === index);
  if (!found) throw new Error(`There is no request ${index} in ${text.slice(0, 80)}`);
  return { document, request: found };
}
