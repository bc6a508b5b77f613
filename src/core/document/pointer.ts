import type { Node } from 'jsonc-parser';
import type { RequestDocument } from './document';
import type { Span } from './positions';

/** A member of an object: its key and, where the text has one, its value. */
export interface Member {
  readonly key: Node;
  readonly name: string;
  readonly value: Node | undefined;
}

export function membersOf(object: Node): Member[] {
  const members: Member[] = [];
  for (const { children } of object.children ?? []) {
    const key = children?.[0];
    if (key) members.push({ key, name: String(key.value), value: children[1] });
  }
  return members;
}

/** RFC 6901: `["a/b", 0]` → `"/a~1b/0"`. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** RFC 6901: `"/a~1b/0"` → `["a/b", "0"]`. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value that a pointer names. Of repeated keys the last one counts, as for `JSON.parse`. */
export function nodeAt(root: Node | undefined, pointer: string): Node | undefined {
  let node = root;
  for (const step of stepsOf(pointer)) node = node && childOf(node, step);
  return node;
}

/** The value that a pointer names, or the nearest container of what is not there. */
export function nearestNode(root: Node | undefined, pointer: string): Node | undefined {
  let node = root;
  for (const step of stepsOf(pointer)) {
    const child = node && childOf(node, step);
    if (!child) break;
    node = child;
  }
  return node;
}

function childOf(node: Node, step: string): Node | undefined {
  if (node.type === 'object') return membersOf(node).findLast(({ name }) => name === step)?.value;
  if (node.type === 'array' && /^(0|[1-9]\d*)$/.test(step)) return node.children?.[Number(step)];
  return undefined;
}

/**
 * Where a problem at a pointer is shown: the value, or the first line of one that spans several.
 * A pointer to what is not there is shown at the nearest container that is.
 */
export function spanAt(document: RequestDocument, pointer: string): Span {
  const node = nearestNode(document.root, pointer);
  return firstLineOf(document, node ?? { offset: 0, length: document.text.length });
}

/** The part of a span that stands on its first line. */
export function firstLineOf({ lines }: RequestDocument, { offset, length }: Span): Span {
  return { offset, length: Math.min(length, lines.lineEnd(lines.positionAt(offset).line) - offset) };
}
