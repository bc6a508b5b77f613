import { isObject } from '../response/decode';

/** Of a body, in bytes of UTF-8. */
export const LONGEST_BODY = 256 * 1024;

/** Of a text inside a value that is too large as a whole, in UTF-16. */
const LONGEST_TEXT = 500;
const MOST_MEMBERS = 50;
const DEEPEST = 4;

/** The beginning of a text that is too long to be kept. */
export function shortened(text: string): string {
  // A code unit is 3 bytes at most.
  if (text.length * 3 <= LONGEST_BODY) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= LONGEST_BODY) return text;
  // As a stream, so that a character that is cut in two is left out.
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_BODY), { stream: true });
}

/** A JSON value that is too large to be kept, with its long texts and lists cut off: what people look for is short. */
export function shortenedJson<Value>(value: Value): Value {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined || shortened(text) === text ? value : (cut(value, DEEPEST) as Value);
}

function cut(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    return value.length <= LONGEST_TEXT ? value : `${value.slice(0, LONGEST_TEXT)}…`;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '…';
  if (Array.isArray(value)) return value.slice(0, MOST_MEMBERS).map((item) => cut(item, depth - 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_MEMBERS)
      .map(([name, item]) => [name.slice(0, LONGEST_TEXT), cut(item, depth - 1)]),
  );
}
