import type { Node } from 'jsonc-parser';
import { fieldNamed, FIELDS } from '../contract/fields';
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
import { severityOf } from '../problems/catalogue';
import type { DocumentProblem, JsonType } from '../problems/problem';
import type { MerchantKnowledge } from '../merchant/knowledge';
import { foreignPlaceholders, oursFor } from './foreignPlaceholders';
import { merchantProblems } from './merchant';
import { fieldMeant, nearestPlaceholder, type Meant } from './nearest';
import { checkValue, minorUnits } from './values';

export interface ValidationContext {
  readonly environment: Environment;
  /** The names that placeholders may use, of this environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** What `{{$webhookUrl}}` is to stand for; absent where there is nothing. */
  readonly webhookUrl?: string;
  /** What the API has said of the merchant, where anybody asked. */
  readonly merchant?: MerchantKnowledge;
}

/**
 * What was found in requests for one context, by their nodes, with offsets from where the request begins. A batch that
 * is edited keeps the nodes of the requests that stay as they are, and those need no other look.
 */
export type CheckedRequests = WeakMap<Node, readonly DocumentProblem[]>;

/**
 * What is wrong with a document before it is sent, in the order of the text.
 * Of a text that is not JSON only that is said: what its fields hold is anybody's guess.
 */
export function validate(
  document: RequestDocument,
  context: ValidationContext,
  checked?: CheckedRequests,
): DocumentProblem[] {
  const problems = document.syntaxError
    ? capped(syntaxProblems(document), MOST_OF_TEXT, '')
    : [
        ...capped([...syntaxProblems(document), ...rootProblems(document)], MOST_OF_TEXT, ''),
        ...document.requests.flatMap((request) => problemsOfRequest(document, request, context, checked)),
        ...repeatedIds(document),
      ];
  return problems.sort((a, b) => a.span.offset - b.span.offset);
}

function problemsOfRequest(
  document: RequestDocument,
  request: RequestNode,
  context: ValidationContext,
  checked: CheckedRequests | undefined,
): readonly DocumentProblem[] {
  const { node, pointer } = request;
  const known = checked?.get(node);
  if (known) return movedBy(known, node.offset);
  const problems = capped(requestProblems(document, request, context), MOST_OF_REQUEST, pointer);
  checked?.set(node, movedBy(problems, -node.offset));
  return problems;
}

function movedBy(problems: readonly DocumentProblem[], by: number): readonly DocumentProblem[] {
  return problems.length === 0
    ? NONE
    : problems.map((problem) => {
        const { offset, length } = problem.span;
        return { ...problem, span: { offset: offset + by, length } };
      });
}

/** Nobody reads more than that, and an editor would stand still with what a machine can write. */
const MOST_OF_REQUEST = 100;
/** Comments and commas: one quick fix removes as many. */
const MOST_OF_TEXT = 1000;

/** Of too many, errors are listed first, so that what is wrong stays wrong; the rest is counted where it begins. */
function capped(problems: DocumentProblem[], most: number, pointer: string): DocumentProblem[] {
  if (problems.length <= most) return problems;
  const isError = (problem: DocumentProblem) => severityOf(problem) === 'error';
  const sorted = [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))];
  const { span } = sorted[most] ?? {};
  if (!span) return problems;
  const count = problems.length - most;
  return [...sorted.slice(0, most), { kind: 'more-problems', arguments: { count }, pointer, span }];
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
    const { offset, length, ...fault } = syntaxError;
    problems.push({ kind: 'json-syntax', arguments: fault, pointer: '', span: { offset, length } });
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
  const named = members.map((member) => ({ member, meant: meantBy(member, present) }));
  const misnamed = new Set(named.flatMap(({ meant }) => (meant?.isCertain ? [meant.name] : [])));
  const problems = missingFields(
    document,
    request,
    misnamed.size === 0 ? present : new Set([...present, ...misnamed]),
  );
  // Never by `push(...)`, which takes no more arguments than a stack has room for.
  return [
    ...problems,
    ...(present.size < members.length ? repeatedKeys(request, members) : NONE),
    ...named.flatMap(({ member, meant }) => memberProblems(request, member, meant, present, context)),
    ...members.flatMap((member) => placeholderProblems(document, request, member, context)),
    ...minorUnits(request, members),
    ...(context.merchant ? merchantProblems(request, members, context.merchant) : NONE),
  ];
}

