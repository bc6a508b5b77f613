import type { Span } from './positions';

/**
 * A line that a merge leaves behind where both sides changed the same lines: seven of one character, and what git
 * says about the side. `|||||||` stands before the common ancestor.
 */
const MARKER = /^[ \t]*(<{7}|>{7}|={7}|\|{7})(?![<>=|]).*$/gm;

/**
 * The marker that keeps a text from being JSON: the first one of a whole conflict, else the one where a parser
 * stumbled. No string of JSON goes over a line break, so that none has such a line in it.
 */
export function conflictMarker(text: string, stumbled: number): Span | undefined {
  if (!/<{7}|>{7}|={7}|\|{7}/.test(text)) return undefined;
  let first: Span | undefined;
  for (const { 0: line, 1: marker = '', index } of text.matchAll(MARKER)) {
    const offset = index + line.indexOf(marker);
    const span = { offset, length: line.trim().length };
    if (stumbled >= index && stumbled <= index + line.length) return first ?? span;
    if (marker.startsWith('<')) first ??= span;
    if (marker.startsWith('>') && first) return first;
  }
  return undefined;
}
