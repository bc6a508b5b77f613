import type { LastOutcome } from '../../app/outcomes/outcomes';
import {
  parseDocument,
  requestWithIndex,
  type RequestDocument,
  type RequestNode,
} from '../../core/document/document';
import { nodeAt } from '../../core/document/pointer';
import { clip } from '../../core/phrases';
import { ElementNode, MoreNode, type ElementFacts, type FileNode } from './requestNodes';

/** As many requests of a batch as a person looks through. */
const MOST_ELEMENTS = 100;

/** How many requests a batch has: none, where its text is none. */
export const batchSizeOf = (text: string): number => countOf(parseDocument(text));

/** The requests of a batch, given its text. */
export function elementsOf({ uri, outcomes }: FileNode, text: string): (ElementNode | MoreNode)[] {
  const document = parseDocument(text);
  const count = countOf(document);
  const listed = Math.min(count, MOST_ELEMENTS);
  const elements = Array.from({ length: listed }, (_, index) => {
    const facts = factsOf(document, requestWithIndex(document, index));
    return new ElementNode(uri, index, facts, outcomeOf(facts, index, outcomes));
  });
  return count > listed ? [...elements, new MoreNode(uri, count - listed)] : elements;
}

function countOf({ root }: RequestDocument): number {
  return root?.type === 'array' ? (root.children?.length ?? 0) : 0;
}

/** A request that was moved in its batch is known by its external_id. */
function outcomeOf(
  { externalId }: ElementFacts,
  index: number,
  outcomes: readonly LastOutcome[],
): LastOutcome | undefined {
  const same = externalId === '' ? undefined : outcomes.find((one) => one.externalId === externalId);
  const there = outcomes.find((one) => one.index === index);
  return same ?? (there?.externalId === undefined ? there : undefined);
}

function factsOf(document: RequestDocument, request: RequestNode | undefined): ElementFacts {
  const text = (name: string) => {
    const node = request && nodeAt(document.root, `${request.pointer}/${name}`);
    return node?.type === 'string' ? clip(String(node.value)) : '';
  };
  return {
    externalId: text('external_id'),
    amount: [text('amount'), text('currency_code')].filter((part) => part !== '').join(' '),
  };
}
