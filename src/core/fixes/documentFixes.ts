import { findNodeAtOffset } from 'jsonc-parser';
import { CURRENCIES, currencyMeant } from '../contract/currencies';
import type { RequestDocument, RequestNode } from '../document/document';
import { asRead } from '../document/lookAlikes';
import { clip } from '../phrases';
import { actions, defining } from './actions';
import type { Span, TextEdit } from '../document/positions';
import type { DocumentProblemKind, Problem } from '../problems/problem';
import { addUrls, fixType, newExternalId, removalAt, sampleValue, useHttps } from './editFixes';
import { addMembers, memberNamed } from './edits';
import type { EditFixId, Fix, FixContext } from './fix';
import { fixSyntax } from './syntaxFixes';
import { fixAmount, fixUrl, removeCredentials, replaceValue, writePlaceholder } from './valueFixes';

/** What mends a problem of the text. */
export function documentFixes(
  problem: Problem<DocumentProblemKind>,
  span: Span,
  document: RequestDocument,
  request: RequestNode | undefined,
  context: FixContext,
): Fix[] {
  const edit = (id: EditFixId, title: string, ...edits: TextEdit[]): Fix => ({ id, title, edits });
  switch (problem.kind) {
    case 'json-syntax':
      return fixSyntax(problem.arguments.reason, span, document);
    case 'json-comment':
      return [edit('remove-comment', 'Remove the comment', { span, text: gapFor(span, document) })];
    case 'json-trailing-comma':
      return [edit('remove-trailing-comma', 'Remove the comma', { span, text: '' })];
    case 'json-duplicate-key':
      return removalAt(span, document, request, `Remove this "${clip(problem.arguments.key)}"`);
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
      return fixType(problem, span, document, request, context);
    case 'field-unknown': {
      const { near, field } = problem.arguments;
      const rename = near
        ? [edit('rename-field', `Rename to "${near}"`, { span, text: JSON.stringify(near) })]
        : [];
      return [...rename, ...removalAt(span, document, request, `Remove "${clip(field)}"`)];
    }
    case 'field-misnamed': {
      const { meant, field, isPresent } = problem.arguments;
      return isPresent
        ? removalAt(span, document, request, `Remove "${clip(field)}"`)
        : [edit('rename-field', `Rename to "${meant}"`, { span, text: JSON.stringify(meant) })];
    }
    case 'field-empty': {
      const { field } = problem.arguments;
      const value = sampleValue(field, context);
      return [edit('fill-field', `Fill in "${value}"`, { span, text: JSON.stringify(value) })];
    }
    case 'currency-format': {
      const { value } = problem.arguments;
      const code = asRead(value).toUpperCase();
      if (CURRENCIES.has(code)) {
        const isSame = code === value.trim().toUpperCase();
        return replaceValue(isSame ? 'uppercase-currency' : 'use-currency', span, code);
      }
      const meant = currencyMeant(value);
      return meant === undefined ? [] : replaceValue('use-currency', span, meant);
    }
    case 'currency-unknown':
      return problem.arguments.near.flatMap((code) => replaceValue('use-currency', span, code));
    case 'currency-not-offered':
      return [
        ...problem.arguments.near.flatMap((code) => replaceValue('use-currency', span, code)),
        ...actions(problem.arguments, 'refresh-currencies'),
      ];
    case 'amount-outside-limits':
      return actions(problem.arguments, 'refresh-payment-methods');
    case 'amount-format':
      return fixAmount(problem.arguments.value, span, request && stringNamed(request, 'currency_code'));
    case 'url-format':
      return fixUrl(problem.arguments.field, span, stringAt(request, span), context);
    case 'url-insecure':
      return problem.arguments.why === 'http'
        ? useHttps(span, document)
        : removeCredentials(span, stringAt(request, span));
    case 'placeholder-unknown': {
      const { near, expression } = problem.arguments;
      return [
        ...writePlaceholder('rename-placeholder', near, span, document),
        ...defining(expression, context.environment),
      ];
    }
    case 'placeholder-format':
      return problem.arguments.isClosed
        ? writePlaceholder('rename-placeholder', problem.arguments.near, span, document)
        : writePlaceholder('close-placeholder', problem.arguments.near, span, document);
    case 'placeholder-foreign':
      return writePlaceholder('rename-placeholder', problem.arguments.ours, span, document);
    case 'external-id-repeated':
      return newExternalId(request, context);
    case 'more-problems':
      return [];
    case 'key-in-file':
    case 'field-too-long':
    case 'root-type':
    case 'amount-zero':
    case 'amount-minor-units':
    case 'url-unreachable':
    case 'webhook-url-absent':
      return [];
  }
}

/** Without a comment between them, two numbers would be one. */
function gapFor({ offset, length }: Span, { text }: RequestDocument): string {
  const isPart = (character: string | undefined) => /[^\s,:{}[\]]/.test(character ?? ' ');
  return isPart(text[offset - 1]) && isPart(text[offset + length]) ? ' ' : '';
}

function stringNamed({ node }: RequestNode, name: string): string | undefined {
  const value = memberNamed(node, name)?.value;
  return value?.type === 'string' ? String(value.value) : undefined;
}

/** By its place: of two values with one key, a pointer leads to the last. In its request: a batch has many. */
function stringAt(request: RequestNode | undefined, { offset }: Span): string {
  const node = request && findNodeAtOffset(request.node, offset);
  return node?.type === 'string' ? String(node.value) : '';
}
