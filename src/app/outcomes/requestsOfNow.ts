import type { RequestDocument, RequestNode } from '../../core/document/document';
import { findRequest } from '../../core/document/requestAnchor';
import { sentValuesIn, type SentValue } from '../../core/document/sentValues';
import type { SentReport } from './sentReport';

/**
 * The request of a send in the text of now. `undefined` where that has it no more, or nothing tells it from the
 * others: what is sent in its place may be an invoice that there is already.
 */
export function requestOfNow({ request }: SentReport, document: RequestDocument): RequestNode | undefined {
  return request && findRequest(request.anchor, document);
}

/** The last send of each request of a text, by the place in the batch where that request is now. */
export function lastSends(
  document: RequestDocument,
  reports: readonly SentReport[],
): ReadonlyMap<number, SentReport> {
  return new Map(
    reports.flatMap((sent): [number, SentReport][] => {
      const request = requestOfNow(sent, document);
      return request ? [[request.index, sent]] : [];
    }),
  );
}

/** What the placeholders of a text stood for in the last send of each request. */
export function lastValues(document: RequestDocument, reports: readonly SentReport[]): SentValue[] {
  return reports.flatMap(({ request }) => (request ? sentValuesIn(document, request) : []));
}

/** A line of a text above which something can be done with the request that begins there. */
export interface RequestRow {
  /** Place in the batch; absent for the batch as a whole. */
  readonly index?: number;
  readonly offset: number;
}

/**
 * The batch as a whole, and each request on a line where no other one begins: what is said of several
 * on one line could not be told apart.
 */
export function requestRows({ root, requests, lines }: RequestDocument): RequestRow[] {
  const lineOf = (offset: number) => lines.positionAt(offset).line;
  const begun = requests.map(({ node }) => lineOf(node.offset));
  const single = requests.flatMap(({ index, node: { offset } }, place) =>
    begun[place] === begun[place - 1] || begun[place] === begun[place + 1] ? [] : [{ index, offset }],
  );
  return root?.type === 'array' && requests.length > 1 ? [{ offset: root.offset }, ...single] : single;
}
