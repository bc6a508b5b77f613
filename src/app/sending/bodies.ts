import { parseDocument, type RequestDocument, type RequestNode } from '../../core/document/document';
import { resolve, type ResolvedString } from '../../core/document/placeholders';
import { spanAt } from '../../core/document/pointer';
import { severityOf } from '../../core/problems/catalogue';
import type { DocumentProblem } from '../../core/problems/problem';
import { validate, type ValidationContext } from '../../core/validate/validate';
import type { SendPorts } from '../ports';
import type { SendableDraft } from './drafts';
import type { ReadyDraft } from './waitingDraft';

/** The text that is sent for a draft. Problems are at the values that placeholders stand in. */
interface Body {
  readonly body: string;
  readonly strings?: readonly ResolvedString[];
  readonly problems: readonly DocumentProblem[];
}

/** Resolves the placeholders of a draft. What they gave is checked, too: a variable can hold anything. */
export function bodyOf(
  draft: Pick<SendableDraft, 'document' | 'request' | 'body'>,
  context: ValidationContext,
  { random, clock }: Pick<SendPorts, 'random' | 'clock'>,
): Body {
  if (draft.body !== undefined) return { body: draft.body, problems: [] };
  const { document, request } = draft;
  const now = () => clock.now();
  const { body, strings } = resolve(document, request, {
    ...random,
    now,
    variables: context.variables,
  });
  const isAsWritten = document.text.startsWith(body, request.node.offset);
  if (isAsWritten) return { body, strings, problems: [] };
  const problems = validate(parseDocument(body), context).filter(
    (problem) => severityOf(problem) === 'error',
  );
  return { body, strings, problems: problems.map((problem) => placedIn(document, request, problem)) };
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
