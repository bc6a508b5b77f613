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

/** The active codes that a wrong one most likely stands for, at most three: two letters swapped, or the last one off. */
export function nearestCurrencies(code: string): string[] {
  const known = [...CURRENCIES.keys()];
  const swapped = known.filter((other) => isSwapped(other, code));
  return [...swapped, ...known.filter((other) => other.startsWith(code.slice(0, 2)))].slice(0, 3);
}

function isSwapped(a: string, b: string): boolean {
  const places = [0, 1, 2].filter((place) => a[place] !== b[place]);
  const [first = 0, second = 0] = places;
  return places.length === 2 && a[first] === b[second] && a[second] === b[first];
}
