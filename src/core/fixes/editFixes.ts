import { currencyMeant } from '../contract/currencies';
import { fieldNamed, URL_FIELDS, SAMPLES } from '../contract/fields';
import { type RequestDocument, type RequestNode, parseDocument } from '../document/document';
import type { Span, TextEdit } from '../document/positions';
import { severityOf } from '../problems/catalogue';
import { clip } from '../phrases';
import type { DocumentProblemKind, Problem } from '../problems/problem';
import { fieldMeant } from '../validate/nearest';
import { checkValue } from '../validate/values';
import { addMembers, memberNamed, removeMemberAt } from './edits';
import type { Fix, FixContext } from './fix';
import { replaceValue } from './valueFixes';
import { withoutTrailingZeros } from '../decimal';
import { membersOf, pointerOf } from '../document/pointer';
import { validate } from '../validate/validate';

export function addUrls(
  document: RequestDocument,
  request: RequestNode | undefined,
  context: FixContext,
): Fix[] {
  if (!request) return [];
  const urls = URL_FIELDS.map(({ name }) => ({
    name,
    url: sampleValue(name, context),
    member: memberNamed(request.node, name),
  }));
  const members = membersOf(request.node);
  const present = new Set(members.map(({ name }) => name));
  // One that is only misnamed would then be there twice.
  const meant = members.map(({ name }) => fieldMeant(name, present));
  const misnamed = new Set(meant.flatMap((field) => (field?.isCertain ? [field.name] : [])));
  const absent = urls.filter(({ member, name }) => !member && !misnamed.has(name));
  const empty = urls.flatMap(({ url, member }) =>
    member?.value?.type === 'string' && String(member.value.value).trim() === ''
      ? [{ span: member.value, text: JSON.stringify(url) }]
      : [],
  );
  const edits: TextEdit[] = empty.map(({ span: { offset, length }, text }) => ({
    span: { offset, length },
    text,
  }));
  if (absent.length > 0)
    edits.push(
      addMembers(document, request.node, Object.fromEntries(absent.map(({ name, url }) => [name, url]))),
    );
  if (edits.length === 0) return [];
  const names = [
    ...absent.map(({ name }) => name),
    ...urls
      .filter(({ member }) => member && String(member.value?.value).trim() === '')
      .map(({ name }) => name),
  ];
  return [{ id: 'add-urls', title: `Add ${names.join(', ')}`, edits }];
}

export function fixType(
  { arguments: { field: name, found } }: Problem<'field-type'>,
  span: Span,
  document: RequestDocument,
  request: RequestNode | undefined,
  { environment }: FixContext,
): Fix[] {
  const field = fieldNamed(name);
  if (!field) return [];
  if (found === 'null' && field.required !== 'yes')
    return removalAt(span, document, request, `Remove "${name}"`);
  if (found !== 'number') return [];
  const raw = document.text.slice(span.offset, span.offset + span.length);
  const currency = field.kind === 'currency' ? currencyMeant(raw) : undefined;
  if (currency !== undefined) return replaceValue('use-currency', span, currency);
  const value = field.kind === 'amount' ? amountOfNumber(raw) : raw;
  // A number in quotes is still no currency and no URL.
  if (value === undefined || checkValue(field, value, environment).some(isError)) return [];
  const title = `Write it as a string: "${clip(value)}"`;
  return [{ id: 'quote-value', title, edits: [{ span, text: JSON.stringify(value) }] }];
}

const isError = (problem: { readonly kind: DocumentProblemKind }) => severityOf(problem) === 'error';

export function useHttps(span: Span, { text }: RequestDocument): Fix[] {
  const scheme = /^"http(?=:)/i.exec(text.slice(span.offset, span.offset + span.length));
  if (!scheme) return [];
  const edit = { span: { offset: span.offset, length: scheme[0].length }, text: '"https' };
  return [{ id: 'use-https', title: 'Use https', edits: [edit] }];
}

export function newExternalId(request: RequestNode | undefined, { newId }: FixContext): Fix[] {
  const value = request && memberNamed(request.node, 'external_id')?.value;
  if (!value) return [];
  const span = { offset: value.offset, length: value.length };
  const id = `order-${newId()}`;
  return [
    {
      id: 'new-external-id',
      title: `Use a new external_id: "${id}"`,
      edits: [{ span, text: JSON.stringify(id) }],
    },
    {
      id: 'unique-external-id',
      title: 'Use a new external_id at each send: "order-{{$uuid}}"',
      edits: [{ span, text: '"order-{{$uuid}}"' }],
    },
  ];
}

export function removalAt(
  { offset }: Span,
  document: RequestDocument,
  request: RequestNode | undefined,
  title: string,
): Fix[] {
  const edits = request ? removeMemberAt(document, request.node, offset) : [];
  return edits.length > 0 ? [{ id: 'remove-field', title, edits }] : [];
}

/** A value that is valid, and plainly a sample where only the user can know the real one. */
export function sampleValue(field: string, context: FixContext): string {
  switch (field) {
    case 'amount':
    case 'currency_code':
    case 'customer_id':
      return SAMPLES[field];
    case 'external_id':
      return `order-${context.newId()}`;
    default:
      return defaultUrl(field, context) ?? `https://shop.example/${field.replace(/_url$/, '')}`;
  }
}

/**
 * A JSON number as an amount with 2 decimals, every digit kept: `1500.5` → `1500.50`,
 * `9007199254740993` → `9007199254740993.00`, `1.5e3` → `1500.00`.
 * `undefined` where it is negative or has more than 2 decimals.
 */
export function amountOfNumber(number: string): string | undefined {
  const parts = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(number);
  if (!parts) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = parts;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction)
    .padStart(whole.length + fraction.length + Math.max(0, -point), '0')
    .padEnd(point, '0');
  const at = Math.max(point, 0);
  const units = digits.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  const decimals = withoutTrailingZeros(digits.slice(at));
  return decimals.length <= 2 ? `${units}.${decimals.padEnd(2, '0')}` : undefined;
}

/** What the user's settings have for a URL field; `undefined` where that is nothing that a request can be sent with. */
export function defaultUrl(field: string, context: FixContext): string | undefined {
  const url = context.defaultUrls[field]?.trim();
  if (!url) return undefined;
  const problems = validate(parseDocument(JSON.stringify({ [field]: url })), context);
  const isWrong = problems.some(
    (problem) => problem.pointer === pointerOf([field]) && severityOf(problem) === 'error',
  );
  return isWrong ? undefined : url;
}
