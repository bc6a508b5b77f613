/** A decimal number of any length, to the digit: `-0012.50` is negative, `12`, `5`. */
interface Decimal {
  readonly negative: boolean;
  /** Without leading zeros; empty below 1. */
  readonly whole: string;
  /** Without trailing zeros. */
  readonly fraction: string;
}

/** Longer ones are no amounts, limits or rates. */
const LONGEST = 100;

/** Whether a text is a decimal number: digits, perhaps a sign and a point, no exponent. */
export function isDecimal(text: string): boolean {
  return decimalOf(text) !== undefined;
}

/** Below, at or above 0 as `a` is less than, equal to or more than `b`; `undefined` where one is no decimal number. */
export function compareDecimals(a: string, b: string): number | undefined {
  const [one, other] = [decimalOf(a), decimalOf(b)];
  if (!one || !other) return undefined;
  if (one.negative !== other.negative) return one.negative ? -1 : 1;
  const order = compareSizes(one, other);
  return one.negative && order !== 0 ? -order : order;
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.whole.length !== b.whole.length) return a.whole.length - b.whole.length;
  const length = Math.max(a.fraction.length, b.fraction.length);
  const digits = ({ whole, fraction }: Decimal) => whole + fraction.padEnd(length, '0');
  const [one, other] = [digits(a), digits(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function decimalOf(text: string): Decimal | undefined {
  const parts = text.length <= LONGEST ? /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) : null;
  if (!parts) return undefined;
  const [, sign, units = '', decimals = ''] = parts;
  const whole = units.replace(/^0+/, '');
  const fraction = withoutTrailingZeros(decimals);
  return { negative: sign === '-' && whole + fraction !== '', whole, fraction };
}

/** `500` → `5`. A regular expression takes quadratic time for zeros that do not stand at the end. */
export function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
