import { createScanner, SyntaxKind } from 'jsonc-parser';
import { parseDocument, type RequestDocument } from '../document/document';
import { withEdits, type Span, type TextEdit } from '../document/positions';
import { clip } from '../phrases';
import type { DocumentProblems } from '../problems/problem';
import type { EditFixId, Fix } from './fix';
import { editsToJson } from './toJson';

/** What makes JSON of a text, where one thing is plainly missing, or it is written as other languages have it. */
export function fixSyntax(
  reason: DocumentProblems['json-syntax']['reason'],
  span: Span,
  document: RequestDocument,
): Fix[] {
  switch (reason) {
    case 'comma':
      return withConversion(document, insertCommaBefore(document, span.offset));
    case 'unclosed':
      return closeBrackets(document);
    case 'placeholder':
      return writeInstead('quote-placeholder', document, span, (found) => `"${found}"`);
    case 'symbol':
    case 'quotes':
    case 'literal':
    case 'comment':
    case 'character':
    case 'semicolon':
    case 'string':
    case 'property-name':
    case 'value':
    case 'colon':
      return withConversion(document, fixSymbol(document, span));
    case 'after-end':
      return withConversion(document, makeBatch(document));
    default:
      return [];
  }
}

/** Above that, a text was not written by hand. */
const LONGEST = 1_000_000;

/** All that another language writes otherwise is written anew at once, where that makes JSON of the text. */
function withConversion({ text }: RequestDocument, single: Fix[]): Fix[] {
  const edits = text.length > LONGEST ? undefined : editsToJson(text);
  const isMore = edits !== undefined && edits.length > (single.length > 0 ? 1 : 0);
  if (!isMore || parseDocument(withEdits(text, edits)).syntaxError) return single;
  const count = edits.length === 1 ? '1 change' : `${edits.length} changes`;
  return [{ id: 'write-json', title: `Convert to JSON (${count})`, edits }, ...single];
}

/** What other languages write, by how JSON has it. */
const OTHER_LANGUAGES: readonly {
  readonly id: EditFixId;
  readonly pattern: RegExp;
  readonly inJson: (found: string) => string;
}[] = [
  {
    id: 'quote-text',
    pattern: /'[^'"\\\r\n]*'|[“”„‟][^“”„‟"\\\r\n]*[“”„‟]/y,
    inJson: (found) => `"${found.slice(1, -1)}"`,
  },
  { id: 'write-literal', pattern: /\b(?:True|False|None|TRUE|FALSE|NULL|Null)\b/y, inJson: literal },
  { id: 'quote-text', pattern: /[A-Za-z_$][\w$]*(?=[ \t]*:)/y, inJson: (found) => `"${found}"` },
  { id: 'remove-comment', pattern: /#[^\r\n]*/y, inJson: () => '' },
];

function literal(found: string): string {
  return found === 'None' ? 'null' : found.toLowerCase();
}

function fixSymbol(document: RequestDocument, { offset }: Span): Fix[] {
  for (const { id, pattern, inJson } of OTHER_LANGUAGES) {
    pattern.lastIndex = offset;
    const [found] = pattern.exec(document.text) ?? [];
    if (found !== undefined) return writeInstead(id, document, { offset, length: found.length }, inJson);
  }
  return [];
}

function writeInstead(
  id: EditFixId,
  { text }: RequestDocument,
  span: Span,
  inJson: (found: string) => string,
): Fix[] {
  const end = span.offset + span.length;
  const written = inJson(text.slice(span.offset, end));
  const title = written === '' ? 'Remove the comment' : `Write ${clip(written)}`;
  return [{ id, title, edits: [{ span, text: written }] }];
}

/** Offered where the text is several objects, one after the other, as in files with one on each line. */
function makeBatch({ text }: RequestDocument): Fix[] {
  if (text.length > LONGEST) return [];
  const scanner = createScanner(text, true);
  const edits: TextEdit[] = [];
  const insert = (offset: number, written: string) =>
    edits.push({ span: { offset, length: 0 }, text: written });
  let [depth, end, hasComma] = [0, 0, false];
  for (let token = scanner.scan(); token !== SyntaxKind.EOF; token = scanner.scan()) {
    const isFirst = depth === 0 && token === SyntaxKind.OpenBraceToken;
    if (isFirst && edits.length === 0) insert(scanner.getTokenOffset(), '[');
    else if (isFirst && !hasComma) insert(end, ',');
    if (depth === 0) hasComma = token === SyntaxKind.CommaToken;
    if (token === SyntaxKind.OpenBraceToken || token === SyntaxKind.OpenBracketToken) depth++;
    if (token === SyntaxKind.CloseBraceToken || token === SyntaxKind.CloseBracketToken) depth--;
    end = scanner.getTokenOffset() + scanner.getTokenLength();
  }
  insert(end, ']');
  const { syntaxError, trailingCommas, requests } = parseDocument(withEdits(text, edits));
  if (syntaxError || trailingCommas.length > 0) return [];
  return [{ id: 'write-batch', title: `Make a batch of ${requests.length} requests`, edits }];
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

function insertCommaBefore({ text }: RequestDocument, offset: number): Fix[] {
  const edit = { span: { offset: endOfTokenBefore(text, offset), length: 0 }, text: ',' };
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
