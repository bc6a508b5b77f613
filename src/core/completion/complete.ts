import { getLocation, type Location, type Node } from 'jsonc-parser';
import { CURRENCIES, currencySymbol } from '../contract/currencies';
import { fieldNamed, FIELDS, type Field } from '../contract/fields';
import { BUILT_IN_PLACEHOLDERS } from '../document/placeholders';
import type { RequestDocument } from '../document/document';
import { membersOf, nodeAt, pointerOf } from '../document/pointer';
import type { Span } from '../document/positions';
import { defaultUrl } from '../fixes/editFixes';
import type { FixContext } from '../fixes/fix';
import type { ValidationContext } from '../validate/validate';

/** One thing that can be written at the cursor. */
export interface Suggestion {
  readonly kind: 'field' | 'value' | 'placeholder';
  readonly label: string;
  readonly detail: string;
  /** What it takes the place of. */
  readonly span: Span;
  readonly text: string;
  /** How far from the end of `text` the cursor goes, in UTF-16 code units. */
  readonly back: number;
}

type CompletionContext = ValidationContext &
  FixContext & {
    /** Currencies that the workspace uses, the likeliest first. */
    readonly ownCurrencies?: readonly string[];
  };

/** Offered before the others, after those that the workspace uses. */
const COMMON_CURRENCIES = ['USD', 'EUR', 'UAH', 'GBP', 'PLN', 'TRY', 'KZT', 'CZK'];

/** What can be written at an offset, the most likely first. Nothing outside of requests. */
export function suggestionsAt(
  document: RequestDocument,
  offset: number,
  context: CompletionContext,
): Suggestion[] {
  // To find a location, the parser goes as deep as the text does.
  if (document.syntaxError?.reason === 'too-deep' || isInComment(document, offset)) return [];
  const location = getLocation(document.text, offset);
  // Behind what is written, and not in it: nothing is to be written here.
  if (location.previousNode && !touches(location.previousNode, offset)) return [];
  const inRequest = location.path.length === (document.root?.type === 'array' ? 2 : 1);
  if (location.isAtPropertyKey) return inRequest ? fields(document, offset, location) : [];
  const placeholders = placeholdersAt(document, offset, location, context);
  if (placeholders.length > 0 || !inRequest) return placeholders;
  const field = fieldNamed(String(location.path.at(-1)));
  return field ? values(document, field, offset, location, context) : [];
}

function isInComment({ comments, text }: RequestDocument, offset: number): boolean {
  return comments.some(({ offset: start, length }) => {
    const end = start + length;
    const isClosed = text.startsWith('/*', start) && text.endsWith('*/', end) && length >= 4;
    return start < offset && (isClosed ? offset < end : offset <= end);
  });
}

/** What stands in quotes at an offset, or the letters that could still get them. */
function spanToReplace(text: string, offset: number, node: Node | undefined): Span {
  if (node) return { offset: node.offset, length: node.length };
  const before = /\w*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0].length ?? 0;
  const after = /^\w*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0;
  return { offset: offset - before, length: before + after };
}

function touches(node: Span, offset: number): boolean {
  return node.offset <= offset && offset <= node.offset + node.length;
}

function fields(
  { text, root }: RequestDocument,
  offset: number,
  { path, previousNode }: Location,
): Suggestion[] {
  const request = nodeAt(root, pointerOf(path.slice(0, -1)));
  const written = request ? membersOf(request).filter(({ key }) => key !== previousNode) : [];
  const own = previousNode && { offset: previousNode.offset, length: previousNode.length };
  const present = new Set(written.filter(({ key }) => key.offset !== own?.offset).map(({ name }) => name));
  const span = spanToReplace(text, offset, previousNode);
  const after = /^\s*(.?)/.exec(text.slice(span.offset + span.length))?.[1] ?? '';
  const order = ['yes', 'default-in-settings', 'no'];
  return FIELDS.filter(({ name }) => !present.has(name))
    .toSorted((a, b) => order.indexOf(a.required) - order.indexOf(b.required))
    .map(({ name, required, description }) => {
      const key = JSON.stringify(name);
      const rest = after === ':' ? '' : `: ""${after === '"' ? ',' : ''}`;
      return {
        kind: 'field',
        label: name,
        detail: `${required === 'yes' ? 'Required. ' : ''}${description}`,
        span,
        text: key + rest,
        back: rest === '' ? 0 : rest.length - rest.indexOf('""') - 1,
      };
    });
}

function values(
  { text }: RequestDocument,
  field: Field,
  offset: number,
  { previousNode }: Location,
  context: CompletionContext,
): Suggestion[] {
  const node = previousNode?.type === 'string' || previousNode?.type === 'number' ? previousNode : undefined;
  const span = spanToReplace(text, offset, node);
  const isEmpty = !node || (node.type === 'string' && node.value === '');
  const ofUser = isEmpty ? Object.entries(context.variables) : [];
  return [
    ...valuesFor(field, context),
    ...ofUser.map(([name, value]) => [`{{${name}}}`, value] as const),
  ].map(([value, detail]) => ({
    kind: 'value',
    label: value,
    detail,
    span,
    text: JSON.stringify(value),
    back: 0,
  }));
}

function valuesFor({ name, kind }: Field, context: CompletionContext): (readonly [string, string])[] {
  switch (kind) {
    case 'currency':
      return [
        ...new Set([...(context.ownCurrencies ?? []), ...COMMON_CURRENCIES, ...CURRENCIES.keys()]),
      ].flatMap((code) => {
        const name = CURRENCIES.get(code);
        return name === undefined
          ? []
          : [[code, [currencySymbol(code), name].filter((part) => part !== undefined).join(' ')] as const];
      });
    case 'url': {
      const url = defaultUrl(name, context);
      return url ? [[url, 'from your settings']] : [];
    }
    case 'amount':
      return [];
    case 'text':
      return name === 'external_id'
        ? [
            [`order-${context.newId()}`, 'a new id'],
            ['order-{{$uuid}}', 'a new id at each send'],
          ]
        : [];
  }
}

/** Inside of a string, after `{{`. */
function placeholdersAt(
  { text }: RequestDocument,
  offset: number,
  { previousNode }: Location,
  { variables }: CompletionContext,
): Suggestion[] {
  if (previousNode?.type !== 'string') return [];
  const before = text.slice(previousNode.offset, offset);
  const start = before.lastIndexOf('{{');
  if (start < 0 || before.includes('}}', start)) return [];
  const begin = previousNode.offset + start;
  const rest = text.slice(offset, previousNode.offset + previousNode.length);
  const typed = /^(?:[\w$ ]*\}\}|[\w$]*)/.exec(rest)?.[0].length ?? 0;
  const builtIn = Object.values(BUILT_IN_PLACEHOLDERS).map(
    ({ sample, description }) => [sample, description] as const,
  );
  return [...builtIn, ...Object.entries(variables)].map(([name, detail]) => ({
    kind: 'placeholder',
    label: `{{${name}}}`,
    detail,
    span: { offset: begin, length: offset - begin + typed },
    text: JSON.stringify(`{{${name}}}`).slice(1, -1),
    back: 0,
  }));
}
