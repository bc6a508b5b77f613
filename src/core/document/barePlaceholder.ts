import type { Span } from './positions';

/** Longer than any that is meant; without it, text full of braces is searched again and again. */
const LONGEST = 200;

/** A word that has a placeholder in it. */
const BARE = new RegExp(
  String.raw`[\w$.+-]{0,${LONGEST}}\{\{[^{}"\r\n]{0,${LONGEST}}\}\}(?:[\w$.+-]|\{\{[^{}"\r\n]{0,${LONGEST}}\}\}){0,${LONGEST}}`,
  'y',
);

const PART_OF_WORD = /[\w$.+\-{]/;

/** A placeholder outside of any string, with what it is a part of, where a parser stumbled over it: `order-{{$uuid}}`. */
export function barePlaceholderAt(text: string, offset: number): Span | undefined {
  let start = offset;
  while (start > 0 && offset - start < LONGEST && PART_OF_WORD.test(text[start - 1] ?? '')) start--;
  // A brace before them opens an object.
  while (text.startsWith('{{{', start)) start++;
  BARE.lastIndex = start;
  const [found] = BARE.exec(text) ?? [];
  return found !== undefined && start + found.length > offset
    ? { offset: start, length: found.length }
    : undefined;
}
