import { isAuthenticationError } from '../contract/errorCodes';
import { requestAt, type RequestDocument, type RequestNode } from '../document/document';
import { clip } from '../problems/clip';
import type { Problem } from '../problems/problem';
import { actions } from './actions';
import {
  addUrls,
  fixType,
  insertCommaBefore,
  newExternalId,
  removalAt,
  sampleValue,
  useHttps,
} from './editFixes';
import { addMembers } from './edits';
import type { ActionFixId, EditFixId, Fix, FixContext, TextEdit } from './fix';

/** What mends a problem, best first. The text of now is what the edits apply to. */
export function fixesFor(problem: Problem, document: RequestDocument, context: FixContext): Fix[] {
  const request = requestAt(document, problem.pointer);
  const edit = (id: EditFixId, title: string, ...edits: TextEdit[]): Fix => ({ id, title, edits });
  switch (problem.kind) {
    case 'json-syntax':
      return problem.arguments.reason === 'comma' && problem.span
        ? insertCommaBefore(document, problem.span.offset)
        : [];
    case 'json-comment':
      return problem.span
        ? [edit('remove-comment', 'Remove the comment', { span: problem.span, text: '' })]
        : [];
    case 'json-trailing-comma':
      return problem.span
        ? [edit('remove-trailing-comma', 'Remove the comma', { span: problem.span, text: '' })]
        : [];
    case 'json-duplicate-key':
      return removalAt(problem, document, request, `Remove this "${clip(problem.arguments.key)}"`);
    case 'field-missing': {
      const { field } = problem.arguments;
      const value = sampleValue(field, context);
      return request
        ? [
            edit(
              'add-field',
              `Add "${field}": "${value}"`,
              addMembers(document, request.node, { [field]: value }),
            ),
          ]
        : [];
    }
    case 'urls-missing':
      return addUrls(document, request, context);
    case 'field-type':
      return fixType(problem, document, request, context);
    case 'field-unknown': {
      const { near, field } = problem.arguments;
      const rename =
        near && problem.span
          ? [edit('rename-field', `Rename to "${near}"`, { span: problem.span, text: JSON.stringify(near) })]
          : [];
      return [...rename, ...removalAt(problem, document, request, `Remove "${clip(field)}"`)];
    }
    case 'field-empty': {
      const { field } = problem.arguments;
      const value = sampleValue(field, context);
      return problem.span
        ? [edit('fill-field', `Fill in "${value}"`, { span: problem.span, text: JSON.stringify(value) })]
        : [];
    }
    case 'currency-format': {
      const code = problem.arguments.value.trim().toUpperCase();
      return /^[A-Z]{3}$/.test(code) && problem.span
        ? [edit('uppercase-currency', `Write "${code}"`, { span: problem.span, text: JSON.stringify(code) })]
        : [];
    }
    case 'url-insecure':
      return problem.arguments.why === 'http' ? useHttps(problem, document) : [];
    case 'external-id-repeated':
      return newExternalId(request, context);
    case 'key-in-file':
    case 'field-too-long':
    case 'root-type':
    case 'amount-format':
    case 'amount-zero':
    case 'url-format':
    case 'url-unreachable':
    case 'placeholder-unknown':
    case 'placeholder-format':
      return [];

    case 'key-absent':
      return actions(context, 'eccaex.setApiKey', 'eccaex.selectEnvironment', 'open-key-page');
    case 'key-unreadable':
      return actions(context, 'eccaex.sendInvoice', 'eccaex.setApiKey');
    case 'key-other-origin':
      return actions(context, 'eccaex.setApiKey', 'open-base-url-setting', 'eccaex.selectEnvironment');
    case 'url-unsafe':
      return actions(context, 'open-base-url-setting', 'eccaex.selectEnvironment');
    case 'not-confirmed':
      return actions(context, 'eccaex.sendInvoice', 'eccaex.selectEnvironment');
    case 'untrusted-workspace':
      return actions(context, 'trust-workspace');

    case 'envelope':
      return fixEnvelope(problem, document, request, context);
    case 'http-status': {
      const { status } = problem.arguments;
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
            // What stands in front of the API may have passed the request on to it.
            status >= 500 ? 'resend-same-body' : 'eccaex.sendInvoice',
            'open-base-url-setting',
          );
    }
    case 'redirect':
      return actions(context, 'open-base-url-setting', 'eccaex.selectEnvironment', 'eccaex.sendInvoice');
    case 'not-json':
    case 'not-an-invoice':
      return actions(context, 'resend-same-body', 'open-base-url-setting');
    case 'timeout':
      return actions(context, 'resend-same-body', 'open-timeout-setting');
    case 'connection':
      return problem.arguments.reason === 'never-left'
        ? actions(context, 'eccaex.sendInvoice', 'open-base-url-setting', 'eccaex.selectEnvironment')
        : actions(context, 'resend-same-body');
    case 'truncated':
      return actions(context, 'resend-same-body');
  }
}

function fixEnvelope(
  problem: Problem<'envelope'>,
  document: RequestDocument,
  request: RequestNode | undefined,
  context: FixContext,
): Fix[] {
  const { code, status, requestId } = problem.arguments;
  const edits =
    code === 'MISSING_REQUIRED_URLS'
      ? addUrls(document, request, context)
      : problem.pointer.endsWith('/external_id')
        ? newExternalId(request, context)
        : [];
  const key: ActionFixId[] =
    status === 401 || status === 403 || isAuthenticationError(code)
      ? ['eccaex.setApiKey', 'eccaex.verifyApiKey', 'eccaex.selectEnvironment', 'open-key-page']
      : [];
  const support: ActionFixId[] = requestId === undefined ? [] : ['copy-request-id'];
  // An error that came as a success leaves open whether there is an invoice.
  const again = status < 400 && key.length === 0 ? 'resend-same-body' : 'eccaex.sendInvoice';
  return [...edits, ...actions(context, ...key, again, ...support)];
}
