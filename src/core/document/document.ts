import {
  createScanner,
  parseTree,
  ParseErrorCode,
  SyntaxKind,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { barePlaceholderAt } from './barePlaceholder';
import { LineIndex, type Span } from './positions';

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
  | 'after-end'
  | 'symbol';

export interface RequestDocument {
  readonly text: string;
  readonly lines: LineIndex;
  /** Absent where the text is empty or nested too deep. Partial where the text is not JSON. */
  readonly root: Node | undefined;
  /** The first thing that keeps the text from being JSON, comments and trailing commas apart. */
  readonly syntaxError: (Span & { readonly reason: SyntaxReason }) | undefined;
  readonly comments: readonly Span[];
  readonly trailingCommas: readonly Span[];
  /** Elements of a batch that are no objects are left out. */
  readonly requests: readonly RequestNode[];
}

/** Deeper nesting than any request has, and well below what a recursive parser can take. */
const DEEPEST = 128;

/** Reads a text once. Never throws: what is wrong with the text is part of the result. */
export function parseDocument(text: string): RequestDocument {
  const lines = new LineIndex(text);
  const { comments, trailingCommas, tooDeepAt, isBlank } = scan(text);
  if (tooDeepAt) {
    const syntaxError = { ...tooDeepAt, reason: 'too-deep' as const };
    return { text, lines, root: undefined, syntaxError, comments, trailingCommas, requests: [] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return {
    text,
    lines,
    root,
    syntaxError:
      isBlank || text.trim() === ''
        ? { offset: 0, length: text.length, reason: 'nothing' }
        : firstError(text, errors),
    comments,
    trailingCommas,
    requests: requestsIn(root),
  };
}

interface Scan {
  readonly comments: readonly Span[];
  readonly trailingCommas: readonly Span[];
  readonly tooDeepAt: Span | undefined;
  /** Comments and white space alone. */
  readonly isBlank: boolean;
}

function scan(text: string): Scan {
  const scanner = createScanner(text);
  const comments: Span[] = [];
  const trailingCommas: Span[] = [];
  /** What closes each bracket that is open. The parser skips what closes none, and so stays as deep as it is. */
  const closers: SyntaxKind[] = [];
  let isBlank = true;
  let lastComma: Span | undefined;
  for (let token = scanner.scan(); token !== SyntaxKind.EOF; token = scanner.scan()) {
    const span = within(text, scanner.getTokenOffset(), scanner.getTokenLength());
    switch (token) {
      case SyntaxKind.Trivia:
      case SyntaxKind.LineBreakTrivia:
        continue;
      case SyntaxKind.LineCommentTrivia:
      case SyntaxKind.BlockCommentTrivia:
        comments.push(span);
        continue;
      case SyntaxKind.OpenBraceToken:
      case SyntaxKind.OpenBracketToken:
        closers.push(
          token === SyntaxKind.OpenBraceToken ? SyntaxKind.CloseBraceToken : SyntaxKind.CloseBracketToken,
        );
        if (closers.length > DEEPEST) return { comments, trailingCommas, tooDeepAt: span, isBlank: false };
        break;
      case SyntaxKind.CloseBraceToken:
      case SyntaxKind.CloseBracketToken:
        if (closers.at(-1) === token) closers.pop();
        if (lastComma) trailingCommas.push(lastComma);
        break;
      default:
        break;
    }
    isBlank = false;
    lastComma = token === SyntaxKind.CommaToken ? span : undefined;
  }
  return { comments, trailingCommas, tooDeepAt: undefined, isBlank };
}

function firstError(text: string, errors: readonly ParseError[]): RequestDocument['syntaxError'] {
  const [first] = errors;
  if (!first) return undefined;
  const zeros = numberWithLeadingZeros(text, first.offset);
  if (zeros) return { ...zeros, reason: 'number' };
  const placeholder = barePlaceholderAt(text, first.offset);
  if (placeholder) return { ...placeholder, reason: 'placeholder' };
  const atEnd = first.offset >= text.length;
  // What is missing at the end has no token of its own: the last character stands for it.
  const span = atEnd
    ? { offset: text.trimEnd().length - 1, length: 1 }
    : within(text, first.offset, Math.max(first.length, 1));
  return { ...span, reason: atEnd ? 'unclosed' : reasonOf(first.error) };
}

/** The scanner takes an unclosed comment to be longer than the text. */
function within(text: string, offset: number, length: number): Span {
  return { offset, length: Math.min(length, text.length - offset) };
}

/** To a scanner, `0123` is two numbers without a comma between them; to a person, it is one. */
function numberWithLeadingZeros(text: string, secondDigit: number): Span | undefined {
  if (text[secondDigit - 1] !== '0' || !/\d/.test(text[secondDigit] ?? '')) return undefined;
  const offset = text[secondDigit - 2] === '-' ? secondDigit - 2 : secondDigit - 1;
  const digits = /^-?[\d.]+/.exec(text.slice(offset, offset + 100))?.[0] ?? '';
  return { offset, length: digits.length };
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
