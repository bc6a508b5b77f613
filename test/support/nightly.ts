/** What is much at night, where nobody waits, and little else. */
export const nightly = <Value>(atNight: Value, else_: Value): Value =>
  process.env.ECCAEX_NIGHTLY === undefined ? else_ : atNight;
