import type { RequestDocument } from '../../core/document/document';

/** All requests of a batch share one document: what is to be found in it is looked for once. */
export function perDocument<Found>(
  find: (document: RequestDocument) => Found,
): (document: RequestDocument) => Found {
  const known = new Map<RequestDocument, Found>();
  return (document) => {
    const before = known.get(document);
    if (before !== undefined) return before;
    const found = find(document);
    known.set(document, found);
    return found;
  };
}
