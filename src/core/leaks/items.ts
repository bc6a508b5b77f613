import type { Span } from '../document/positions';
import type { NamedPlace } from './keyNames';
import { lineStartAt, quoteAt, quoteBefore, tokenAt, type Token } from './tokens';
import { closes, isNameLike, isValueLike, keyAt, keyIn, memberAt, opens, unwrapped } from './values';

/** In characters. */
const LONGEST_PREFIX = 80;
/** Grafana's header and its value are in two blocks. */
const NUMBERED = /^httpHeaderName(\d{1,2})$/;

/** No item that is written in lines has more of them. */
const MOST_LINES = 12;
/** In characters. */
const LONGEST_LINE = 2_000;

/**
 * The key in an item that names it: `{"key": "X-Api-Key", "value": "…"}`, `- name: …` and `value: …`, in either order.
 * `none` where the name is not the value of a member that names something.
 */
export function itemValue({ text, name, from, to }: NamedPlace): Span | 'none' | undefined {
  const quote = quoteBefore(text, name.offset);
  const end = name.offset + name.length;
  const isQuoted = quote !== '' && text.startsWith(quote, end);
  const prefix = prefixOf(text, name.offset, from);
  const outer = quoteBefore(text, name.offset - prefix.length);
  const isWhole = quote === '' && outer !== '' && text.startsWith(outer, end);
  const isPath = isWhole || prefix.startsWith('/');
  const start =
    name.offset - (isQuoted ? quote.length : (isPath ? prefix.length : 0) + (isWhole ? outer.length : 0));
  const after = end + (isQuoted ? quote.length : isWhole ? outer.length : 0);
  if (name.isExpansion || (!isQuoted && !isWhole && /[:=;]/.test(text.charAt(after)))) return 'none';
  const left = tokensIn(text, beginning(text, from), start);
  const piped = pipedValue(text, left);
  if (piped) return piped;
  const place = ownMember(text, left, start);
  const own = left[place] && memberAt(text, left[place], start)?.name;
  if (own === undefined) return 'none';
  const number = NUMBERED.exec(own)?.[1];
  if (number !== undefined) {
    const member = `httpHeaderValue${number}`;
    const place = text.slice(after, Math.min(to, after + 600)).indexOf(member);
    const value = place < 0 ? undefined : tokenAt(text, after + place + member.length, to);
    return value && keyAt(text, value.is === ':' ? value.end : value.end + 1, to);
  }
  const opener = openerOf(left);
  if (/^value$/i.test(own)) return postmanValue(text, left, from, to);
  if (!isNameLike(own)) return 'none';
  if (opener >= 0) {
    const group = left.slice(opener + 1, place);
    return (
      inGroup(text, after, to) ?? beforeInGroup(text, group, start) ?? firstArgument(text, own, left, opener)
    );
  }
  return onLine(text, after, to, left.slice(0, place)) ?? inLines({ text, from, to }, name.offset);
}

/** What stands before a name without a space: `/shop/`, `HTTP_`. */
function prefixOf(text: string, end: number, from: number): string {
  if (!/[/._-]/.test(text.charAt(end - 1))) return '';
  let start = end;
  while (start > from && end - start < LONGEST_PREFIX && /[\w/.-]/.test(text.charAt(start - 1))) start--;
  return text.slice(start, end);
}

/** After the quote that closes the name before. */
function beginning(text: string, from: number): number {
  return from > 0 && /["'`]/.test(text.charAt(from)) ? from + 1 : from;
}

function tokensIn(text: string, from: number, to: number): Token[] {
  const tokens: Token[] = [];
  for (let token = tokenAt(text, from, to); token; token = tokenAt(text, token.end, to)) tokens.push(token);
  return tokens;
}

/** The place of what the member is called whose value the name is. */
function ownMember(text: string, left: readonly Token[], start: number): number {
  let last = left.length - 1;
  while (left[last]?.is === '@' || left[last]?.is === '>') last--;
  const member = left[last - 1];
  // `Env:ECCAEX_API_KEY`, `:eccaex-api-key` are names with what they are in.
  const link = left[last];
  if (link?.is === ':' && link.end === start && quoteAt(text, start) === '') return -1;
  return member && memberAt(text, member, start) ? last - 1 : -1;
}

/** The place of the innermost bracket that is open at the end; -1 for none. */
function openerOf(tokens: readonly Token[]): number {
  let depth = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (!token) continue;
    if (closes(token)) depth++;
    else if (opens(token) && --depth < 0) return at;
  }
  return -1;
}

/** After the name, up to the bracket that closes the item, and to the next name of something. */
function inGroup(text: string, from: number, to: number): Span | undefined {
  let depth = 0;
  for (let token = tokenAt(text, from, to); token; token = tokenAt(text, token.end, to)) {
    if (token.is === ';' && token.kind === 'mark') return undefined;
    if (opens(token)) depth++;
    else if (closes(token) && --depth < 0) return undefined;
    const member = memberAt(text, token, to);
    if (!member) continue;
    if (isValueLike(member.name)) {
      const key = keyAt(text, member.at, to);
      if (key) return key;
    } else if (isNameLike(member.name)) return undefined;
  }
  return undefined;
}

