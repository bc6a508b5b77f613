import { fieldNamed, URL_FIELDS } from '../contract/fields';
import type { RequestDocument, RequestNode } from '../document/document';
import { nodeAt } from '../document/pointer';
import type { Problem } from '../problems/problem';
import { amountOfNumber } from './amount';
import { addMembers, memberNamed, removeMember } from './edits';
import type { Fix, FixContext, TextEdit } from './fix';

export function addUrls(
  document: RequestDocument,
  request: RequestNode | undefined,
  { defaultUrls }: FixContext,
): Fix[] {
  if (!request) return [];
  const urls = URL_FIELDS.map(({ name }) => ({
    name,
    url: defaultUrls[name] ?? '',
    member: memberNamed(request.node, name),
  }));
  const absent = urls.filter(({ member }) => !member);
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
  { arguments: { field, found }, span, pointer }: Problem<'field-type'>,
  document: RequestDocument,
  request: RequestNode | undefined,
): Fix[] {
  if (!span) return [];
  if (found === 'number') {
    const raw = document.text.slice(span.offset, span.offset + span.length);
    const value = fieldNamed(field)?.kind === 'amount' ? amountOfNumber(raw) : raw;
    return value === undefined
      ? []
      : [
          {
            id: 'quote-value',
            title: `Write it as a string: "${value}"`,
            edits: [{ span, text: JSON.stringify(value) }],
          },
        ];
  }
  return found === 'null' && fieldNamed(field)?.required === 'no'
    ? removalAt({ pointer, span }, request, `Remove "${field}"`)
    : [];
}

export function useHttps({ pointer }: Problem, document: RequestDocument): Fix[] {
  const value = nodeAt(document.root, pointer);
  if (value?.type !== 'string') return [];
  const url = String(value.value).replace(/^http:/i, 'https:');
  return [
    {
      id: 'use-https',
      title: 'Use https',
      edits: [{ span: { offset: value.offset, length: value.length }, text: JSON.stringify(url) }],
    },
  ];
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
  { span }: Pick<Problem, 'pointer' | 'span'>,
  request: RequestNode | undefined,
  title: string,
): Fix[] {
  const object = request?.node;
  const property = object?.children?.find(
    ({ offset, length }) => span && offset <= span.offset && span.offset < offset + length,
  );
  const [key, value] = property?.children ?? [];
  if (!object || !key) return [];
  return [
    {
      id: 'remove-field',
      title,
      edits: [removeMember(object, { key, name: String(key.value), value })],
    },
  ];
}

export function insertCommaBefore({ text }: RequestDocument, offset: number): TextEdit {
  return { span: { offset: text.slice(0, offset).trimEnd().length, length: 0 }, text: ',' };
}

/** A value that is valid, and plainly a sample where only the user can know the real one. */
export function sampleValue(field: string, { defaultUrls, newId }: FixContext): string {
  switch (field) {
    case 'amount':
      return '1500.00';
    case 'currency_code':
      return 'UAH';
    case 'customer_id':
      return 'user_12345';
    case 'external_id':
      return `order-${newId()}`;
    default:
      return defaultUrls[field] ?? '';
  }
}

export function requestAt({ pointer }: Problem, { requests }: RequestDocument): RequestNode | undefined {
  return requests.find(
    (request) =>
      request.pointer === '' || pointer === request.pointer || pointer.startsWith(`${request.pointer}/`),
  );
}
