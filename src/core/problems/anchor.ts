import { createScanner, SyntaxKind, type Node } from 'jsonc-parser';
import type { RequestDocument, RequestNode } from '../document/document';
import { membersOf, nodeAt, spanAt } from '../document/pointer';
import type { SentProblem } from './problem';

/**
 * A problem of a request that was sent, tied to the text that it is about. The text may change:
 * the problem shows for as long as the text it is tied to stands, white space apart, and shows again
 * when an undo brings that text back.
 */
export interface AnchoredProblem {
  readonly problem: SentProblem;
  /** Place of its request in the batch at that time. */
  readonly index: number;
  /** What tells its request from the others of a batch, should it have moved. */
  readonly identity: string;
  readonly text: string;
}

export function anchor(
  problem: SentProblem,
  document: RequestDocument,
  request: RequestNode,
): AnchoredProblem {
  return {
    problem,
    index: request.index,
    identity: identityOf(document, request),
    text: anchorText(document, problem.pointer),
  };
}

/** The problem at its place in the text of now, or nothing where its text was changed. */
export function locate(anchored: AnchoredProblem, document: RequestDocument): SentProblem | undefined {
  const request = findRequest(anchored, document);
  if (!request) return undefined;
  const pointer = request.pointer + withinRequest(anchored.problem.pointer, anchored, document);
  if (anchorText(document, pointer) !== anchored.text) return undefined;
  return { ...anchored.problem, pointer, span: spanAt(document, pointer) };
}

function withinRequest(pointer: string, { index }: AnchoredProblem, { root }: RequestDocument): string {
  return root?.type === 'array' ? pointer.slice(`/${index}`.length) : pointer;
}

function findRequest(
  { index, identity }: AnchoredProblem,
  document: RequestDocument,
): RequestNode | undefined {
  const there = document.requests.find((request) => request.index === index);
  if (there && (document.requests.length === 1 || identityOf(document, there) === identity)) return there;
  const others = document.requests.filter((request) => identityOf(document, request) === identity);
  return others.length === 1 ? others[0] : there;
}

function identityOf(document: RequestDocument, { node }: RequestNode): string {
  const id = membersOf(node).find(({ name }) => name === 'external_id')?.value;
  return id ? textOf(document, id) : '';
}

/** The text below a pointer; for what is not there, that of the nearest container, so that adding it counts as a change. */
function anchorText(document: RequestDocument, pointer: string): string {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const node = nodeAt(document.root, at);
    if (node) return textOf(document, node);
    if (at === '') return '';
  }
}

/** A node's tokens without what stands between them. */
function textOf({ text }: RequestDocument, node: Node): string {
  const scanner = createScanner(text.slice(node.offset, node.offset + node.length), true);
  let tokens = '';
  while (scanner.scan() !== SyntaxKind.EOF) tokens += scanner.getTokenValue() + '\u0000';
  return tokens;
}