/** Before the name, at the level of the item alone. */
function beforeInGroup(text: string, group: readonly Token[], to: number): Span | undefined {
  let depth = 0;
  let found: Span | undefined;
  for (const token of group) {
    if (opens(token)) depth++;
    else if (closes(token)) depth--;
    if (token.is === ';' && token.kind === 'mark') found = undefined;
    const member = depth === 0 ? memberAt(text, token, to) : undefined;
    if (!member) continue;
    if (isValueLike(member.name)) found = keyAt(text, member.at, to) ?? found;
    else if (isNameLike(member.name)) found = undefined;
  }
  return found;
}

/** `setValue("…", forHTTPHeaderField: "X-Api-Key")`. */
function firstArgument(text: string, own: string, left: readonly Token[], opener: number): Span | undefined {
  if (!/headerfield$/i.test(own)) return undefined;
  const first = left[opener + 1];
  if (first?.kind !== 'text') return undefined;
  return keyIn(text, unwrapped(text, first.span));
}

/** How Postman keeps its API key authorization: `{"key":"value","value":"…"},{"key":"key","value":"X-Api-Key"}`. */
function postmanValue(
  text: string,
  left: readonly Token[],
  from: number,
  to: number,
): Span | 'none' | undefined {
  const [key, link, kind] = left.slice(-6);
  if (key?.is !== 'key' || link?.is !== ':' || kind?.is !== 'key') return 'none';
  const tokens = tokensIn(text, from, to);
  const place = tokens.findIndex(
    ({ is }, at) => is === 'key' && tokens[at + 1]?.is === ':' && tokens[at + 2]?.is === 'value',
  );
  const value = tokens.slice(place + 3).find(({ is }) => is === 'value');
  const member = place >= 0 && value && memberAt(text, value, to);
  return member ? keyAt(text, member.at, to) : undefined;
}

/** `echo "…" | gh secret set ECCAEX_API_KEY`. */
function pipedValue(text: string, left: readonly Token[]): Span | undefined {
  const line = left.slice(left.findLastIndex(({ kind }) => kind === 'line') + 1);
  const pipe = line.findLastIndex(({ is, kind }) => is === '|' && kind === 'mark');
  const command = line.findLastIndex(({ is }, at) => at < pipe && /^(?:echo|printf)$/.test(is));
  const value = command >= 0 ? line[pipe - 1] : undefined;
  const taker = line.slice(pipe + 1);
  // What only looks at the text keeps nothing: `| grep ECCAEX_API_KEY`, `| sha256sum; printenv ECCAEX_API_KEY`.
  if (
    taker.some(({ is }) => is === ';' || is === '&&') ||
    /^(?:\w*grep|sed|awk|rg|sha\w*)$/.test(taker[0]?.is ?? '')
  )
    return undefined;
  return value && keyAt(text, value.start, value.end);
}

/** On the line of the name. */
function onLine(text: string, from: number, to: number, left: readonly Token[]): Span | undefined {
  for (
    let token = tokenAt(text, from, to);
    token && token.kind !== 'line';
    token = tokenAt(text, token.end, to)
  ) {
    const member = memberAt(text, token, to);
    if (member && isNameLike(member.name)) return undefined;
    if (member && isValueLike(member.name)) return keyAt(text, member.at, to);
  }
  const line = left.slice(left.findLastIndex(({ kind }) => kind === 'line') + 1);
  return beforeInGroup(text, line, from);
}

interface Line {
  /** Where what the line says begins, from the line's start, dashes of a list left out. */
  readonly column: number;
  readonly hasDash: boolean;
  readonly start: number;
  readonly end: number;
}

/** On the lines of the same item: as deep as the name, with none between that begins another item. */
function inLines(
  { text, from, to }: Pick<NamedPlace, 'text' | 'from' | 'to'>,
  offset: number,
): Span | undefined {
  const own = lineAt(text, lineStartAt(text, offset));
  let line = own;
  for (let count = 0; count < MOST_LINES && line.end < to; count++) {
    line = lineAt(text, line.end + 1);
    if (line.column > own.column) continue;
    if (line.column < own.column || line.hasDash || isBlank(line)) break;
    const found = inLine(text, line, to);
    if (found !== 'none') return found;
  }
  line = own;
  for (let count = 0; count < MOST_LINES && !line.hasDash && line.start > from; count++) {
    line = lineAt(text, lineStartAt(text, line.start - 1));
    if (line.start < from || isBlank(line) || line.column < own.column) break;
    if (line.column > own.column) continue;
    const found = inLine(text, line, offset);
    if (found !== 'none') return found;
  }
  return undefined;
}

function inLine(text: string, { start, column, end }: Line, to: number): Span | 'none' | undefined {
  const token = tokenAt(text, start + column, Math.min(end, to));
  const member = token && memberAt(text, token, Math.min(end, to));
  if (!member) return 'none';
  if (isValueLike(member.name)) return keyAt(text, member.at, Math.min(end, to));
  return isNameLike(member.name) ? undefined : 'none';
}

function lineAt(text: string, start: number): Line {
  let end = start;
  while (end < text.length && end - start < LONGEST_LINE && text[end] !== '\n') end++;
  let at = start;
  let hasDash = false;
  for (; at < end; at++) {
    const character = text.charAt(at);
    const isDash = character === '-' && /[ \t]/.test(text.charAt(at + 1));
    if (isDash) hasDash = true;
    else if (character !== ' ' && character !== '\t') break;
  }
  return { column: at - start, hasDash, start, end };
}

const isBlank = ({ start, end, column }: Line) => start + column >= end;
