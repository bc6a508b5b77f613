import type { RequestDocument } from './document';
import { placeholdersIn, type Placeholder, type ResolvedString } from './placeholders';
import { nodeAt } from './pointer';
import { findRequest } from './requestAnchor';
import type { AnchoredRequest } from './requestIdentity';

/** A request as it was sent: where it is to be found, and what its placeholders stood for. */
export interface SentRequest {
  readonly anchor: AnchoredRequest;
  readonly strings: readonly ResolvedString[];
}

/** A placeholder of the text, and what it stood for when it was sent last. */
export interface SentValue extends Placeholder {
  readonly value: string;
}

/** What the placeholders of a text stood for, in those strings that are as they were when they were sent. */
export function sentValuesIn(document: RequestDocument, { anchor, strings }: SentRequest): SentValue[] {
  const request = strings.length > 0 ? findRequest(anchor, document) : undefined;
  if (!request) return [];
  return strings.flatMap(({ within, text, values }) => {
    const node = nodeAt(document.root, request.pointer + within);
    if (node?.type !== 'string' || !isText(document, node.offset, node.length, text)) return [];
    return placeholdersIn(document, node).map((placeholder, place) => ({
      ...placeholder,
      value: values[place] ?? '',
    }));
  });
}

function isText({ text }: RequestDocument, offset: number, length: number, expected: string): boolean {
  return length === expected.length && text.startsWith(expected, offset);
}
