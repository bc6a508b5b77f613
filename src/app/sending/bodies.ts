import { parseDocument, type RequestDocument, type RequestNode } from '../../core/document/document';
import { resolve } from '../../core/document/placeholders';
import { spanAt } from '../../core/document/pointer';
import { severityOf } from '../../core/problems/catalogue';
import type { DocumentProblem } from '../../core/problems/problem';
import { validate, type ValidationContext } from '../../core/validate/validate';
import type { SendableDraft } from './drafts';
import type { SendPorts } from '../ports';

/** A draft with the very text that is sent for it. */
export type ReadyDraft = SendableDraft & { readonly body: string };

/**
 * Resolves the placeholders of a draft. What they gave is checked, too: a variable can hold anything.
 * Problems are at the values that the placeholders stand in.
 */
export function readyOf<Kind extends SendableDraft>(
  draft: Kind,
  context: ValidationContext,
  { random, clock }: Pick<SendPorts, 'random' | 'clock'>,
): { ready: Kind & ReadyDraft; problems: DocumentProblem[] } {
  const { document, request } = draft;
  const now = () => clock.now();
  if (draft.body !== undefined) return { ready: { ...draft, body: draft.body }, problems: [] };
  const { body, strings } = resolve(document, request, {
    ...random,
    now,
    variables: context.variables,
  });
  const ready = { ...draft, body, strings };
  const isAsWritten = document.text.startsWith(body, request.node.offset);
  if (isAsWritten) return { ready, problems: [] };
  const problems = validate(parseDocument(body), context).filter(
    (problem) => severityOf(problem) === 'error',
  );
  return { ready, problems: problems.map((problem) => placedIn(document, request, problem)) };
}

/** Bodies as documents of one request each, for what reads documents. */
export function requestsOf(
  drafts: readonly Pick<ReadyDraft, 'body'>[],
): { document: RequestDocument; request: RequestNode }[] {
  return drafts.flatMap(({ body }) => {
    const document = parseDocument(body);
    const [request] = document.requests;
    return request ? [{ document, request }] : [];
  });
}

function placedIn(
  document: RequestDocument,
  request: RequestNode,
  problem: DocumentProblem,
): DocumentProblem {
  const pointer = request.pointer + problem.pointer;
  return { ...problem, pointer, span: spanAt(document, pointer) };
}
