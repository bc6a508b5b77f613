import type { Span } from '../document/positions';
import { DEFINES } from './idioms';
import { quoteBefore } from './tokens';

/** A list that is called something else than headers: `redact: ["X-Api-Key", "…"]`. */
const OTHER_LIST = /(?<!headers?)["']?\s{0,9}[:=]\s{0,9}$/i;

/**
 * Whether the name and the text after it are two of the texts of a list, and no pair: `["X-Api-Key", "…", "…"]`. The
 * arguments of a command are a list of pairs.
 */
export function isInList(text: string, { offset }: Span, end: number): boolean {
  if (text.startsWith('--', offset - 2)) return false;
  let depth = 0;
  for (let at = offset - 1; at >= 0 && offset - at < 300; at--) {
    const character = text.charAt(at);
    if (')]}'.includes(character)) depth++;
    else if ('([{'.includes(character) && --depth < 0) {
      const isPair = offset - at < 4 && /^,?\s{0,99}[\])}]/.test(text.slice(end, end + 101));
      return character === '[' && (!isPair || OTHER_LIST.test(text.slice(Math.max(0, at - 30), at)));
    }
  }
  return false;
}

/** Whether the name is the first of two arguments or cells, and not the value of a member. */
export function beginsPair(text: string, { offset }: Span, isQuoted: boolean): boolean {
  const before = text.slice(Math.max(0, offset - 50), offset);
  if (!isQuoted) return /(?:^|[\r\n]|[\s,(]:)$/.test(before) || DEFINES.test(before);
  return !/[^:]:\s{0,9}$|[^=]=\s{0,9}$/.test(
    before.slice(0, before.length - quoteBefore(text, offset).length),
  );
}
