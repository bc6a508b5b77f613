import { findNodeAtOffset, type Node } from 'jsonc-parser';
import { CURRENCIES, currencySymbol } from '../contract/currencies';
import { DOCUMENTATION } from '../contract/documentation';
import { fieldNamed, type Field } from '../contract/fields';
import { BUILT_IN_PLACEHOLDERS, checkPlaceholder, placeholdersIn } from '../document/placeholders';
import type { RequestDocument } from '../document/document';
import type { Span } from '../document/positions';
import type { SentValue } from '../document/sentValues';
import type { ValidationContext } from '../validate/validate';

/** What is known of a thing in a request. All of it is text for people, and some of it comes from the file. */
export interface About {
  readonly span: Span;
  readonly name: string;
  /** In a few words: `string`, `required`. */
  readonly facts: readonly string[];
  readonly sentences: readonly string[];
  /** The page that says so; absent where it is not the vendor who does. */
  readonly docs?: string;
}

/** What there is to say of what stands at an offset: a field, a currency or a placeholder. */
export function aboutAt(
  document: RequestDocument,
  offset: number,
  context: ValidationContext,
  sent: readonly SentValue[],
): About | undefined {
  const node = document.root && findNodeAtOffset(document.root, offset);
  const property = node?.parent;
  if (node?.type !== 'string') return undefined;
  const placeholder = aboutPlaceholder(document, node, offset, context, sent);
  if (placeholder) return placeholder;
  if (property?.type !== 'property' || !isOfRequest(property, document)) return undefined;
  const [key] = property.children ?? [];
  const field = fieldNamed(String(key?.value));
  if (!field) return undefined;
  return node === key ? aboutField(field, node) : aboutValue(field, node);
}

function isOfRequest({ parent: object }: Node, { root }: RequestDocument): boolean {
  return object !== undefined && (root?.type === 'array' ? object.parent === root : object === root);
}

const REQUIRED: Readonly<Record<Field['required'], string>> = {
  yes: 'required',
  no: 'optional',
  'default-in-settings': 'required unless the merchant’s dashboard has a default',
};

function aboutField({ name, required, maxLength, description }: Field, { offset, length }: Span): About {
  return {
    span: { offset, length },
    name,
    facts: [
      'string',
      REQUIRED[required],
      ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
    ],
    sentences: [description],
    docs: DOCUMENTATION.invoices,
  };
}

function aboutValue({ kind }: Field, { offset, length, value }: Node): About | undefined {
  const code = String(value);
  const name = kind === 'currency' ? CURRENCIES.get(code) : undefined;
  if (name === undefined) return undefined;
  const symbol = currencySymbol(code);
  return {
    span: { offset, length },
    name: code,
    facts: [name, ...(symbol === undefined ? [] : [symbol]), 'ISO 4217'],
    sentences: [],
  };
}

function aboutPlaceholder(
  document: RequestDocument,
  string: Node,
  offset: number,
  { variables, environment }: ValidationContext,
  sent: readonly SentValue[],
): About | undefined {
  const isKey = string.parent?.type === 'property' && string.parent.children?.[0] === string;
  const here = isKey ? [] : placeholdersIn(document, string);
  const [first, ...more] = here.filter(({ span }) => contains(span, offset));
  // Where escapes hide the places of several, which one it is cannot be said.
  if (!first || more.length > 0 || checkPlaceholder(first.expression, variables) !== 'ok') return undefined;
  const { expression, span } = first;
  const builtIn = expression.startsWith('$')
    ? BUILT_IN_PLACEHOLDERS[expression.split(/\s/, 1)[0] ?? '']
    : undefined;
  const last = sent.find((one) => one.span.offset === span.offset && one.span.length === span.length);
  return {
    span: { offset: span.offset, length: span.length },
    name: `{{${expression}}}`,
    facts: [builtIn ? builtIn.description : 'your variable'],
    sentences: [
      expression === '$webhookUrl'
        ? 'In the sandbox, this window’s listener. Elsewhere, the public URL from the settings.'
        : builtIn
          ? 'New for each send.'
          : `In ${environment} it is "${variables[expression] ?? ''}".`,
      ...(last ? [`The last send used "${last.value}".`] : []),
    ],
  };
}

function contains({ offset, length }: Span, place: number): boolean {
  return offset <= place && place < offset + length;
}
