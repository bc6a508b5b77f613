import type { RequestDocument, RequestNode } from '../document/document';
import { nearestNode, spanAt } from '../document/pointer';
import type { Span } from '../document/positions';
import { anchorRequest, findRequest, textOf } from '../document/requestAnchor';
import type { AnchoredRequest } from '../document/requestIdentity';
import type { Problem } from './problem';

/**
 * A problem of a request that was sent, tied to the text that it is about. The text may change:
 * the problem shows for as long as the text it is tied to stands, white space apart, and shows again
 * when an undo brings that text back.
 */
export interface AnchoredProblem extends AnchoredRequest {
  readonly problem: Problem;
  /** The problem's pointer, below its request. */
  readonly within: string;
  readonly text: string;
  /** Where it is not about all that its pointer leads to: what it is about, and how far behind the start of that. */
  readonly part: { readonly text: string; readonly from: number } | undefined;
}

export function anchor(
  problem: Problem,
  document: RequestDocument,
  request: RequestNode,
  anchored = anchorRequest(document, request),
): AnchoredProblem {
  return {
    ...anchored,
    problem,
    within: problem.pointer.slice(request.pointer.length),
    text: anchorText(document, problem.pointer),
    part: partOf(problem, document),
  };
}

function partOf({ pointer, span }: Problem, { root, text }: RequestDocument): AnchoredProblem['part'] {
  const node = nearestNode(root, pointer);
  if (!span || !node) return undefined;
  return { text: text.slice(span.offset, span.offset + span.length), from: span.offset - node.offset };
}

/** The problem at its place in the text of now, or nothing where its text was changed. */
export function locate(anchored: AnchoredProblem, document: RequestDocument): Problem | undefined {
  const request = findRequest(anchored, document);
  if (!request) return undefined;
  const pointer = request.pointer + anchored.within;
  if (anchorText(document, pointer) !== anchored.text) return undefined;
  return { ...anchored.problem, pointer, span: spanOf(anchored, document, pointer) };
}

function spanOf({ part }: AnchoredProblem, document: RequestDocument, pointer: string): Span {
  const node = nearestNode(document.root, pointer);
  const offset = node && part ? node.offset + part.from : -1;
  return part && offset >= 0 && document.text.startsWith(part.text, offset)
    ? { offset, length: part.text.length }
    : spanAt(document, pointer);
}

/** The text below a pointer; for what is not there, that of the nearest container, so that adding it counts as a change. */
function anchorText(document: RequestDocument, pointer: string): string {
  const node = nearestNode(document.root, pointer);
  return node ? textOf(document, node) : '';
}
