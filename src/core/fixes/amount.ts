import { withoutTrailingZeros } from '../decimal';

/**
 * A JSON number as an amount with 2 decimals, every digit kept: `1500.5` → `1500.50`,
 * `9007199254740993` → `9007199254740993.00`, `1.5e3` → `1500.00`.
 * `undefined` where it is negative or has more than 2 decimals.
 */
export function amountOfNumber(number: string): string | undefined {
  const parts = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(number);
  if (!parts) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = parts;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction)
    .padStart(whole.length + fraction.length + Math.max(0, -point), '0')
    .padEnd(point, '0');
  const at = Math.max(point, 0);
  const units = digits.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  const decimals = withoutTrailingZeros(digits.slice(at));
  return decimals.length <= 2 ? `${units}.${decimals.padEnd(2, '0')}` : undefined;
}
