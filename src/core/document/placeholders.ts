import type { Node } from 'jsonc-parser';
import type { RequestDocument, RequestNode } from './document';
import { jsonEscape } from '../json';
import { membersOf, pointerOf } from './pointer';
import type { Span } from './positions';

/** Where the values of placeholders come from. */
export interface PlaceholderValues {
  uuid(): string;
  now(): Date;
  /** An integer from `min` to `max`, both included. */
  randomInt(min: number, max: number): number;
  /** `undefined` where there is none; the placeholder then stays as it is. */
  webhookUrl(): string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

export interface Placeholder {
  /** What stands between the braces, trimmed: `$randomInt 1 9`. */
  readonly expression: string;
  /** The placeholder with its braces; the whole string where escapes hide its place. */
  readonly span: Span;
}

export type PlaceholderCheck = 'ok' | 'unknown' | 'format';

export function placeholdersIn(document: RequestDocument, string: Node): Placeholder[] {
  const spanOf = spansIn(document, string);
  return Array.from(bracesIn(String(string.value)), ({ expression, start, end }) => ({
    expression,
    span: spanOf(start, end),
  }));
}

/** A placeholder that begins and does not end, as far as it can be one: `{{$uuid}` of `"{{$uuid} and more"`. */
export function unclosedPlaceholder(document: RequestDocument, string: Node): Placeholder | undefined {
  const value = String(string.value);
  let closed = 0;
  for (const { end } of bracesIn(value)) closed = end;
  const start = value.indexOf('{{', closed);
  if (start < 0) return undefined;
  const [whole, expression = ''] = /^\{\{\s*([\w$]*(?:\s+-?\d+)*)(?:\s*\})?/.exec(value.slice(start)) ?? [
    '{{',
  ];
  return { expression, span: spansIn(document, string)(start, start + whole.length) };
}

/** Where parts of a string stand in the text; the whole string where escapes hide that. To compare the two takes as long as they are, and is done once. */
export function spansIn({ text }: RequestDocument, string: Node): (start: number, end: number) => Span {
  const isPlain = text.slice(string.offset + 1, string.offset + string.length - 1) === string.value;
  return (start, end) => (isPlain ? { offset: string.offset + 1 + start, length: end - start } : string);
}

/** Also one that is not closed: what stands for it is not known. */
export function hasPlaceholder(value: string): boolean {
  return value.includes('{{');
}

/** From each `{{` to the next `}}`, in one pass: a regular expression takes quadratic time where none follows. */
function* bracesIn(value: string): Generator<{ expression: string; start: number; end: number }> {
  for (let start = value.indexOf('{{'); start >= 0;) {
    const close = value.indexOf('}}', start + 2);
    if (close < 0) return;
    const end = close + 2;
    yield { expression: value.slice(start + 2, close).trim(), start, end };
    start = value.indexOf('{{', end);
  }
}

export function checkPlaceholder(
  expression: string,
  variables: PlaceholderValues['variables'],
): PlaceholderCheck {
  if (!expression.startsWith('$')) return Object.hasOwn(variables, expression) ? 'ok' : 'unknown';
  const [name, ...parameters] = expression.split(/\s+/);
  switch (name) {
    case '$uuid':
    case '$timestamp':
    case '$isoTimestamp':
    case '$webhookUrl':
      return parameters.length === 0 ? 'ok' : 'format';
    case '$randomInt':
      return randomIntBounds(parameters) ? 'ok' : 'format';
    default:
      return 'unknown';
  }
}

/** What a user's own placeholder can be named; a name that begins with `$` is built in. */
export function isVariableName(expression: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_.-]{0,63}$/u.test(expression);
}

/** A string value of a request, and what its placeholders stood for when it was sent. */
export interface ResolvedString {
  /** RFC 6901, below the request. */
  readonly within: string;
  /** As it stood in the text, quotes included. */
  readonly text: string;
  /** One for each placeholder, in order. */
  readonly values: readonly string[];
}

export interface Resolved {
  /**
   * The JSON text of the request as it is sent: its own text, with the placeholders in its string values
   * resolved, and halves of surrogate pairs as escapes.
   */
  readonly body: string;
  readonly strings: readonly ResolvedString[];
}

export function resolve(
  document: RequestDocument,
  request: RequestNode,
  values: PlaceholderValues,
): Resolved {
  const start = request.node.offset;
  const end = start + request.node.length;
  const strings: ResolvedString[] = [];
  let body = '';
  let done = start;
  for (const { node: string, path } of stringsBelow(request.node)) {
    const found: string[] = [];
    const value = String(string.value);
    const resolved = resolvedText(value, (expression) => {
      const one = valueOf(expression, values);
      found.push(one ?? '');
      return one;
    });
    const text = document.text.slice(string.offset, string.offset + string.length);
    if (found.length > 0) strings.push({ within: pointerOf(path), text, values: found });
    if (resolved === value) continue;
    body += document.text.slice(done, string.offset) + JSON.stringify(resolved);
    done = string.offset + string.length;
  }
  return { body: withoutHalves(body + document.text.slice(done, end)), strings };
}

/** Half of a surrogate pair has no UTF-8: only written as an escape does it arrive. In JSON it stands in a string. */
function withoutHalves(json: string): string {
  return json.replace(/\p{Surrogate}/gu, jsonEscape);
}

/** A text with the user's own names in it resolved, and no other placeholder. */
export function withVariables(value: string, variables: PlaceholderValues['variables']): string {
  return resolvedText(value, (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined));
}

function resolvedText(value: string, valueOf: (expression: string) => string | undefined): string {
  let text = '';
  let done = 0;
  for (const { expression, start, end } of bracesIn(value)) {
    text += value.slice(done, start) + (valueOf(expression) ?? value.slice(start, end));
    done = end;
  }
  return text + value.slice(done);
}

/** The string values below a node, in the order of the text; keys are left out. */
export function* stringValuesIn(node: Node): Generator<Node> {
  for (const { node: string } of stringsBelow(node)) yield string;
}

function* stringsBelow(
  node: Node,
  path: readonly (string | number)[] = [],
): Generator<{ node: Node; path: readonly (string | number)[] }> {
  const { type, children = [] } = node;
  if (type === 'string') yield { node, path };
  else if (type === 'object')
    for (const { name, value } of membersOf(node)) yield* value ? stringsBelow(value, [...path, name]) : [];
  else for (const [index, child] of children.entries()) yield* stringsBelow(child, [...path, index]);
}

function valueOf(expression: string, values: PlaceholderValues): string | undefined {
  if (checkPlaceholder(expression, values.variables) !== 'ok') return undefined;
  const [name, ...parameters] = expression.split(/\s+/);
  switch (name) {
    case '$uuid':
      return values.uuid();
    case '$timestamp':
      return String(Math.floor(values.now().getTime() / 1000));
    case '$isoTimestamp':
      return values.now().toISOString();
    case '$webhookUrl':
      return values.webhookUrl();
    case '$randomInt': {
      const bounds = randomIntBounds(parameters);
      return bounds && String(values.randomInt(bounds.min, bounds.max));
    }
    default:
      return values.variables[expression];
  }
}

function randomIntBounds(parameters: readonly string[]): { min: number; max: number } | undefined {
  const [min, max] = parameters.map((parameter) => (/^-?\d+$/.test(parameter) ? Number(parameter) : NaN));
  if (parameters.length !== 2 || min === undefined || max === undefined) return undefined;
  // The widest range that node:crypto's randomInt takes.
  return Number.isSafeInteger(min) && Number.isSafeInteger(max) && min <= max && max - min < 2 ** 48 - 1
    ? { min, max }
    : undefined;
}

/** The placeholders that need no setting. */
interface BuiltInPlaceholder {
  /** As it is written between the braces, with parameters that can be changed: `$randomInt 1 100`. */
  readonly sample: string;
  readonly description: string;
}

export const BUILT_IN_PLACEHOLDERS: Readonly<Record<string, BuiltInPlaceholder>> = {
  $uuid: { sample: '$uuid', description: 'a random UUID' },
  $timestamp: { sample: '$timestamp', description: 'Unix time in seconds' },
  $isoTimestamp: { sample: '$isoTimestamp', description: 'time in ISO 8601' },
  $webhookUrl: { sample: '$webhookUrl', description: 'where webhooks are received' },
  $randomInt: { sample: '$randomInt 1 100', description: 'a random integer between two bounds' },
};
