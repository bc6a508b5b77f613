import { isDecimal } from '../decimal';
import type { Environment } from '../environments/environment';
import { isObject, nonEmptyString } from '../json';

/** How a customer can pay in one currency, and with how much. Sums are decimal strings. */
export interface MethodLimits {
  readonly name: string;
  readonly min: string;
  readonly max: string;
}

/** What the API has said of a merchant. Absent is what nobody asked for, or what was not answered as documented. */
export interface MerchantKnowledge {
  readonly environment: Environment;
  readonly currencies?: { readonly at: string; readonly codes: readonly string[] };
  /** By currency code; `at` is ISO 8601. */
  readonly methods: ReadonlyMap<string, { readonly at: string; readonly limits: readonly MethodLimits[] }>;
}

/** The codes in the data of `/currencies`; `undefined` unless every item has one: the list is to be complete. */
export function currencyCodesIn(data: unknown): string[] | undefined {
  if (!Array.isArray(data)) return undefined;
  const codes = data.map((item: unknown) =>
    isObject(item) ? nonEmptyString(item['currency'])?.toUpperCase() : undefined,
  );
  return codes.every((code) => code !== undefined) ? codes : undefined;
}

/**
 * The limits in the data of `/payment-methods`, by currency code. A currency with a method whose limits are no
 * decimal strings is left out, since nothing can be said of all its methods; `undefined` where it is not known
 * of a method which currency it is for.
 */
export function limitsIn(data: unknown): Map<string, MethodLimits[]> | undefined {
  if (!Array.isArray(data)) return undefined;
  const byCurrency = new Map<string, MethodLimits[]>();
  const unclear = new Set<string>();
  for (const item of data as readonly unknown[]) {
    const currency = isObject(item) && isObject(item['currency']) ? item['currency']['code'] : undefined;
    const code = nonEmptyString(currency)?.toUpperCase();
    if (!isObject(item) || code === undefined) return undefined;
    const { name, method_code, min_sum: min, max_sum: max } = item;
    if (!isLimit(min) || !isLimit(max)) {
      unclear.add(code);
      continue;
    }
    const limits = { name: nonEmptyString(name) ?? nonEmptyString(method_code) ?? '', min, max };
    const others = byCurrency.get(code);
    if (others) others.push(limits);
    else byCurrency.set(code, [limits]);
  }
  for (const code of unclear) byCurrency.delete(code);
  return byCurrency;
}

function isLimit(value: unknown): value is string {
  return typeof value === 'string' && isDecimal(value);
}
