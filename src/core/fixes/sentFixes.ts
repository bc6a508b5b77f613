import { documentedError, isAuthenticationError } from '../contract/errors';
import type { RequestDocument, RequestNode } from '../document/document';
import { isOfWorkingKey } from '../problems/answerWords';
import type { Problem, SentProblem } from '../problems/problem';
import { actions } from './actions';
import { addUrls, newExternalId } from './editFixes';
import type { ActionFixId, Fix, FixContext } from './fix';

/** What mends a problem that a send ran into. */
export function sentFixes(
  problem: SentProblem,
  document: RequestDocument,
  request: RequestNode | undefined,
  context: FixContext,
): Fix[] {
  switch (problem.kind) {
    case 'key-absent':
      return actions(context, 'eccaex.setApiKey', 'eccaex.selectEnvironment', 'open-key-page');
    case 'key-unreadable':
      return actions(context, 'eccaex.sendInvoice', 'eccaex.setApiKey');
    case 'key-other-origin':
      return actions(context, 'eccaex.setApiKey', 'open-base-url-setting', 'eccaex.selectEnvironment');
    case 'key-refused':
      return actions(context, 'eccaex.setApiKey', 'eccaex.sendInvoice', 'eccaex.selectEnvironment');
    case 'url-unsafe':
      return actions(context, 'open-base-url-setting', 'eccaex.selectEnvironment');
    case 'rate-limited':
      return actions(context, 'eccaex.sendInvoice');
    case 'untrusted-workspace':
      return actions(context, 'trust-workspace');

    case 'envelope':
      return fixEnvelope(problem, document, request, context);
    case 'http-status': {
      const { status } = problem.arguments;
      if (status === 429) return actions(context, 'eccaex.sendInvoice');
      return status === 401 || status === 403
        ? actions(
            context,
            'eccaex.setApiKey',
            'eccaex.verifyApiKey',
            'eccaex.selectEnvironment',
            'eccaex.sendInvoice',
          )
        : actions(
            context,
            // What stands in front of the API may have passed the request on to it, unless it refused it.
            ...(status < 400 || status >= 500 ? MAYBE_CREATED : ['eccaex.sendInvoice' as const]),
            'open-base-url-setting',
          );
    }
    case 'redirect':
      return actions(context, 'open-base-url-setting', 'eccaex.selectEnvironment', 'eccaex.sendInvoice');
    case 'not-json':
    case 'not-an-invoice':
    case 'not-data':
      return actions(context, ...MAYBE_CREATED, 'open-base-url-setting');
    case 'timeout':
      return actions(context, ...MAYBE_CREATED, 'open-timeout-setting');
    case 'connection':
      return problem.arguments.reason === 'never-left'
        ? actions(context, 'eccaex.sendInvoice', 'open-base-url-setting', 'eccaex.selectEnvironment')
        : actions(context, ...MAYBE_CREATED);
    case 'invoice-differs':
      return [];
    case 'truncated':
    case 'unreadable':
      return actions(context, ...MAYBE_CREATED);
  }
}

/** Whoever knows the external_id can look for the invoice: that comes before anything that sends. */
const MAYBE_CREATED = ['copy-external-id', 'resend-same-body'] as const;

function fixEnvelope(
  problem: Problem<'envelope'>,
  document: RequestDocument,
  request: RequestNode | undefined,
  context: FixContext,
): Fix[] {
  const { code, status, requestId } = problem.arguments;
  const edits =
    documentedError(code)?.about === 'urls'
      ? addUrls(document, request, context)
      : problem.pointer.endsWith('/external_id')
        ? newExternalId(request, context)
        : [];
  const key: ActionFixId[] =
    status === 401 || status === 403 || isAuthenticationError(code)
      ? ['eccaex.setApiKey', 'eccaex.verifyApiKey', 'eccaex.selectEnvironment', 'open-key-page']
      : [];
  if (isOfWorkingKey(problem.arguments)) key.unshift('eccaex.rotateApiKey');
  const support: ActionFixId[] = requestId === undefined ? [] : ['copy-request-id'];
  // An error that came as a success leaves open whether there is an invoice.
  const sequence: ActionFixId[] =
    status < 400 ? ['copy-external-id', ...key, 'resend-same-body'] : [...key, 'eccaex.sendInvoice'];
  return [...edits, ...actions(context, ...sequence, ...support)];
}
