import { ParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { characterWords } from './lookAlikes';
import { LineIndex, type Span } from './positions';
import { readTree, type Tree } from './tree';

/** One invoice in a document: the root object, or an element of the root array. */
export interface RequestNode {
  /** Place in the batch; 0 for a single request. */
  readonly index: number;
  /** `""` for a single request, `"/2"` for the third of a batch. */
  readonly pointer: string;
  readonly node: Node;
}

export type SyntaxReason =
  | 'nothing'
  | 'too-deep'
  | 'comma'
  | 'colon'
  | 'property-name'
  | 'value'
  | 'unclosed'
  | 'string'
  | 'number'
  | 'placeholder'
  | 'merge-conflict'
  | 'quotes'
  | 'literal'
  | 'comment'
  | 'semicolon'
  | 'after-end'
  | 'symbol';

/** What keeps a text from being JSON. `found`: a character of which one does not see what it is, in words. */
export type SyntaxFault =
  { readonly reason: SyntaxReason } | { readonly reason: 'character'; readonly found: string };

export interface RequestDocument {
  readonly text: string;
  readonly lines: LineIndex;
  /** Absent where the text is empty or nested too deep. Partial where the text is not JSON. */
  readonly root: Node | undefined;
  /** The first thing that keeps the text from being JSON, comments and trailing commas apart. */
  readonly syntaxError: (Span & SyntaxFault) | undefined;
  /** Those before a syntax error: behind it, what looks like a comment may be the rest of a URL. */
  readonly comments: readonly Span[];
  readonly trailingCommas: readonly Span[];
  /** Elements of a batch that are no objects are left out. */
  readonly requests: readonly RequestNode[];
}

/** Reads a text once. Never throws: what is wrong with the text is part of the result. */
export function parseDocument(text: string, tree: Tree = readTree(text)): RequestDocument {
  const { root, errors, comments, trailingCommas, tooDeepAt } = tree;
  const syntaxError: RequestDocument['syntaxError'] = tooDeepAt
    ? { ...within(text, tooDeepAt.offset, tooDeepAt.length), reason: 'too-deep' }
    : firstError(text, root, errors);
  const understood = errors[0]?.offset ?? Infinity;
  return {
    text,
    lines: new LineIndex(text),
    root,
    syntaxError,
    comments: comments
      .filter(({ offset }) => offset <= understood)
      .map(({ offset, length }) => within(text, offset, length)),
    trailingCommas: trailingCommas.filter(({ offset }) => offset <= understood),
    requests: requestsIn(root),
  };
}

function firstError(
  text: string,
  root: Node | undefined,
  errors: readonly ParseError[],
): RequestDocument['syntaxError'] {
  const [first] = errors;
  if (!first) return undefined;
  const isNothing = !root && first.error === ParseErrorCode.ValueExpected && first.offset >= text.length;
  // White space may be such that JSON has none of it.
  if (isNothing || text.trim() === '') return { offset: 0, length: text.length, reason: 'nothing' };
  const conflict = conflictMarker(text, first.offset);
  if (conflict) return { ...conflict, reason: 'merge-conflict' };
  const number = foreignNumber(text, first.offset);
  if (number) return { ...number, reason: 'number' };
  const placeholder = barePlaceholderAt(text, first.offset);
  if (placeholder) return { ...placeholder, reason: 'placeholder' };
  const atEnd = first.offset >= text.length;
  // What is missing at the end has no token of its own: the last character stands for it.
  const span = atEnd
    ? { offset: text.trimEnd().length - 1, length: 1 }
    : within(text, first.offset, Math.max(first.length, 1));
  // `"""text"""` and `"say ""yes"""` are strings of other languages, not three with commas left out.
  const isDoubled = first.error === ParseErrorCode.CommaExpected && /^""/.test(text.slice(first.offset - 1));
  const reason = atEnd ? 'unclosed' : isDoubled ? 'string' : reasonOf(first.error);
  const fault = atEnd ? { reason } : faultOf(text.slice(span.offset, span.offset + span.length), reason);
  return { ...span, ...fault };
}

/** More than that something is missing, or is no symbol, where the text of the token says what it is. */
function faultOf(token: string, reason: SyntaxReason): SyntaxFault {
  if (reason === 'string') {
    const quote = /[“”„‟]/.exec(token)?.[0];
    return quote === undefined || token.endsWith('"')
      ? { reason }
      : { reason: 'character', found: characterWords(quote) };
  }
  if (token.startsWith('"')) return { reason };
  if (/^(?:u?'|\x60)/i.test(token)) return { reason: 'quotes' };
  if (LITERAL.test(token)) return { reason: 'literal' };
  if (token.startsWith(';')) return { reason: 'semicolon' };
  if (token.startsWith('#')) return { reason: 'comment' };
  const odd = /[^\x20-\x7e\s]|[^\S \t\r\n]/u.exec(token)?.[0];
  return odd === undefined ? { reason } : { reason: 'character', found: characterWords(odd) };
}

/** As Python, Lisp and SQL write them, and JavaScript’s `undefined`. */
const LITERAL = /^(?:true|false|null|none|nil|undefined)$/i;

/** The scanner takes an unclosed comment to be longer than the text. */
function within(text: string, offset: number, length: number): Span {
  return { offset, length: Math.min(length, text.length - offset) };
}

/** `0123`, `0x5DC`, `1_500`, `10n`, `.5`, `+5`, `NaN`: to a scanner, some of them are two tokens without a comma between them. */
const FOREIGN_NUMBER =
  /^[+-]?(?:0\d[\d_.]*|0[xob][\da-f_]+|\d+(?:_\d+)+(?:\.\d+)?|\d+(?:\.\d+)?[nfdlm]|\.\d+|NaN|Infinity)$|^\+\d[\d.]*$/i;

/** More characters than a number has. */
const LONGEST_NUMBER = 100;

/** The number around a place, where it is written as JSON has none. */
function foreignNumber(text: string, place: number): Span | undefined {
  const before = /[\w.+-]*$/.exec(text.slice(Math.max(0, place - LONGEST_NUMBER), place))?.[0] ?? '';
  const after = /^[\w.+-]*/.exec(text.slice(place, place + LONGEST_NUMBER))?.[0] ?? '';
  const written = before + after;
  return FOREIGN_NUMBER.test(written) ? { offset: place - before.length, length: written.length } : undefined;
}

function reasonOf(code: ParseErrorCode): SyntaxReason {
  switch (code) {
    case ParseErrorCode.CommaExpected:
      return 'comma';
    case ParseErrorCode.ColonExpected:
      return 'colon';
    case ParseErrorCode.PropertyNameExpected:
      return 'property-name';
    case ParseErrorCode.ValueExpected:
      return 'value';
    case ParseErrorCode.CloseBraceExpected:
    case ParseErrorCode.CloseBracketExpected:
    case ParseErrorCode.UnexpectedEndOfComment:
      return 'unclosed';
    case ParseErrorCode.UnexpectedEndOfString:
    case ParseErrorCode.InvalidUnicode:
    case ParseErrorCode.InvalidEscapeCharacter:
    case ParseErrorCode.InvalidCharacter:
      return 'string';
    case ParseErrorCode.InvalidNumberFormat:
    case ParseErrorCode.UnexpectedEndOfNumber:
      return 'number';
    case ParseErrorCode.EndOfFileExpected:
      return 'after-end';
    default:
      return 'symbol';
  }
}

/** The request at a place of a batch; 0 is the only one of a document that is none. */
export function requestWithIndex({ requests }: RequestDocument, index: number): RequestNode | undefined {
  let low = 0;
  let high = requests.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const request = requests[middle];
    if (!request || request.index === index) return request;
    if (request.index < index) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** The request that a pointer leads into. */
export function requestAt(document: RequestDocument, pointer: string): RequestNode | undefined {
  if (document.root?.type === 'object') return document.requests[0];
  const index = /^\/(0|[1-9]\d*)(\/|$)/.exec(pointer)?.[1];
  return index === undefined ? undefined : requestWithIndex(document, Number(index));
}

function requestsIn(root: Node | undefined): RequestNode[] {
  if (root?.type === 'object') return [{ index: 0, pointer: '', node: root }];
  if (root?.type !== 'array') return [];
  return (root.children ?? []).flatMap((node, index) =>
    node.type === 'object' ? [{ index, pointer: `/${index}`, node }] : [],
  );
}

/** Longer than any that is meant; without it, text full of braces is searched again and again. */
const LONGEST = 200;

/** A word that has a placeholder in it. */
const BARE = new RegExp(
  String.raw`[\w$.+-]{0,${LONGEST}}\{\{[^{}"\r\n]{0,${LONGEST}}\}\}(?:[\w$.+-]|\{\{[^{}"\r\n]{0,${LONGEST}}\}\}){0,${LONGEST}}`,
  'y',
);

const PART_OF_WORD = /[\w$.+\-{]/;

/** A placeholder outside of any string, with what it is a part of, where a parser stumbled over it: `order-{{$uuid}}`. */
function barePlaceholderAt(text: string, offset: number): Span | undefined {
  let start = offset;
  while (start > 0 && offset - start < LONGEST && PART_OF_WORD.test(text[start - 1] ?? '')) start--;
  // A brace before them opens an object.
  while (text.startsWith('{{{', start)) start++;
  BARE.lastIndex = start;
  const [found] = BARE.exec(text) ?? [];
  return found !== undefined && start + found.length > offset
    ? { offset: start, length: found.length }
    : undefined;
}

/**
 * A line that a merge leaves behind where both sides changed the same lines: seven of one character, and what git
 * says about the side. `|||||||` stands before the common ancestor.
 */
const MARKER = /^[ \t]*(<{7}|>{7}|={7}|\|{7})(?![<>=|]).*$/gm;

/**
 * The marker that keeps a text from being JSON: the first one of a whole conflict, else the one where a parser
 * stumbled. No string of JSON goes over a line break, so that none has such a line in it.
 */
function conflictMarker(text: string, stumbled: number): Span | undefined {
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
