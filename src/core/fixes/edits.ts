import type { RequestDocument } from '../document/document';
import { membersOf, type Member } from '../document/pointer';
import { createScanner, SyntaxKind, type Node } from 'jsonc-parser';
import type { TextEdit } from '../document/positions';

/** Adds members after the last one of an object, in the style of the text around them. */
export function addMembers(
  document: RequestDocument,
  object: Node,
  members: Readonly<Record<string, string>>,
): TextEdit {
  const { text, lines } = document;
  const { eol } = lines;
  const entries = Object.entries(members).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  const last = object.children?.at(-1);
  const close = object.offset + object.length - 1;
  if (!last) {
    const inside = text.slice(object.offset + 1, close);
    const outer = indentationAt(document, object.offset);
    // An element of a batch shows how far one step goes; a single object has nothing to go by.
    const step = outer === '' ? '  ' : outer;
    const added = eol + entries.map((entry) => outer + step + entry).join(`,${eol}`);
    // A comment in there stays: it is for the user to remove.
    return inside.trim() === ''
      ? { span: { offset: object.offset + 1, length: inside.length }, text: added + eol + outer }
      : { span: { offset: object.offset + 1, length: 0 }, text: added };
  }
  const multiLine = /[\r\n]/.test(text.slice(object.offset, last.offset));
  const separator = multiLine ? `,${eol}${indentationAt(document, last.offset)}` : ', ';
  return {
    span: { offset: last.offset + last.length, length: 0 },
    text: entries.map((entry) => separator + entry).join(''),
  };
}

/** Removes the member in which a place lies, with the one comma that goes with it. */
export function removeMemberAt(
  { text }: RequestDocument,
  { offset, length, children = [] }: Node,
  place: number,
): TextEdit[] {
  const index = propertyAt(children, place);
  const property = children[index];
  if (!property) return [];
  const removal = (from: number, to: number): TextEdit => ({
    span: { offset: from, length: to - from },
    text: '',
  });
  const next = children[index + 1];
  if (next) return [removal(property.offset, next.offset)];
  const end = property.offset + property.length;
  const previous = children[index - 1];
  if (previous) return [removal(previous.offset + previous.length, end)];
  // A trailing comma cannot stand in an empty object.
  const scanner = createScanner(text.slice(end, offset + length), true);
  const comma = scanner.scan() === SyntaxKind.CommaToken ? end + scanner.getTokenOffset() : undefined;
  return [removal(property.offset, end), ...(comma === undefined ? [] : [removal(comma, comma + 1)])];
}

/** The index of the property in which a place lies; -1 where it lies in none. */
function propertyAt(properties: readonly Node[], place: number): number {
  let low = 0;
  let high = properties.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const property = properties[middle];
    if (!property || place < property.offset) high = middle - 1;
    else if (place >= property.offset + property.length) low = middle + 1;
    else return middle;
  }
  return -1;
}

export function memberNamed(object: Node, name: string): Member | undefined {
  return membersOf(object).findLast((member) => member.name === name);
}

function indentationAt({ text, lines }: RequestDocument, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lines.lineStart(offset), offset))?.[0] ?? '';
}
