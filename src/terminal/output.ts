import picocolors from 'picocolors';
import type { Streams, World } from './world';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Where a command writes: results to standard output, everything else to standard error. */
export class Output {
  /** Whether results are coloured and aligned: they are read by a person. */
  readonly isRich: boolean;
  readonly colors: Colors;
  readonly errorColors: Colors;

  constructor(
    private readonly streams: Streams,
    variables: World['variables'],
  ) {
    this.isRich = isColoured(streams.stdout.isTTY, variables);
    this.colors = picocolors.createColors(this.isRich);
    this.errorColors = picocolors.createColors(isColoured(streams.stderr.isTTY, variables));
  }

  result(line: string): void {
    this.streams.stdout.write(`${line}\n`);
  }

  note(line: string): void {
    this.streams.stderr.write(`${line}\n`);
  }
}

/** https://no-color.org, and the older FORCE_COLOR, which colours a pipe too. */
function isColoured(isTerminal: boolean | undefined, variables: World['variables']): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = variables;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return isTerminal === true && TERM !== 'dumb';
}
