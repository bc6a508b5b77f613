import type { Span } from '../document/positions';

/**
 * A piece of a text in any notation. A `text` is what stands in quotes, without them, and never goes over a line end;
 * a `word` is a run of characters that are neither space, quote nor mark; a `mark` is one character of `()[]{}<>,;:=|`,
 * or a quote that nothing closes on its line.
 */
export interface Token {
  readonly kind: 'text' | 'word' | 'mark' | 'line';
  /** Of a text what is in the quotes, of a line its indentation. */
  readonly span: Span;
  /** Where the token begins, and where what follows it begins. */
  readonly start: number;
  readonly end: number;
  /** The mark or the word. */
  readonly is: string;
}

/** In characters; a text that is longer is no key, and no name. */
const LONGEST_TEXT = 600;

const MARKS = '()[]{}<>,;:=|';
const ENTITIES = ['&quot;', '&#34;', '&#x22;', '&apos;', '&#39;', '&#x27;'];

/** In characters; what stands further from its line's start is not placed by its indentation. */
const LONGEST_LINE = 2_000;

/** Where the line of a place begins, or where it is looked for no further. */
export function lineStartAt(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LONGEST_LINE && !isLineEnd(text.charAt(start - 1))) start--;
  return start;
}

/** How many spaces and tabs a line begins with. */
export function indentationAt(text: string, lineStart: number): number {
  let at = lineStart;
  while (isSpace(text.charAt(at))) at++;
  return at - lineStart;
}

/** The quote that stands at a place, with the backslashes that escape it: `"`, `\"`, `&quot;`. Empty for none. */
export function quoteAt(text: string, at: number): string {
  const character = text.charAt(at);
  if (character === '"' || character === "'" || character === '`') return character;
  if (character === '&') return ENTITIES.find((entity) => text.startsWith(entity, at)) ?? '';
  if (character !== '\\') return '';
  let end = at;
  while (text[end] === '\\' && end - at < 8) end++;
  const quote = text.charAt(end);
  return quote === '"' || quote === "'" || quote === '`' ? text.slice(at, end + 1) : '';
}

/** The quote that ends at a place. Empty for none. */
export function quoteBefore(text: string, at: number): string {
  const last = text.charAt(at - 1);
  if (last === ';')
    return (
      ENTITIES.find((entity) => text.endsWith(entity, at) || text.startsWith(entity, at - entity.length)) ??
      ''
    );
  if (last !== '"' && last !== "'" && last !== '`') return '';
  let start = at - 1;
  while (text[start - 1] === '\\' && at - start < 8) start--;
  return text.slice(start, at);
}

/** The next token before `limit`, comments left out. `undefined` where there is none. */
export function tokenAt(text: string, from: number, limit: number): Token | undefined {
  const at = afterComments(text, from, limit);
  if (at >= limit) return undefined;
  const character = text.charAt(at);
  if (character === '\n' || character === '\r') return lineAt(text, at, limit);
  const quote = quoteAt(text, at);
  if (quote !== '') return textAt(text, at, quote, limit);
  if (MARKS.includes(character)) return token('mark', at, at, at + 1, character);
  let end = at + 1;
  while (end < limit && !endsWord(text, end)) end++;
  return token('word', at, at, end, text.slice(at, end));
}

function token(kind: Token['kind'], start: number, from: number, to: number, is: string, end = to): Token {
  return { kind, start, end, is, span: { offset: from, length: to - from } };
}

function endsWord(text: string, at: number): boolean {
  const character = text.charAt(at);
  return isSpace(character) || isLineEnd(character) || MARKS.includes(character) || quoteAt(text, at) !== '';
}

const isSpace = (character: string) => character === ' ' || character === '\t' || character === '\u00a0';
const isLineEnd = (character: string) => character === '\n' || character === '\r';

/** A line that ends in `\`, `^` or a backtick goes on in the next one. */
function afterComments(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit) {
    const character = text.charAt(at);
    if (isSpace(character)) at++;
    else if ((character === '\\' || character === '^' || character === '`') && isLineEnd(text.charAt(at + 1)))
      at += text.startsWith('\r\n', at + 1) ? 3 : 2;
    else if (text.startsWith('/*', at)) at = after(text, '*/', at + 2, limit);
    else if (text.startsWith('<!--', at)) at = after(text, '-->', at + 4, limit);
    else if (isLineComment(text, at)) while (at < limit && !isLineEnd(text.charAt(at))) at++;
    else break;
  }
  return Math.min(at, limit);
}

function isLineComment(text: string, at: number): boolean {
  // Perl has an operator of that name: `// "…"`.
  const isSlashes = text.startsWith('//', at) && !/^\/\/ ["']/.test(text.slice(at, at + 4));
  const begins = isSlashes || text.startsWith('# ', at) || text.startsWith('-- ', at);
  return begins && (at === 0 || /\s/.test(text.charAt(at - 1)));
}

function after(text: string, mark: string, from: number, limit: number): number {
  const found = text.slice(from, limit).indexOf(mark);
  return found < 0 ? limit : from + found + mark.length;
}

/** The line end and the indentation of what follows it; lines of spaces alone are left out. */
function lineAt(text: string, at: number, limit: number): Token {
  let start = at;
  let end = at;
  while (end < limit) {
    if (isLineEnd(text.charAt(end))) start = ++end;
    else if (isSpace(text.charAt(end))) end++;
    else break;
  }
  return token('line', at, start, end, '');
}

function textAt(text: string, at: number, quote: string, limit: number): Token {
  const from = at + quote.length;
  const most = Math.min(limit, from + LONGEST_TEXT);
  for (let to = from; to < most && !isLineEnd(text.charAt(to)); to++) {
    if (text.startsWith(quote, to) && (quote.startsWith('\\') || text[to - 1] !== '\\' || quote === '`'))
      return token('text', at, from, to, text.slice(from, to), to + quote.length);
  }
  return token('mark', at, at, from, quote);
}
