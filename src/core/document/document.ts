import {
  createScanner,
  parseTree,
  ParseErrorCode,
  SyntaxKind,
  type Node,
  type ParseError,
} from 'jsonc-parser';
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
  const { comments, trailingCommas, tooDeepAt } = scan(text);
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
    syntaxError: firstError(text, errors),
    comments,
    trailingCommas,
    requests: requestsIn(root),
  };
}

function scan(text: string): { comments: Span[]; trailingCommas: Span[]; tooDeepAt: Span | undefined } {
  const scanner = createScanner(text);
  const comments: Span[] = [];
  const trailingCommas: Span[] = [];
  let depth = 0;
  let lastComma: Span | undefined;
  for (let token = scanner.scan(); token !== SyntaxKind.EOF; token = scanner.scan()) {
    const span = { offset: scanner.getTokenOffset(), length: scanner.getTokenLength() };
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
        depth++;
        if (depth > DEEPEST) return { comments, trailingCommas, tooDeepAt: span };
        break;
      case SyntaxKind.CloseBraceToken:
      case SyntaxKind.CloseBracketToken:
        depth--;
        if (lastComma) trailingCommas.push(lastComma);
        break;
      default:
        break;
    }
    lastComma = token === SyntaxKind.CommaToken ? span : undefined;
  }
  return { comments, trailingCommas, tooDeepAt: undefined };
}

function firstError(text: string, errors: readonly ParseError[]): RequestDocument['syntaxError'] {
  const [first] = errors;
  if (!first) return undefined;
  if (text.trim() === '') return { offset: 0, length: text.length, reason: 'nothing' };
  const atEnd = first.offset >= text.length;
  // What is missing at the end has no token of its own: the last character stands for it.
  const span = atEnd
    ? { offset: text.trimEnd().length - 1, length: 1 }
    : { offset: first.offset, length: Math.max(first.length, 1) };
  return { ...span, reason: atEnd ? 'unclosed' : reasonOf(first.error) };
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

function requestsIn(root: Node | undefined): RequestNode[] {
  if (root?.type === 'object') return [{ index: 0, pointer: '', node: root }];
  if (root?.type !== 'array') return [];
  return (root.children ?? []).flatMap((node, index) =>
    node.type === 'object' ? [{ index, pointer: `/${index}`, node }] : [],
  );
}
