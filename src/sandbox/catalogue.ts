import { type Answer, dataAnswer } from './answers';

/** An item of `GET /currencies`; `rate` is the USDT to fiat buy rate, rounded down to 2 decimals. */
interface Currency {
  currency: string;
  decimal: number;
  symbol: string;
  name: string;
  rate: string;
}

/** An item of `GET /payment-methods`; sums and commissions are decimal strings, `payment_time` is in minutes. */
export interface PaymentMethod {
  name: string;
  method_code: string;
  min_sum: string;
  max_sum: string;
  logo_url: string | null;
  payment_time: number;
  currency: { code: string; name: string; symbol: string };
  max_commission: string;
  client_commission: string;
  merchant_commission: string;
}

const UAH: Currency = { currency: 'UAH', decimal: 2, symbol: '₴', name: 'Ukrainian hryvnia', rate: '41.35' };
const TRY: Currency = { currency: 'TRY', decimal: 2, symbol: '₺', name: 'Turkish lira', rate: '39.80' };
const EUR: Currency = { currency: 'EUR', decimal: 2, symbol: '€', name: 'Euro', rate: '0.91' };
const JPY: Currency = { currency: 'JPY', decimal: 0, symbol: '¥', name: 'Japanese yen', rate: '149.07' };
const CURRENCIES: readonly Currency[] = [UAH, TRY, EUR, JPY];

/** The values are made up. Both a logo and none are there, because clients have to take both. */
const PAYMENT_METHODS: readonly PaymentMethod[] = [
  method(UAH, 'Card transfer', 'uah_card', ['300.00', '29000.00'], 15, 'https://assets.example/uah-card.png'),
  method(UAH, 'Bank account', 'uah_iban', ['1000.00', '150000.00'], 60, null),
  method(TRY, 'Instant transfer', 'try_fast', ['250.00', '50000.00'], 20, null),
  method(EUR, 'SEPA Instant', 'eur_sepa', ['10.00', '5000.00'], 30, null),
  method(JPY, 'Bank transfer', 'jpy_bank', ['1000', '500000'], 120, null),
];

function method(
  { currency: code, name: currencyName, symbol }: Currency,
  name: string,
  method_code: string,
  [min_sum, max_sum]: readonly [string, string],
  payment_time: number,
  logo_url: string | null,
): PaymentMethod {
  return {
    name,
    method_code,
    min_sum,
    max_sum,
    logo_url,
    payment_time,
    currency: { code, name: currencyName, symbol },
    max_commission: '5.00',
    client_commission: '1.50',
    merchant_commission: '3.50',
  };
}

/** How an invoice can be paid here. A currency without methods has one of the sandbox's own. */
export function methodsFor(currency: string): readonly PaymentMethod[] {
  const offered = PAYMENT_METHODS.filter(({ currency: { code } }) => code === currency);
  if (offered.length > 0) return offered;
  const unlisted = { currency, decimal: 2, symbol: currency, name: currency, rate: '1.00' };
  return [method(unlisted, 'Sandbox transfer', 'sandbox_transfer', ['0.01', '1000000.00'], 15, null)];
}

/** The USDT to fiat rate; `1.00` for a currency that the sandbox does not list. */
export function rateOf(code: string): string {
  return CURRENCIES.find(({ currency }) => currency === code)?.rate ?? '1.00';
}

export function listCurrencies(): Answer {
  return dataAnswer(CURRENCIES);
}

/** Query `currency`, any case, optional. A currency without methods gives an empty list. */
export function listPaymentMethods({ query }: { query: URLSearchParams }): Answer {
  const code = (query.get('currency') ?? '').toUpperCase();
  return dataAnswer(PAYMENT_METHODS.filter(({ currency }) => code === '' || currency.code === code));
}