/** Where nothing is wrong, as with most of what is checked. */
const NONE: readonly DocumentProblem[] = [];

const pointerTo = (request: RequestNode, { name }: Member): string => request.pointer + pointerOf([name]);

function missingFields(
  document: RequestDocument,
  { node, pointer }: RequestNode,
  present: ReadonlySet<string>,
): DocumentProblem[] {
  const missing = FIELDS.filter(({ name, required }) => required !== 'no' && !present.has(name));
  if (missing.length === 0) return [];
  const span = firstLineOf(document, node);
  const problems: DocumentProblem[] = missing
    .filter(({ required }) => required === 'yes')
    .map(({ name }) => ({ kind: 'field-missing', arguments: { field: name }, pointer, span }));
  const urls = missing.filter(({ kind }) => kind === 'url').map(({ name }) => name);
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

/** The field that a name means which is none itself. */
function meantBy({ name }: Member, present: ReadonlySet<string>): Meant | undefined {
  return fieldNamed(name) ? undefined : fieldMeant(name, present);
}

function memberProblems(
  request: RequestNode,
  member: Member,
  meant: Meant | undefined,
  present: ReadonlySet<string>,
  context: ValidationContext,
): readonly DocumentProblem[] {
  const { key, name, value } = member;
  const field = fieldNamed(name);
  if (!field) {
    const place = { pointer: pointerTo(request, member), span: key };
    return meant?.isCertain
      ? [
          {
            kind: 'field-misnamed',
            arguments: { field: name, meant: meant.name, isPresent: present.has(meant.name) },
            ...place,
          },
        ]
      : [{ kind: 'field-unknown', arguments: { field: name, near: meant?.name }, ...place }];
  }
  if (!value) return NONE;
  if (value.type !== 'string') {
    const pointer = pointerTo(request, member);
    return [
      { kind: 'field-type', arguments: { field: name, found: jsonTypeOf(value) }, pointer, span: value },
    ];
  }
  const found = checkValue(field, String(value.value), context.environment);
  if (found.length === 0) return NONE;
  const pointer = pointerTo(request, member);
  return found.map((one) => ({ ...one, pointer, span: value }));
}

function placeholderProblems(
  document: RequestDocument,
  request: RequestNode,
  member: Member,
  { variables, environment, webhookUrl }: ValidationContext,
): readonly DocumentProblem[] {
  const strings = stringsToCheck(member.value);
  if (strings.length === 0) return NONE;
  const pointer = pointerTo(request, member);
  return strings.flatMap((string) => {
    const closed = placeholdersIn(document, string).flatMap(
      ({ expression, span }, place): DocumentProblem[] => {
        switch (checkPlaceholder(expression, variables)) {
          case 'ok':
            return expression === '$webhookUrl' && webhookUrl === undefined
              ? [{ kind: 'webhook-url-absent', arguments: { environment }, pointer, span }]
              : [];
          case 'format':
            return [
              {
                kind: 'placeholder-format',
                arguments: { expression, isClosed: true, near: oursFor(expression, variables) },
                pointer,
                span,
              },
            ];
          case 'unknown': {
            // What is not listed is only counted.
            const near = place < MOST_OF_REQUEST ? nearestPlaceholder(expression, variables) : undefined;
            return [{ kind: 'placeholder-unknown', arguments: { expression, near }, pointer, span }];
          }
        }
      },
    );
    const foreign = foreignPlaceholders(document, string, variables).map(
      ({ text, ours, span }): DocumentProblem => ({
        kind: 'placeholder-foreign',
        arguments: { text, ours },
        pointer,
        span,
      }),
    );
    const open = unclosedPlaceholder(document, string);
    return [...closed, ...(open ? [unclosed(open, pointer, variables)] : NONE), ...foreign];
  });
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

const NO_STRINGS: readonly Node[] = [];

/** Most values are strings, and most of those have no placeholder, be it ours or another tool’s. */
function stringsToCheck(value: Node | undefined): readonly Node[] {
  if (!value || (value.type === 'string' && !/[{<%$@#]/.test(String(value.value)))) return NO_STRINGS;
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
