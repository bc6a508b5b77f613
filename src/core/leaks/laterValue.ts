import type { Span } from '../document/positions';
import type { NamedPlace } from './keyNames';
import { quoteBefore, tokenAt } from './tokens';
import { bareAt, keyIn, unwrapped } from './values';

/** `key := os.Getenv("`, `let key = process.env.`: the variable that takes what the name has. */
const ASSIGNS =
  /(?:^|[\s(;{])\$?([A-Za-z_]\w{0,60})(?:,\s?\w{1,20})?(?:\s?:\s?[\w<>[\]]{1,30})?\s{0,9}:?=[^=;{}]{0,200}$/;
/** How far behind the name the variable gets another value, in characters. */
const REACH = 300;

/** `"…".equals(request.header("`, `"…" === headers["`: a text that is compared with what the name has. */
const COMPARED = /(["'`])[^\s"'`]{8,512}\1(?:\.equals\w{0,20}\(|\s?[!=]==?\s?)[\w.$]{1,60}[([]{1,2}$/;

/** A heading or a label of Markdown: `## X-Api-Key`, `**X-Api-Key:**`. */
const HEADING = /^(?:#{1,6} |\*\*)[^\n]{0,80}$/;
/** Up to the one text of the next paragraph. */
const ALONE = /^[*:` ]{0,6}\r?\n(?:\r?\n|```\w{0,12}\r?\n){1,2}`?(?=[^\s`]{8,512}`?[ \t]{0,9}(?:\r?\n|$))/;

/** The text that is compared with what the name has: `"…" === request.get("X-Api-Key")`. */
export function comparedBefore({ text, name, from }: NamedPlace): Span | undefined {
  const quote = quoteBefore(text, name.offset);
  const end = name.offset - quote.length;
  const before = text.slice(Math.max(from, end - 700), end);
  const match = quote === '' ? null : COMPARED.exec(before.slice(before.lastIndexOf('\n') + 1));
  if (!match) return undefined;
  const offset = end - match[0].length + 1;
  return keyIn(text, { offset, length: match[0].indexOf(match[1] ?? '', 1) - 1 }, true);
}

/**
 * A key that a variable gets where the one of the environment is missing: `key := os.Getenv("…"); if key == "" { key =
 * "…" }`; and the one that stands alone below a heading with the name.
 */
export function assignedLater({ text, name, from, to }: NamedPlace): Span | undefined {
  // Nothing before the name before this one, so that all names together are read once.
  const left = text.slice(from, name.offset);
  const before = left.slice(left.lastIndexOf('\n') + 1);
  const end = name.offset + name.length;
  const after = text.slice(end, Math.min(to, end + REACH));
  const alone = HEADING.test(before) ? ALONE.exec(after) : null;
  if (alone) return keyIn(text, bareAt(text, end + alone[0].length, to), true);
  const variable = ASSIGNS.exec(before)?.[1];
  if (variable === undefined) return undefined;
  const again = new RegExp(`(?<![\\w.])${variable}\\s{0,9}=\\s{0,9}(?=["'\`])`).exec(after);
  const value = again && tokenAt(text, end + again.index + again[0].length, to);
  return value?.kind === 'text' ? keyIn(text, unwrapped(text, value.span), true) : undefined;
}
