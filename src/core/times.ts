/** Times as people read them, in the time zone of this machine: this form everywhere, the whole time in a tooltip. */

/** `14:03` */
export function timeOf(iso: string): string {
  return new Date(iso).toTimeString().slice(0, 5);
}

/** `14:03`, `Nov 24, 14:03` where that is not today, `Nov 24 2025, 14:03` where it is not this year. */
export function momentOf(at: Date, now: Date): string {
  return withDay(at, now, 5);
}

/** `14:03:07`, `Nov 24, 14:03:07` where that is not today: of what happens many times in a minute. */
export function exactMomentOf(at: Date, now: Date): string {
  return withDay(at, now, 8);
}

function withDay(at: Date, now: Date, length: number): string {
  const time = at.toTimeString().slice(0, length);
  if (at.toDateString() === now.toDateString()) return time;
  const isThisYear = at.getFullYear() === now.getFullYear();
  return `${at.toDateString().slice(4, isThisYear ? 10 : 15)}, ${time}`;
}
