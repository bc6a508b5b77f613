import type { Node, ParseError } from 'jsonc-parser';
import type { Span } from './positions';
import { readTree, type Tree } from './tree';

/**
 * The tree of a text that is edited. An edit within one element of a batch has only that element read again; the other
 * elements keep their nodes, which move. So what was given for an earlier version no longer holds.
 */
export class EditedTree {
  #text = '';
  #tree = readTree('');

  read(text: string): Tree {
    if (text !== this.#text) this.#tree = this.#readAgain(text) ?? readTree(text);
    this.#text = text;
    return this.#tree;
  }

  #readAgain(text: string): Tree | undefined {
    const { root, errors, comments, trailingCommas } = this.#tree;
    if (root?.type !== 'array') return undefined;
    const elements = root.children ?? [];
    const [from, to] = changeBetween(this.#text, text);
    const at = elements.findLastIndex(({ offset }) => offset < from);
    const before = elements[at];
    if (!before || !isClosed(before, errors) || endOf(before) <= to) return undefined;
    const end = endOf(before);
    const by = text.length - this.#text.length;
    const part = text.slice(before.offset, end + by);
    const after = readTree(part, 1);
    // Only then does a parser go on behind it as it did before.
    if (!after.root || after.root.length !== part.length || !isClosed(after.root, after.errors))
      return undefined;
    const replaced = <Place extends Span>(all: readonly Place[], ofPart: readonly Place[]): Place[] => [
      ...all.filter(({ offset }) => offset < before.offset),
      ...ofPart.map((one) => movedBy(one, before.offset)),
      ...all.filter(({ offset }) => offset >= end).map((one) => movedBy(one, by)),
    ];
    move(after.root, before.offset);
    (after.root as Movable).parent = root;
    elements[at] = after.root;
    if (by !== 0) for (const behind of elements.slice(at + 1)) move(behind, by);
    (root as Movable).length += by;
    return {
      root,
      errors: replaced<ParseError>(errors, after.errors),
      comments: replaced(comments, after.comments),
      trailingCommas: replaced(trailingCommas, after.trailingCommas),
      tooDeepAt: undefined,
    };
  }
}

const endOf = ({ offset, length }: Span): number => offset + length;

/** Whether it is an object that a brace of its own has closed: where none does, there is an error at its end. */
const isClosed = (node: Node, errors: readonly ParseError[]): boolean =>
  node.type === 'object' &&
  !errors.some((error) => error.offset <= endOf(node) && endOf(error) >= endOf(node));

const movedBy = <Place extends Span>(place: Place, by: number): Place => ({
  ...place,
  offset: place.offset + by,
});

type Movable = { -readonly [Key in keyof Node]: Node[Key] };

function move(node: Movable, by: number): void {
  node.offset += by;
  if (node.children) for (const child of node.children) move(child, by);
}

/** The stretch of a text that another one has something else for, as its two ends. */
function changeBetween(before: string, after: string): readonly [from: number, to: number] {
  const shorter = Math.min(before.length, after.length);
  const from = countOfSame(shorter, (start, end) => before.slice(start, end) === after.slice(start, end));
  const behind = countOfSame(
    shorter - from,
    (start, end) =>
      before.slice(before.length - end, before.length - start) ===
      after.slice(after.length - end, after.length - start),
  );
  return [from, before.length - behind];
}

/** How many are the same one after the other: a stretch at a time, since engines compare those fast. */
function countOfSame(most: number, areSame: (start: number, end: number) => boolean): number {
  let count = 0;
  for (let stretch = 1 << 16; stretch >= 1;)
    if (count + stretch <= most && areSame(count, count + stretch)) count += stretch;
    else stretch >>= 1;
  return count;
}
