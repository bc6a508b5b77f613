import type { Node } from 'jsonc-parser';
import { parseDocument, type RequestDocument, type RequestNode } from '../../core/document/document';
import { resolve, type ResolvedString } from '../../core/document/placeholders';
import { nodeAt, spanAt } from '../../core/document/pointer';
import { severityOf } from '../../core/problems/catalogue';
import type { DocumentProblem } from '../../core/problems/problem';
import { validate, type ValidationContext } from '../../core/validate/validate';
import type { SendPorts } from '../ports';
import type { SendableDraft } from './drafts';
import type { ReadyDraft } from './waitingDraft';

/** The text that is sent for a draft. Problems are at the values that placeholders stand in. */
interface Body {
  readonly body: string;
  /** As it is sent. Absent for a body that was sent before: that repeats what it repeats on purpose. */
  readonly externalId?: string;
  readonly strings?: readonly ResolvedString[];
  readonly problems: readonly DocumentProblem[];
  /** It has a `{{$webhookUrl}}` for which there was no value. */
  readonly lacksWebhookUrl?: true;
}

/** Resolves the placeholders of a draft, `{{$webhookUrl}}` to the URL that is given. What they gave is checked, too: a variable can hold anything. */
export function bodyOf(
  draft: Pick<SendableDraft, 'document' | 'request' | 'body'>,
  context: ValidationContext,
  { random, clock }: Pick<SendPorts, 'random' | 'clock'>,
  webhookUrl: string | undefined,
): Body {
  if (draft.body !== undefined) return { body: draft.body, problems: [] };
  const { document, request } = draft;
  const now = () => clock.now();
  const asked = { isLacking: false };
  const { body, strings } = resolve(document, request, {
    ...random,
    now,
    webhookUrl: () => {
      asked.isLacking ||= webhookUrl === undefined;
      return webhookUrl;
    },
    variables: context.variables,
  });
  if (asked.isLacking) {
    const { environment } = context;
    const problem = { kind: 'webhook-url-absent', arguments: { environment }, pointer: '' } as const;
    const problems = [placedIn(document, request, { ...problem, span: request.node })];
    return { body, strings, problems, lacksWebhookUrl: true };
  }
  const isAsWritten = document.text.startsWith(body, request.node.offset);
  if (isAsWritten) return { body, strings, problems: [], ...externalIdIn(request.node) };
  const resolved = parseDocument(body);
  const problems = validate(resolved, context).filter((problem) => severityOf(problem) === 'error');
  return {
    body,
    strings,
    problems: problems.map((problem) => placedIn(document, request, problem)),
    ...externalIdIn(resolved.root),
  };
}

function externalIdIn(request: Node | undefined): Pick<Body, 'externalId'> {
  const node = nodeAt(request, '/external_id');
  return node ? { externalId: String(node.value) } : {};
}

/** Finds, in what is sent of each file, the ids that placeholders have made those of an earlier request. */
export class ResolvedIds {
  readonly #seen = new Map<string, Set<string>>();

  /** The problem of a request whose id is there already. */
  repeated(
    { uri, document, request }: Pick<SendableDraft, 'uri' | 'document' | 'request'>,
    { externalId }: Body,
  ): DocumentProblem | undefined {
    if (externalId === undefined) return undefined;
    const seen = this.#seen.get(uri) ?? new Set<string>();
    this.#seen.set(uri, seen);
    if (!seen.has(externalId)) {
      seen.add(externalId);
      return undefined;
    }
    const problem = { kind: 'external-id-repeated', arguments: { value: externalId } } as const;
    const pointer = '/external_id';
    return placedIn(document, request, { ...problem, pointer, span: request.node });
  }
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
