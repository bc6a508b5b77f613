import picocolors from 'picocolors';
import { unforged } from './harmless';
import type { Streams, World } from './world';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** A problem as a problem matcher reads it: `FILE:LINE:COL: error CODE message`. The place is not taken from a text. */
export interface ProblemLine {
  readonly file: string;
  /** `LINE:COL: SEVERITY`, the severity in its color. */
  readonly place: string;
  /** The code and the message. */
  readonly text: string;
}

export type Line = string | ProblemLine;

/** A line as a terminal, a log or a problem matcher may read it: no value in it can pass for anything else. */
export function rendered(line: Line, isColored: boolean): string {
  if (typeof line === 'string') return unforged(line, isColored);
  const [file, text] = [unforged(line.file, isColored), unforged(line.text, isColored)];
  return `${file}:${line.place} ${text}`;
}

/** The one place that writes lines: results to standard output, everything else to standard error. */
export class Output {
  /** Whether results are colored and aligned: they are read by a person. */
  readonly isRich: boolean;
  readonly colors: Colors;
  readonly errorColors: Colors;
  readonly #areNotesColored: boolean;

  constructor(
    private readonly streams: Streams,
    variables: World['variables'],
  ) {
    this.isRich = isColored(streams.stdout.isTTY, variables);
    this.colors = picocolors.createColors(this.isRich);
    this.#areNotesColored = isColored(streams.stderr.isTTY, variables);
    this.errorColors = picocolors.createColors(this.#areNotesColored);
  }

  result(line: Line): void {
    this.streams.stdout.write(`${rendered(line, this.isRich)}\n`);
  }

  note(line: string): void {
    this.streams.stderr.write(`${rendered(line, this.#areNotesColored)}\n`);
  }

  /** A question, after which a person writes on the same line. */
  prompt(question: string): void {
    this.streams.stderr.write(rendered(question, this.#areNotesColored));
  }

  endLine(): void {
    this.streams.stderr.write('\n');
  }
}

/** https://no-color.org, and the older FORCE_COLOR, which colors a pipe too. */
function isColored(isTerminal: boolean | undefined, variables: World['variables']): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = variables;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return isTerminal === true && TERM !== 'dumb';
}
