/** A place between two UTF-16 code units; both numbers are zero-based. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A stretch of text, in UTF-16 code units. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Offset ↔ position. A line ends at `\n`, `\r\n` or a lone `\r`, as in VS Code. */
export class LineIndex {
  /** The line end of the text, by its first one. */
  readonly eol: string;
  readonly #starts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [0];
    for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) starts.push(feed + 1);
    const afterReturns = Array.from(text.matchAll(/\r(?!\n)/g), ({ index }) => index + 1);
    this.#starts = afterReturns.length === 0 ? starts : [...starts, ...afterReturns].sort((a, b) => a - b);
    this.eol = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  }

  positionAt(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: Math.min(offset, this.lineEnd(low)) - this.#start(low) };
  }

  rangeOf({ offset, length }: Span): Range {
    return { start: this.positionAt(offset), end: this.positionAt(offset + length) };
  }

  /** Offset at which the line of an offset begins. */
  lineStart(offset: number): number {
    return this.#start(this.positionAt(offset).line);
  }

  /** Offset at which the line's text ends, its line break left out. */
  lineEnd(line: number): number {
    const next = this.#starts[line + 1];
    if (next === undefined) return this.text.length;
    return this.text.startsWith('\r\n', next - 2) ? next - 2 : next - 1;
  }

  #start(line: number): number {
    return this.#starts[line] ?? 0;
  }
}

/** Replaces a span of the text; several of one fix do not overlap and refer to the text before any of them. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A text after edits, in any order. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { span, text: added } of [...edits].sort((a, b) => a.span.offset - b.span.offset)) {
    parts.push(text.slice(done, span.offset), added);
    done = span.offset + span.length;
  }
  return parts.join('') + text.slice(done);
}
