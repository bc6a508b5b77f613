import type { Row } from './comparison';

export interface Context {
  /** Fewer rounds and smaller sizes, to see that all still runs. */
  readonly quick: boolean;
  /** Takes the longer form of a number of rounds or a size, and the short one. */
  readonly pick: <T>(full: T, quick: T) => T;
  /** Says a fact beside the rows: a peak of memory, what a side has done. */
  readonly note: (text: string) => void;
}

/** Compares ours with something else on the same work. Rejects where a side did not do it. */
export type Benchmark = (context: Context) => Promise<readonly Row[]>;
