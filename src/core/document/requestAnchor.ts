import { createScanner, SyntaxKind, type Node } from 'jsonc-parser';
import { requestWithIndex, type RequestDocument, type RequestNode } from './document';
import { hasPlaceholder } from './placeholders';
import { membersOf } from './pointer';
import { ownIdentity, type AnchoredRequest, type Identities } from './requestIdentity';

export function anchorRequest(document: RequestDocument, request: RequestNode): AnchoredRequest {
  return {
    index: request.index,
    identity: identityOf(document, request),
    among: identitiesOf(document),
  };
}

/**
 * A request that was the only one with its identity is wherever that is now. One whose identity is gone,
 * or never was its own, is taken to be at its old place, if no request came or went and none of the
 * others is there.
 */
export function findRequest(anchored: AnchoredRequest, document: RequestDocument): RequestNode | undefined {
  const { index, identity, among } = anchored;
  const now = identitiesOf(document);
  const same = now.requests.get(identity) ?? [];
  const [only, ...more] = same;
  const isAlone = ownIdentity(anchored) !== undefined;
  if (isAlone && only !== undefined && more.length === 0) return requestWithIndex(document, only);
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

/** A node's tokens without what stands between them. */
export function textOf({ text }: RequestDocument, node: Node): string {
  const own = text.slice(node.offset, node.offset + node.length);
  const scanner = createScanner(own, true);
  let tokens = '';
  while (scanner.scan() !== SyntaxKind.EOF)
    tokens += `${own.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength())} `;
  return tokens;
}
