import type { Outcome } from '../core/report/report';

/** Wrong usage: nothing was done. */
export const WRONG_USAGE = 2;

/** A file that is named cannot be read: nothing was done. */
export const UNREADABLE = 3;

/** A fault of this program: an invoice may exist, as with a response that never came. */
export const BUG = 3;

/** The exit code of a send or a check: that of its worst outcome. */
export function exitCodeOf(outcomes: readonly (Outcome | 'valid')[]): number {
  return Math.max(0, ...new Set(outcomes.map(codeOf)));
}

function codeOf(outcome: Outcome | 'valid'): number {
  switch (outcome) {
    case 'created':
    case 'valid':
      return 0;
    case 'rejected':
    case 'invalid':
    case 'blocked':
    case 'cancelled':
      return 1;
    case 'unanswered':
    case 'unexpected':
      return 3;
  }
}
