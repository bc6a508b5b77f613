import { parseDocument } from './document';

/** A text without its comments and trailing commas: JSON, where nothing else is wrong with it. */
export function plainJson(text: string): string {
  const { comments, trailingCommas } = parseDocument(text);
  const cuts = [...comments, ...trailingCommas].sort((a, b) => a.offset - b.offset);
  const parts: string[] = [];
  let done = 0;
  for (const { offset, length } of cuts) {
    parts.push(text.slice(done, offset));
    done = offset + length;
  }
  return parts.join('') + text.slice(done);
}
