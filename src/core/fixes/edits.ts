import type { RequestDocument } from '../document/document';
import { membersOf, type Member } from '../document/pointer';
import type { Node } from 'jsonc-parser';
import type { TextEdit } from './fix';

/** Adds members after the last one of an object, in the style of the text around them. */
export function addMembers(
  document: RequestDocument,
  object: Node,
  members: Readonly<Record<string, string>>,
): TextEdit {
  const { text } = document;
  const entries = Object.entries(members).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  const last = object.children?.at(-1);
  const close = object.offset + object.length - 1;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (!last) {
    const outer = indentationAt(text, object.offset);
    const lines = entries.map((entry) => `${outer}  ${entry}`).join(`,${eol}`);
    return {
      span: { offset: object.offset + 1, length: close - object.offset - 1 },
      text: `${eol}${lines}${eol}${outer}`,
    };
  }
  const multiLine = /[\r\n]/.test(text.slice(object.offset, last.offset));
  const separator = multiLine ? `,${eol}${indentationAt(text, last.offset)}` : ', ';
  return {
    span: { offset: last.offset + last.length, length: 0 },
    text: entries.map((entry) => separator + entry).join(''),
  };
}

/** Removes a member with the one comma that goes with it, and its line where nothing else stands there. */
export function removeMember(object: Node, { key }: Member): TextEdit {
  const properties = object.children ?? [];
  const index = properties.findIndex((property) => property.children?.[0] === key);
  const property = properties[index] ?? key;
  const next = properties[index + 1];
  const previous = properties[index - 1];
  if (next) return { span: { offset: property.offset, length: next.offset - property.offset }, text: '' };
  const end = property.offset + property.length;
  const start = previous ? previous.offset + previous.length : property.offset;
  return { span: { offset: start, length: end - start }, text: '' };
}

export function memberNamed(object: Node, name: string): Member | undefined {
  return membersOf(object).findLast((member) => member.name === name);
}

function indentationAt(text: string, offset: number): string {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}
