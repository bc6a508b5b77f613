/** A number that is large at night, where nobody waits, and small else. */
export const nightly = (atNight: number, else_: number): number =>
  process.env.ECCAEX_NIGHTLY === undefined ? else_ : atNight;
