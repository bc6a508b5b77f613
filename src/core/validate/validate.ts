import type { Node } from 'jsonc-parser';
import { fieldNamed, REQUIRED_FIELDS, URL_FIELDS } from '../contract/fields';
import type { RequestDocument, RequestNode } from '../document/document';
import {
  checkPlaceholder,
  hasPlaceholder,
  placeholdersIn,
  stringValuesIn,
  unclosedPlaceholder,
  type Placeholder,
} from '../document/placeholders';
import { firstLineOf, membersOf, pointerOf, type Member } from '../document/pointer';
import type { Environment } from '../environments/environment';
import type { DocumentProblem, JsonType } from '../problems/problem';
import type { MerchantKnowledge } from '../merchant/knowledge';
import { merchantProblems } from './merchant';
import { nearestField } from './nearestField';
import { nearestPlaceholder } from './nearestPlaceholder';
import { checkValue } from './values';

export interface ValidationContext {
  readonly environment: Environment;
  /** The names that placeholders may use, of this environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** What the API has said of the merchant, where anybody asked. */
  readonly merchant?: MerchantKnowledge;
}

/**
 * What is wrong with a document before it is sent, in the order of the text.
 * Of a text that is not JSON only that is said: what its fields hold is anybody's guess.
 */
export function validate(document: RequestDocument, context: ValidationContext): DocumentProblem[] {
  const problems = document.syntaxError
    ? syntaxProblems(document)
    : [
        ...syntaxProblems(document),
        ...rootProblems(document),
        ...document.requests.flatMap((request) => requestProblems(document, request, context)),
        ...repeatedIds(document),
      ];
  return problems.sort((a, b) => a.span.offset - b.span.offset);
}

function syntaxProblems({ syntaxError, comments, trailingCommas }: RequestDocument): DocumentProblem[] {
  const problems: DocumentProblem[] = [
    ...comments.map((span) => ({ kind: 'json-comment' as const, arguments: {}, pointer: '', span })),
    ...trailingCommas.map((span) => ({
      kind: 'json-trailing-comma' as const,
      arguments: {},
      pointer: '',
      span,
    })),
  ];
  if (syntaxError) {
    const { reason, offset, length } = syntaxError;
    problems.push({ kind: 'json-syntax', arguments: { reason }, pointer: '', span: { offset, length } });
  }
  return problems;
}

function rootProblems(document: RequestDocument): DocumentProblem[] {
  const { root } = document;
  if (!root || root.type === 'object') return [];
  const problem = (found: JsonType | 'empty-array', node: Node, pointer: string): DocumentProblem => ({
    kind: 'root-type',
    arguments: { found },
    pointer,
    span: firstLineOf(document, node),
  });
  if (root.type !== 'array') return [problem(jsonTypeOf(root), root, '')];
  const elements = root.children ?? [];
  if (elements.length === 0) return [problem('empty-array', root, '')];
  return elements.flatMap((node, index) =>
    node.type === 'object' ? [] : [problem(jsonTypeOf(node), node, `/${index}`)],
  );
}

function requestProblems(
  document: RequestDocument,
  request: RequestNode,
  context: ValidationContext,
): DocumentProblem[] {
  const members = membersOf(request.node);
  const present = new Set(members.map(({ name }) => name));
  return [
    ...missingFields(document, request, present),
    ...repeatedKeys(request, members),
    ...members.flatMap((member) => memberProblems(request, member, present, context)),
    ...placeholderProblems(document, request, members, context),
    ...merchantProblems(request, members, context.merchant),
  ];
}

function missingFields(
  document: RequestDocument,
  { node, pointer }: RequestNode,
  present: ReadonlySet<string>,
): DocumentProblem[] {
  const span = firstLineOf(document, node);
  const problems: DocumentProblem[] = REQUIRED_FIELDS.filter(({ name }) => !present.has(name)).map(
    ({ name }) => ({
      kind: 'field-missing',
      arguments: { field: name },
      pointer,
      span,
    }),
  );
  const urls = URL_FIELDS.map(({ name }) => name).filter((name) => !present.has(name));
  if (urls.length > 0) problems.push({ kind: 'urls-missing', arguments: { fields: urls }, pointer, span });
  return problems;
}

