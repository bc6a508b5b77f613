import type { Timings } from '../../core/report/exchange';

/** One part of the time of an exchange; `from` and `share` are fractions of the whole. */
export interface Bar {
  readonly part: Exclude<keyof Timings, 'total'>;
  readonly label: string;
  readonly ms: number;
  readonly from: number;
  readonly share: number;
}

const LABELS = {
  dns: 'DNS',
  connect: 'Connect',
  tls: 'TLS',
  waiting: 'Waiting',
  receiving: 'Receiving',
} as const;

/** The parts that there were, one after the other. */
export function waterfall(timings: Timings): Bar[] {
  const parts = Object.keys(LABELS) as Bar['part'][];
  const whole = Math.max(
    parts.reduce((sum, part) => sum + (timings[part] ?? 0), 0),
    Number.MIN_VALUE,
  );
  let before = 0;
  return parts.flatMap((part) => {
    const ms = timings[part];
    if (ms === undefined) return [];
    const bar = { part, label: LABELS[part], ms, from: before / whole, share: ms / whole };
    before += ms;
    return [bar];
  });
}
