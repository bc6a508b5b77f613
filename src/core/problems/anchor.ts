import { createScanner, SyntaxKind, type Node } from 'jsonc-parser';
import { requestWithIndex, type RequestDocument, type RequestNode } from '../document/document';
import { hasPlaceholder } from '../document/placeholders';
import { membersOf, nearestNode, spanAt } from '../document/pointer';
import type { Problem } from './problem';

/**
 * A problem of a request that was sent, tied to the text that it is about. The text may change:
 * the problem shows for as long as the text it is tied to stands, white space apart, and shows again
 * when an undo brings that text back.
 */
export interface AnchoredProblem {
  readonly problem: Problem;
  /** Place of its request in the batch at that time. */
  readonly index: number;
  /** The problem's pointer, below its request. */
  readonly within: string;
  /** What tells its request from the others of a batch, should it have moved. */
  readonly identity: string;
  /** The requests of that time. */
  readonly among: Identities;
  readonly text: string;
}

/** Requests by what tells them apart. */
interface Identities {
  readonly count: number;
  readonly requests: ReadonlyMap<string, readonly number[]>;
}

export function anchor(problem: Problem, document: RequestDocument, request: RequestNode): AnchoredProblem {
  return {
    problem,
    index: request.index,
    within: problem.pointer.slice(request.pointer.length),
    identity: identityOf(document, request),
    among: identitiesOf(document),
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

/**
 * A request that was the only one with its identity is wherever that is now. One whose identity is gone,
 * or never was its own, is taken to be at its old place, if no request came or went and none of the
 * others is there.
 */
function findRequest(
  { index, identity, among }: AnchoredProblem,
  document: RequestDocument,
): RequestNode | undefined {
  const now = identitiesOf(document);
  const same = now.requests.get(identity) ?? [];
  const [only, ...more] = same;
  const wasAlone = among.requests.get(identity)?.length === 1;
  if (wasAlone && only !== undefined && more.length === 0) return requestWithIndex(document, only);
  const there = requestWithIndex(document, index);
  if (!there || same.includes(index)) return there;
  const isOther = among.requests.has(identityOf(document, there));
  return now.count === among.count && !isOther ? there : undefined;
}

const known = new WeakMap<RequestDocument, Identities>();

/** Found once for a document: all problems of a batch ask for it. */
function identitiesOf(document: RequestDocument): Identities {
  const before = known.get(document);
  if (before) return before;
  const requests = new Map<string, number[]>();
  for (const request of document.requests) {
    const identity = identityOf(document, request);
    const same = requests.get(identity);
    if (same) same.push(request.index);
    else requests.set(identity, [request.index]);
  }
  const identities = { count: document.requests.length, requests };
  known.set(document, identities);
  return identities;
}

/** The external_id; all of the request where that is none of its own: absent, or made at the send. */
function identityOf(document: RequestDocument, { node }: RequestNode): string {
  const id = membersOf(node).findLast(({ name }) => name === 'external_id')?.value;
  return id && !hasPlaceholder(String(id.value)) ? textOf(document, id) : textOf(document, node);
}

/** The text below a pointer; for what is not there, that of the nearest container, so that adding it counts as a change. */
function anchorText(document: RequestDocument, pointer: string): string {
  const node = nearestNode(document.root, pointer);
  return node ? textOf(document, node) : '';
}

/** A node's tokens without what stands between them. */
function textOf({ text }: RequestDocument, node: Node): string {
  const own = text.slice(node.offset, node.offset + node.length);
  const scanner = createScanner(own, true);
  let tokens = '';
  while (scanner.scan() !== SyntaxKind.EOF)
    tokens += `${own.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength())} `;
  return tokens;
}
