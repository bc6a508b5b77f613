import { createScanner, SyntaxKind } from 'jsonc-parser';
import { parseDocument, type RequestDocument } from '../document/document';
import type { Span } from '../document/positions';
import { clip } from '../problems/clip';
import type { DocumentProblems } from '../problems/problem';
import type { Fix } from './fix';

/** What makes JSON of a text, where one thing is plainly missing. */
export function fixSyntax(
  reason: DocumentProblems['json-syntax']['reason'],
  span: Span,
  document: RequestDocument,
): Fix[] {
  switch (reason) {
    case 'comma':
      return insertCommaBefore(document, span.offset);
    case 'unclosed':
      return closeBrackets(document);
    case 'placeholder':
      return quotePlaceholder(document, span);
    default:
      return [];
  }
}

/** Not offered where the text around it is none, either. */
function quotePlaceholder({ text }: RequestDocument, span: Span): Fix[] {
  const end = span.offset + span.length;
  const quoted = `"${text.slice(span.offset, end)}"`;
  const { syntaxError } = parseDocument(text.slice(0, span.offset) + quoted + text.slice(end));
  if (syntaxError && syntaxError.offset <= end + 2) return [];
  return [{ id: 'quote-placeholder', title: `Write ${clip(quoted)}`, edits: [{ span, text: quoted }] }];
}

/** Offered where the text is JSON with nothing but its closing brackets missing. */
function closeBrackets({ text }: RequestDocument): Fix[] {
  const scanner = createScanner(text, true);
  const open: string[] = [];
  for (let token = scanner.scan(); token !== SyntaxKind.EOF; token = scanner.scan()) {
    if (token === SyntaxKind.OpenBraceToken) open.push('}');
    else if (token === SyntaxKind.OpenBracketToken) open.push(']');
    else if (token === SyntaxKind.CloseBraceToken || token === SyntaxKind.CloseBracketToken) open.pop();
  }
  const missing = open.reverse().join('');
  const end = text.trimEnd().length;
  const { syntaxError, trailingCommas } = parseDocument(text.slice(0, end) + missing);
  if (missing === '' || syntaxError || trailingCommas.length > 0) return [];
  const edit = { span: { offset: end, length: 0 }, text: missing };
  return [{ id: 'close-brackets', title: `Close with ${missing}`, edits: [edit] }];
}

/** Not offered where it helps nothing: between `1` and `:`, say. */
function insertCommaBefore({ text }: RequestDocument, offset: number): Fix[] {
  const end = endOfTokenBefore(text, offset);
  const { syntaxError } = parseDocument(`${text.slice(0, end)},${text.slice(end)}`);
  if (syntaxError && syntaxError.offset <= offset + 1) return [];
  const edit = { span: { offset: end, length: 0 }, text: ',' };
  return [{ id: 'insert-comma', title: 'Insert the missing comma', edits: [edit] }];
}

/** Comments are no tokens: a comma in one would be part of it. */
function endOfTokenBefore(text: string, offset: number): number {
  const scanner = createScanner(text, true);
  let end = 0;
  while (scanner.scan() !== SyntaxKind.EOF && scanner.getTokenOffset() < offset)
    end = scanner.getTokenOffset() + scanner.getTokenLength();
  return end;
}