function repeatedKeys({ pointer }: RequestNode, members: readonly Member[]): DocumentProblem[] {
  const seen = new Set<string>();
  return members.flatMap(({ key, name }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      {
        kind: 'json-duplicate-key' as const,
        arguments: { key: name },
        pointer: pointer + pointerOf([name]),
        span: key,
      },
    ];
  });
}

function memberProblems(
  request: RequestNode,
  { key, name, value }: Member,
  present: ReadonlySet<string>,
  context: ValidationContext,
): DocumentProblem[] {
  const pointer = request.pointer + pointerOf([name]);
  const field = fieldNamed(name);
  if (!field) {
    const near = nearestField(name, present);
    return [{ kind: 'field-unknown', arguments: { field: name, near }, pointer, span: key }];
  }
  if (!value) return [];
  if (value.type !== 'string') {
    return [
      { kind: 'field-type', arguments: { field: name, found: jsonTypeOf(value) }, pointer, span: value },
    ];
  }
  return checkValue(field, String(value.value), context.environment).map((found) => ({
    ...found,
    pointer,
    span: value,
  }));
}

function placeholderProblems(
  document: RequestDocument,
  request: RequestNode,
  members: readonly Member[],
  { variables }: ValidationContext,
): DocumentProblem[] {
  return members.flatMap(({ name, value }) =>
    stringsToCheck(value).flatMap((string) => {
      const pointer = request.pointer + pointerOf([name]);
      const closed = placeholdersIn(document, string).flatMap(({ expression, span }): DocumentProblem[] => {
        switch (checkPlaceholder(expression, variables)) {
          case 'ok':
            return [];
          case 'format':
            return [
              {
                kind: 'placeholder-format',
                arguments: { expression, isClosed: true, near: undefined },
                pointer,
                span,
              },
            ];
          case 'unknown': {
            const near = nearestPlaceholder(expression, variables);
            return [{ kind: 'placeholder-unknown', arguments: { expression, near }, pointer, span }];
          }
        }
      });
      const open = unclosedPlaceholder(document, string);
      return open ? [...closed, unclosed(open, pointer, variables)] : closed;
    }),
  );
}

function unclosed(
  { expression, span }: Placeholder,
  pointer: string,
  variables: ValidationContext['variables'],
): DocumentProblem {
  const isKnown = checkPlaceholder(expression, variables) === 'ok';
  const near = isKnown ? expression : nearestPlaceholder(expression, variables);
  return { kind: 'placeholder-format', arguments: { expression, isClosed: false, near }, pointer, span };
}

/** Most values are strings, and most of those have no placeholder. */
function stringsToCheck(value: Node | undefined): readonly Node[] {
  if (!value || (value.type === 'string' && !String(value.value).includes('{{'))) return [];
  return [...stringValuesIn(value)];
}

function repeatedIds({ requests }: RequestDocument): DocumentProblem[] {
  const seen = new Set<string>();
  return requests.flatMap(({ node, pointer }) => {
    const value = membersOf(node).findLast(({ name }) => name === 'external_id')?.value;
    if (value?.type !== 'string') return [];
    const id = String(value.value);
    // A placeholder gives each request an id of its own, or is reported as a problem by itself.
    if (!seen.has(id) || hasPlaceholder(id)) {
      seen.add(id);
      return [];
    }
    return [
      {
        kind: 'external-id-repeated' as const,
        arguments: { value: id },
        pointer: `${pointer}/external_id`,
        span: value,
      },
    ];
  });
}

function jsonTypeOf({ type }: Node): JsonType {
  return type === 'property' ? 'object' : type;
}
