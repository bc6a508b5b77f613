import { mapTexts } from './answer';
import { isObject } from '../json';

/** Of the names, texts and numbers of a value together, in UTF-16. */
export const LARGEST_VALUE = 256 * 1024;

/** Of a text inside a value that is larger. */
const LONGEST_TEXT = 500;
const MOST_MEMBERS = 50;
const DEEPEST = 4;

/** Whether a JSON value is larger than anything that people, and logs, have use for. */
export function isTooLarge(value: unknown): boolean {
  return roomAfter(value, LARGEST_VALUE) < 0;
}

/** Such a value with its long texts and lists cut off: what people look for is short. */
export function cutJson<Value>(value: Value, redact: (text: string) => string): Value {
  return cut(value, redact, DEEPEST) as Value;
}

/** What a value leaves of some characters, at most; it is no longer looked at when they are used up. */
function roomAfter(value: unknown, room: number): number {
  let left = room;
  if (Array.isArray(value)) {
    for (let place = 0; place < value.length && left >= 0; place++) left = roomAfter(value[place], left);
  } else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      left = roomAfter(value[name], left - name.length);
      if (left < 0) break;
    }
  } else left -= String(value).length;
  return left;
}

function cut(value: unknown, redact: (text: string) => string, depth: number): unknown {
  // Only after that: a part of a key would not be found.
  const short = (text: string) => redact(text).slice(0, LONGEST_TEXT);
  if (typeof value === 'string') return value.length <= LONGEST_TEXT ? redact(value) : `${short(value)}…`;
  if (typeof value !== 'object' || value === null) return mapTexts(value, redact);
  if (depth === 0) return '…';
  if (Array.isArray(value)) return value.slice(0, MOST_MEMBERS).map((item) => cut(item, redact, depth - 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .slice(0, MOST_MEMBERS)
      .map((name) => [short(name), cut(value[name], redact, depth - 1)]),
  );
}
