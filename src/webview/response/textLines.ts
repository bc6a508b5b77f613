import type { Searchable } from './search';

/** A line that is longer than this goes on in the next row. */
const LONGEST = 1_000;

/** The rows of a text: its lines, those too long to be drawn at once in several pieces. */
export class TextLines implements Searchable {
  readonly #starts: number[] = [];

  constructor(private readonly text: string) {
    for (let start = 0; start < text.length;) {
      const newline = text.indexOf('\n', start);
      const end = newline < 0 ? text.length : newline;
      for (let piece = start; piece === start || piece < end; piece += LONGEST) this.#starts.push(piece);
      start = end + 1;
    }
  }

  get size(): number {
    return this.#starts.length;
  }

  line(row: number): string {
    const start = this.#starts[row] ?? this.text.length;
    return this.text.slice(start, this.#starts[row + 1] ?? this.text.length).replace(/\r?\n$/, '');
  }

  textsOf(row: number): readonly string[] {
    return [this.line(row)];
  }
}
