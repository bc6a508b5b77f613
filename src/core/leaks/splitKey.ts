import type { Span } from '../document/positions';

/**
 * The end of one string literal and the start of the next, with what puts them together: `" + "`, `' . '`, `` `}${` ``,
 * `".concat("`, `" f"`, and comments.
 */
const JOINT =
  /\\?["'`](?:[^"'`A-Za-z0-9\r\n]|\/\*[^*\r\n]{0,60}\*\/|\.concat\(|\.append\(){0,12}[bfru]?["'`]/g;

/** Which of these texts comes first. */
export function anyOf(texts: readonly string[], flags = ''): RegExp {
  return new RegExp(texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), flags);
}

/**
 * A key in consecutive blocks of 4 to 8 characters. Whoever cuts it into parts spoils one block with each
 * cut, so that of a key of 32 characters in up to 4 parts one block at least is whole.
 */
export function blocksOf(key: string): string[] {
  const size = Math.min(8, Math.max(4, Math.floor(key.length / 4)));
  const blocks: string[] = [];
  for (let at = 0; at + size <= key.length; at += size) blocks.push(key.slice(at, at + size));
  return [...new Set(blocks)];
}

/**
 * Where a key stands in parts that are put together on one line: `"sk_live_" + "4f1c"`. A span covers all
 * parts, with their quotes.
 */
export function splitKeysIn(text: string, key: string): Span[] {
  const spans: Span[] = [];
  const block = anyOf(blocksOf(key), 'g');
  for (let hit = block.exec(text); hit; hit = block.exec(text)) {
    const start = text.lastIndexOf('\n', hit.index) + 1;
    const feed = text.indexOf('\n', hit.index);
    const end = feed < 0 ? text.length : feed;
    spans.push(...splitKeysInLine(text.slice(start, end), key, start));
    block.lastIndex = end;
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
