import { applyEdits } from 'jsonc-parser';
import { parseDocument } from './document';

/** A text without its comments and trailing commas: JSON, where nothing else is wrong with it. */
export function plainJson(text: string): string {
  const { comments, trailingCommas } = parseDocument(text);
  const cuts = [...comments, ...trailingCommas];
  return applyEdits(
    text,
    cuts.map(({ offset, length }) => ({ offset, length, content: '' })),
  );
}
