import type { JsonTree } from './jsonTree';

/** What can be searched: rows or nodes, each with the texts that are looked through. */
export interface Searchable {
  readonly size: number;
  textsOf(item: number): readonly string[];
}

/** The keys and values of a tree. */
export function searchableTree(tree: JsonTree): Searchable {
  return {
    size: tree.size,
    textsOf: (node) => {
      const key = tree.key(node);
      const name = typeof key === 'string' ? [key] : [];
      return tree.isContainer(node) ? name : [...name, tree.scalar(node)];
    },
  };
}

/** Enough to look through in one go without a pause that is felt. */
const AT_ONCE = 20_000;

/**
 * The items that hold a text, upper and lower case alike, in order. Gives way after each part of the work:
 * whoever iterates decides when to go on, or whether.
 */
export function* search(searchable: Searchable, query: string): Generator<readonly number[], void> {
  const sought = query.toLowerCase();
  let found: number[] = [];
  for (let item = 0; item < searchable.size; item++) {
    if (searchable.textsOf(item).some((text) => text.toLowerCase().includes(sought))) found.push(item);
    if (item % AT_ONCE === AT_ONCE - 1) {
      yield found;
      found = [];
    }
  }
  yield found;
}

/** A text in parts that are alternately outside and inside of what is sought. */
export function partsAround(text: string, query: string): string[] {
  if (query === '') return [text];
  // Where lower case has another length, places would be wrong: then nothing is marked.
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return [text];
  const sought = query.toLowerCase();
  const parts: string[] = [];
  let done = 0;
  for (let place = lower.indexOf(sought); place >= 0; place = lower.indexOf(sought, done)) {
    parts.push(text.slice(done, place), text.slice(place, place + sought.length));
    done = place + sought.length;
  }
  return [...parts, text.slice(done)];
}
