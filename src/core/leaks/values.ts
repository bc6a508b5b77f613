import type { Span } from '../document/positions';
import { isCertainlyKey, looksLikeKey } from './standIn';
import { quoteAt, quoteBefore, tokenAt, type Token } from './tokens';

/** In characters; longer runs are no keys. */
const LONGEST_BARE = 600;

const BARE = /[\w+/=~.$%<>{}@:!#&*?-]/;

/** A value without quotes: up to a space, a quote, the end of the line, or a mark that ends it. */
export function bareAt(text: string, from: number, limit: number): Span | undefined {
  let braces = 0;
  let at = from;
  const most = Math.min(limit, from + LONGEST_BARE);
  for (; at < most; at++) {
    const character = text.charAt(at);
    if (!BARE.test(character)) break;
    if (character === '{') braces++;
    else if (character === '}' && --braces < 0) break;
    else if (character === '<' && text[at + 1] === '/') break;
    else if (character === '&' && (quoteAt(text, at) !== '' || /[A-Za-z_]/.test(text.charAt(at + 1)))) break;
  }
  const ends = at === text.length || at === limit || /[\s"'`\\,;)\]}|^<&]/.test(text.charAt(at));
  return ends && at > from ? { offset: from, length: at - from } : undefined;
}

/**
 * `${NAME:-…}` and `${NAME:…}`, whatever the variable is; not `${NAME:?…}` and `${NAME:+…}`, which have no default, and
 * not `${env:…}`, where a word in lower case says from where it is read.
 */
const DEFAULT =
  /^\$\{(?:[\w.-]{1,100}:?[-=]|(?=[a-z]{0,100}[A-Z\d_.-])[\w.-]{1,100}:(?![?+]))["']?([^\s"'{}$]+)["']?\}$/;

/**
 * A place, or of one with a default that of the default, where a key stands there. `isCertain`: nothing but its look
 * tells it from the name of a variable.
 */
export function keyIn(text: string, span: Span | undefined, isCertain = false): Span | undefined {
  if (!span) return undefined;
  const value = text.slice(span.offset, span.offset + span.length);
  const [, fallback] = DEFAULT.exec(value) ?? [];
  if (fallback !== undefined)
    return keyIn(
      text,
      { offset: span.offset + value.lastIndexOf(fallback), length: fallback.length },
      isCertain,
    );
  return (isCertain ? isCertainlyKey : looksLikeKey)(value) ? span : undefined;
}

/** What stands in the quotes in quotes, without them and spaces: `"\"…\""`, `"'…'"`. */
export function unwrapped(text: string, { offset, length }: Span): Span {
  let start = offset;
  let end = offset + length;
  for (;;) {
    const open = quoteAt(text, start);
    const close = quoteBefore(text, end);
    if (open !== '' && close !== '' && end - start > open.length + close.length) {
      start += open.length;
      end -= close.length;
    } else if (/\s/.test(text.charAt(start)) && start < end) start++;
    else if (/\s/.test(text.charAt(end - 1)) && start < end) end--;
    else if (text.startsWith('\\n', end - 2) && start + 2 < end) end -= 2;
    else return { offset: start, length: end - start };
  }
}

const VALUE_LIKE =
  /^(?:.*[._:-])?(?:set|add)?(?:v|(?:header|default|initial|current|env|param(?:eter)?|api_?key|option|plaintext|secret(?:string)?)?[_-]?values?\d*|\w*default|content|text|plain_?text|secret_?string|literal|equals|equal_?to|api[_-]?key|token|secret)$/i;
const NAME_LIKE =
  /^(?:.*[._:-])?(?:\w*name\d*|key|\w*header|\w*headerfield|(?:header|parameter)_?key|env|env_?var|variable|parameter|field|property|path|secret_?id|[hk])$/i;

/** A key for each environment: `{ dev: '…', prod: '…' }`. */
const ENVIRONMENT = /^:?(?:dev(?:elopment)?|stag(?:e|ing)|prod(?:uction)?|live|test)$/i;

/** Whether a member is called as that with the value of another one: `value`, `default`, `Header.value`. */
export const isValueLike = (word: string): boolean => word.length <= 60 && VALUE_LIKE.test(word);

/** Whether a member is called as that with the name of another one: `name`, `key`, `forHTTPHeaderField`. */
export const isNameLike = (word: string): boolean => word.length <= 60 && NAME_LIKE.test(word);

/** The word or text that a member is called by, and where its value begins. `undefined` where no member begins. */
export function memberAt(
  text: string,
  token: Token,
  limit: number,
): { name: string; at: number } | undefined {
  if (token.kind !== 'word' && token.kind !== 'text') return undefined;
  const link = tokenAt(text, token.end, limit);
  if (link?.kind !== 'mark' || (link.is !== ':' && link.is !== '=')) return undefined;
  const at = text.charAt(link.end) === '>' ? link.end + 1 : link.end;
  return { name: token.is.replace(/^[-@]+/, ''), at };
}

/** The key that stands as the value of a member. */
export function keyAt(text: string, from: number, limit: number): Span | undefined {
  let token = tokenAt(text, from, limit);
  // `["…"]`, `@"…"`, and what a line holds of its own
  for (let count = 0; token && count < 3; count++) {
    const isPrefix = token.kind === 'word' && token.is.length <= 2 && quoteAt(text, token.end) !== '';
    if (!isPrefix && token.is !== '[' && token.is !== '-' && token.is !== '(') break;
    token = tokenAt(text, token.end, limit);
  }
  if (!token || token.kind === 'line') return undefined;
  // `SecretValue.unsafePlainText('…')`
  if (
    token.kind === 'word' &&
    text.charAt(token.end) === '(' &&
    /(?:text|string|value|of|from)$/i.test(token.is)
  )
    token = tokenAt(text, token.end + 1, limit) ?? token;
  const span = token.kind === 'text' ? unwrapped(text, token.span) : bareAt(text, token.start, limit);
  return keyIn(text, span);
}

/**
 * The key in a block that a name opens: `variable "…" { default = "…" }`, or lines that are indented deeper than
 * `indentation`. `none` where no members begin there.
 */
export function keyInBlock(
  text: string,
  from: number,
  limit: number,
  indentation = -1,
): Span | 'none' | undefined {
  let depth = 0;
  let hasMembers = false;
  for (let token = tokenAt(text, from, limit); token; token = tokenAt(text, token.end, limit)) {
    if (token.kind === 'line') {
      if (token.span.length <= indentation) break;
      continue;
    }
    const member = memberAt(text, token, limit);
    if (!member && !hasMembers && token.kind !== 'mark') return 'none';
    if (member) {
      hasMembers = true;
      const isValue = isValueLike(member.name) || ENVIRONMENT.test(member.name);
      const key = depth === 0 && isValue ? keyAt(text, member.at, limit) : undefined;
      if (key) return key;
    } else if (opens(token)) depth++;
    else if (closes(token) && --depth < 0) break;
  }
  return hasMembers ? undefined : 'none';
}

export const opens = ({ kind, is }: Token): boolean => kind === 'mark' && '([{'.includes(is);
export const closes = ({ kind, is }: Token): boolean => kind === 'mark' && ')]}'.includes(is);
