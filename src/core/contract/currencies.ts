import { data as listOne } from 'currency-codes';

/** What ISO 4217 changed after the list of the library was published: its amendments 176, 178, 179 and 180. */
const AMENDED: { readonly added: Readonly<Record<string, string>>; readonly withdrawn: readonly string[] } = {
  added: { XCG: 'Caribbean Guilder', XAD: 'Arab Accounting Dinar' },
  withdrawn: ['ANG', 'BGN', 'CUC'],
};

/** The active codes of ISO 4217 with the name of each currency. */
export const CURRENCIES: ReadonlyMap<string, string> = new Map(
  [...listOne.map(({ code, currency }) => [code, currency] as const), ...Object.entries(AMENDED.added)]
    .filter(([code]) => !AMENDED.withdrawn.includes(code))
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** Those that begin with an X and are money: the others (gold, test codes) have no decimals at all. */
const SHARED = /^X(?:AF|OF|PF|CD|CG)$/;

/** How many decimals ISO 4217 gives a currency; `undefined` where it gives none to count. */
export function decimalsOf(code: string): number | undefined {
  if (code.startsWith('X') && !SHARED.test(code)) return undefined;
  return listOne.find((currency) => currency.code === code)?.digits;
}

/** The sign of a currency, such as `₴`; `undefined` where it has none but its code. */
export function currencySymbol(code: string): string | undefined {
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
  });
  const symbol = format.formatToParts(0).find(({ type }) => type === 'currency')?.value;
  // `¤` stands for a currency without a sign.
  return symbol === code || symbol === '¤' ? undefined : symbol;
}

/** The one currency that a numeric code of ISO 4217, a sign or the code of a country stands for: `980`, `₴`, `ua`. */
export function currencyMeant(text: string): string | undefined {
  const written = text.trim();
  if (/^\d{1,3}$/.test(written)) return numericCodes().get(written.padStart(3, '0'));
  if (written === '') return undefined;
  // What begins with an X belongs to no country.
  const isCountry = /^[a-wyz][a-z]$/i.test(written);
  const meant = (code: string) =>
    (isCountry && code.startsWith(written.toUpperCase())) || currencySymbol(code) === written;
  const [only, ...others] = [...CURRENCIES.keys()].filter(meant);
  return others.length === 0 ? only : undefined;
}

function numericCodes(): ReadonlyMap<string, string> {
  return new Map(listOne.flatMap(({ code, number }) => (CURRENCIES.has(code) ? [[number, code]] : [])));
}

/**
 * The active codes that a wrong one most likely stands for, at most three: two letters side by side swapped, or
 * the last one off; first those of countries.
 */
export function nearestCurrencies(code: string): string[] {
  const known = [...CURRENCIES.keys()];
  const swapped = known.filter((other) => isSwapped(other, code));
  const near = [...swapped, ...known.filter((other) => other.startsWith(code.slice(0, 2)))];
  return near.toSorted((a, b) => Number(a.startsWith('X')) - Number(b.startsWith('X'))).slice(0, 3);
}

function isSwapped([a1, a2, a3]: string, [b1, b2, b3]: string): boolean {
  const isFirst = a1 === b2 && a2 === b1 && a3 === b3;
  const isLast = a1 === b1 && a2 === b3 && a3 === b2;
  return isFirst || isLast;
}
