import type { Span } from '../document/positions';

/**
 * The end of one string literal and the start of the next, with what puts them together: `" + "`, `' . '`, `` `}${` ``,
 * `".concat("`, `" f"`, and comments.
 */
const JOINT =
  /\\?["'`](?:[^"'`A-Za-z0-9\r\n]|\/\*[^*\r\n]{0,60}\*\/|\.concat\(|\.append\(){0,12}[bfru]?["'`]/g;

/** In characters. Shorter ones stand everywhere. */
const SHORTEST_PART = 3;

/** A quote, which can stand in a literal itself. */
const LITERAL_ENDS = ['"', "'", '`', '\\'];

/**
 * What a line has in which a key stands in parts of three characters or more: the start of the key with the end of a
 * literal after it, or a block. Blocks are 4 to 8 characters that follow one another in the key: a part that is longer
 * than two of them has one that is whole.
 */
export function partsOf(key: string): string[] {
  const size = Math.min(8, Math.max(4, Math.floor(key.length / 4)));
  const parts = new Set<string>();
  for (let at = 0; at + size <= key.length; at += size) parts.add(key.slice(at, at + size));
  for (let length = SHORTEST_PART; length <= size; length++)
    for (const end of LITERAL_ENDS) parts.add(key.slice(0, length) + end);
  return [...parts];
}

/** Finds any of these. Texts alone, without anything optional in them, are what engines look for fastest. */
export const anyOf = (texts: readonly string[]): RegExp =>
  new RegExp(texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');

/**
 * Where a key stands in parts that are put together on one line: `"sk_live_" + "4f1c"`. A span covers all
 * parts, with their quotes.
 */
export function splitKeysIn(text: string, key: string): Span[] {
  const spans: Span[] = [];
  const part = anyOf(partsOf(key));
  for (let hit = part.exec(text); hit; hit = part.exec(text)) {
    const start = text.lastIndexOf('\n', hit.index) + 1;
    const feed = text.indexOf('\n', hit.index);
    const end = feed < 0 ? text.length : feed;
    spans.push(...splitKeysInLine(text.slice(start, end), key, start));
    part.lastIndex = end;
  }
  return spans;
}

function splitKeysInLine(line: string, key: string, offset: number): Span[] {
  const joints = [...line.matchAll(JOINT)].map(({ 0: { length }, index }) => ({ index, length }));
  if (joints.length === 0) return [];
  let joined = '';
  let done = 0;
  for (const { index, length } of joints) {
    joined += line.slice(done, index);
    done = index + length;
  }
  joined += line.slice(done);
  const spans: Span[] = [];
  for (let at = joined.indexOf(key); at >= 0; at = joined.indexOf(key, at + key.length)) {
    const start = original(at, joints);
    const last = original(at + key.length - 1, joints) + 1;
    // A key without a joint in it stands there in one piece, and is found as that.
    if (last - start === key.length) continue;
    const isQuoted = /["'`]/.test(line.charAt(start - 1)) && /["'`]/.test(line.charAt(last));
    const quote = isQuoted ? 1 : 0;
    spans.push({ offset: offset + start - quote, length: last - start + 2 * quote });
  }
  return spans;
}

/** Where a character of the joined text stands in the line. */
function original(at: number, joints: readonly { index: number; length: number }[]): number {
  let removed = 0;
  for (const { index, length } of joints) {
    if (index - removed > at) break;
    removed += length;
  }
  return at + removed;
}
