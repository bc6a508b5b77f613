import type { Node } from 'jsonc-parser';
import { parseDocument, type RequestDocument, type RequestNode } from '../document/document';
import { withEdits, type Span, type TextEdit } from '../document/positions';
import { severityOf } from '../problems/catalogue';
import type { Problem } from '../problems/problem';
import { validate } from '../validate/validate';
import type { EditFix, FixContext } from './fix';

/**
 * Whether a fix leaves the text no worse than it was. Its result is read again: a syntax error has gone or stands
 * further down, and what is JSON stays JSON with no more errors than before.
 */
export function isHelpful(
  problem: Problem,
  { edits }: EditFix,
  document: RequestDocument,
  request: RequestNode | undefined,
  context: FixContext,
): boolean {
  if (edits.length === 0) return false;
  if (problem.kind === 'json-comment' || problem.kind === 'json-trailing-comma') return canLose(document);
  if (document.syntaxError) return movesOn(document.text, edits, document.syntaxError.offset);
  const { offset, length } = request ? partAround(edits, request) : NOWHERE;
  if (length > LONGEST) return false;
  const before = document.text.slice(offset, offset + length);
  const moved = edits.map(({ span, text }) => ({
    span: { offset: span.offset - offset, length: span.length },
    text,
  }));
  const errors = errorsIn(`{${withEdits(before, moved)}}`, context);
  return errors === 0 || errors <= errorsIn(`{${before}}`, context);
}

const NOWHERE = { offset: 0, length: Infinity };

/** Far longer than what is written by hand; beyond it, reading all again for each problem would take too long. */
const LONGEST = 200_000;

/** A text that was not JSON is, or it is for longer: behind what was written, and behind where it was not before. */
function movesOn(text: string, edits: readonly TextEdit[], stumbled: number): boolean {
  const { syntaxError } = parseDocument(withEdits(text, edits));
  if (!syntaxError) return true;
  let moved = 0;
  let written = 0;
  for (const { span, text: added } of [...edits].sort((a, b) => a.span.offset - b.span.offset)) {
    if (span.offset > stumbled) break;
    written = span.offset + moved + added.length;
    moved += added.length - span.length;
  }
  return syntaxError.offset > Math.max(stumbled + moved, written);
}

const LOSING = new WeakMap<RequestDocument, boolean>();

/** Whether comments and trailing commas can go. All at once, since there can be many: each by itself then can, too. */
function canLose(document: RequestDocument): boolean {
  const known = LOSING.get(document);
  if (known !== undefined) return known;
  const { text, comments, trailingCommas, syntaxError } = document;
  const spans = [...comments, ...trailingCommas];
  // One space for each character: what stands behind them stays where it is.
  const rest = withEdits(
    text,
    spans.map((span) => ({ span, text: ' '.repeat(span.length) })),
  );
  const after = parseDocument(rest).syntaxError;
  const can = syntaxError ? after?.offset === syntaxError.offset : !after;
  LOSING.set(document, can);
  return can;
}

/** The members that edits touch, with one neighbor on each side: what goes wrong by an edit does so there. */
function partAround(edits: readonly TextEdit[], { node }: RequestNode): Span {
  const members = node.children ?? [];
  const end = node.offset + node.length - 1;
  const from = Math.min(...edits.map(({ span }) => span.offset));
  const to = Math.max(...edits.map(({ span }) => span.offset + span.length));
  if (from <= node.offset || to > end) return NOWHERE;
  const first = members[countBefore(members, from) - 1];
  const next = members[countBefore(members, to + 1)];
  const offset = first ? first.offset : node.offset + 1;
  return { offset, length: (next ? next.offset + next.length : end) - offset };
}

/** How many members end before a place. */
function countBefore(members: readonly Node[], place: number): number {
  let low = 0;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const member = members[middle];
    if (member && member.offset + member.length < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In a part of a request, which lacks fields that the whole has. What is no JSON has more errors than anything that is. */
function errorsIn(text: string, context: FixContext): number {
  const document = parseDocument(text);
  if (document.syntaxError) return Infinity;
  const counts = (problem: Problem) => severityOf(problem) === 'error' && problem.kind !== 'field-missing';
  return validate(document, context).filter(counts).length;
}
