/** For how long a server wants to be left alone. */
export interface Wait {
  readonly seconds: number;
  /** ISO 8601. */
  readonly until: string;
}

/** Whoever has to wait longer is not told a time, but no. */
const LONGEST_SECONDS = 30 * 24 * 3600;

/** Reads `Retry-After`: seconds, or a date (RFC 9110, 10.2.3). `undefined` for what is neither, or is over. */
export function waitOf(header: string | undefined, now: Date): Wait | undefined {
  const text = header?.trim() ?? '';
  const seconds = /^\d{1,9}$/.test(text)
    ? Number(text)
    : / GMT$/.test(text)
      ? Math.ceil((Date.parse(text) - now.getTime()) / 1000)
      : NaN;
  if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) return undefined;
  return { seconds, until: new Date(now.getTime() + seconds * 1000).toISOString() };
}
