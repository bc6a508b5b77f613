import type { Span } from '../../src/core/document/positions';
import type { TextEdit } from '../../src/core/document/positions';

/** A text with one place in it: `{"amount": «1»}`. */
export function marked(source: string): { text: string; span: Span } {
  const start = source.indexOf('«');
  const end = source.indexOf('»') - 1;
  if (start < 0 || end < start)
    throw new Error(`One place is to be marked with « and »: ${source.slice(0, 80)}`);
  const text = source.replace('«', '').replace('»', '');
  if (/[«»]/.test(text)) throw new Error(`More than one place is marked: ${source.slice(0, 80)}`);
  return { text, span: { offset: start, length: end - start } };
}

/** The text after edits that all refer to the text before. Edits that overlap are a bug. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let done = 0;
  for (const { span, text: added } of [...edits].sort((a, b) => a.span.offset - b.span.offset)) {
    if (span.offset < done || span.offset + span.length > text.length)
      throw new Error(`An edit at ${span.offset} overlaps another one, or leaves the text.`);
    result += text.slice(done, span.offset) + added;
    done = span.offset + span.length;
  }
  return result + text.slice(done);
}
