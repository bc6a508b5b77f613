import type { RequestDocument, RequestNode } from '../document/document';
import { nearestNode, spanAt } from '../document/pointer';
import { anchorRequest, findRequest, textOf, type AnchoredRequest } from '../document/requestAnchor';
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
}

export function anchor(problem: Problem, document: RequestDocument, request: RequestNode): AnchoredProblem {
  return {
    ...anchorRequest(document, request),
    problem,
    within: problem.pointer.slice(request.pointer.length),
    text: anchorText(document, problem.pointer),
  };
}

/** The problem at its place in the text of now, or nothing where its text was changed. */
export function locate(anchored: AnchoredProblem, document: RequestDocument): Problem | undefined {
  const request = findRequest(anchored, document);
  if (!request) return undefined;
  const pointer = request.pointer + anchored.within;
  if (anchorText(document, pointer) !== anchored.text) return undefined;
  return { ...anchored.problem, pointer, span: spanAt(document, pointer) };
}

/** The text below a pointer; for what is not there, that of the nearest container, so that adding it counts as a change. */
function anchorText(document: RequestDocument, pointer: string): string {
  const node = nearestNode(document.root, pointer);
  return node ? textOf(document, node) : '';
}
