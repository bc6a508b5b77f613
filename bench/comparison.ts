import assert from 'node:assert/strict';

/** One side of a comparison: the same work, done once each time that `run` is called. */
export interface Side {
  readonly name: string;
  /** Rejects where the work was not done. Resolves to what it took, where it is not the wall time that counts. */
  run(): Promise<number | undefined>;
}

export interface Figures {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** What one comparison gives. `ratio`: ours by theirs, of the pairs that ran one after the other. */
export interface Row {
  readonly what: string;
  readonly unit: 'ms' | 'kB' | 'MB';
  readonly ours: Figures;
  readonly against: string;
  readonly theirs: Figures;
  readonly ratio: Figures;
  readonly rounds: number;
  readonly aim: Aim;
}

/** What is aimed at: at most so many times the other side's cost, or at most so much more than it. */
type Aim = { readonly times: number } | { readonly more: number };

export interface Comparison {
  readonly what: string;
  readonly unit?: Row['unit'];
  readonly ours: Side;
  readonly theirs: Side;
  readonly aim: Aim;
  readonly rounds: number;
  /** Rounds before those that count. */
  readonly warmUp?: number;
}

/** Runs both sides in turn, so that what the machine does meanwhile meets both alike. */
export async function compare(comparison: Comparison): Promise<Row> {
  const { what, unit = 'ms', ours, theirs, aim, rounds, warmUp = 1 } = comparison;
  const our: number[] = [];
  const their: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    // Whoever runs second may find things warm: the sides change places.
    const pair = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
    for (const side of pair) {
      const cost = await costOf(side);
      if (round >= 0) (side === ours ? our : their).push(cost);
    }
  }
  return {
    what,
    unit,
    ours: figuresOf(our),
    against: theirs.name,
    theirs: figuresOf(their),
    ratio: figuresOf(our.map((cost, round) => cost / (their[round] ?? NaN))),
    rounds,
    aim,
  };
}

/** Sides that are measured together, each round giving both. */
export function compareMeasured(
  row: Pick<Row, 'what' | 'unit' | 'against' | 'aim'>,
  pairs: readonly { readonly ours: number; readonly theirs: number }[],
): Row {
  return {
    ...row,
    ours: figuresOf(pairs.map(({ ours }) => ours)),
    theirs: figuresOf(pairs.map(({ theirs }) => theirs)),
    ratio: figuresOf(pairs.map(({ ours, theirs }) => ours / theirs)),
    rounds: pairs.length,
  };
}

export function isMet({ aim, ratio, ours, theirs }: Row): boolean {
  return 'times' in aim ? ratio.median <= aim.times : ours.median - theirs.median <= aim.more;
}

export function figuresOf(costs: readonly number[]): Figures {
  const sorted = [...costs].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)];
  const low = sorted[Math.ceil(middle) - 1];
  assert.ok(min !== undefined && max !== undefined && high !== undefined && low !== undefined);
  return { min, median: (low + high) / 2, max };
}

async function costOf(side: Side): Promise<number> {
  const begin = performance.now();
  const cost = await side.run();
  return cost ?? performance.now() - begin;
}
