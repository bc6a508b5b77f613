/** The last moment that a `Date` can hold, in milliseconds. */
const LATEST = 8.64e15;

/**
 * The order of a send or webhook that is written down now: its time, or, where a clock was ahead, the next after the
 * newest one that is known. So they keep the order in which they were written, whatever the clocks of the windows do.
 * `now`: in milliseconds; `own`: the newest order of this window, whose lines are in order anyway; `all`: that of all
 * windows, of which two may have given the same one. 0 for none.
 */
export function nextOrder(now: number, own: number, all: number): number {
  return Math.min(LATEST, Math.max(now, own, all + 1));
}

/** Whether a value can be an order. A larger number cannot be counted on from. */
export function isOrder(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= LATEST;
}
