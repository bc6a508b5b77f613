import { DOCUMENTATION } from './documentation';

/** The endpoints that only read. The names are stable. */
export const ENDPOINT_NAMES = ['payment-methods', 'currencies', 'withdrawals', 'withdrawal'] as const;
export type EndpointName = (typeof ENDPOINT_NAMES)[number];

/** What a parameter takes. */
type ParameterRule =
  | { readonly kind: 'currency' }
  /** A whole number from 1. */
  | { readonly kind: 'count'; readonly max: number; readonly default: number }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly default?: string }
  | { readonly kind: 'id' };

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly rule: ParameterRule;
  readonly description: string;
}

export interface Endpoint {
  readonly name: EndpointName;
  readonly method: 'GET';
  /** Below the base URL: `withdrawals/{withdraw_uuid}`. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** The vendor's page, which this is taken from. */
  readonly page: string;
  /** In the order in which their fields stand. */
  readonly parameters: readonly Parameter[];
}

/** The endpoint that creates: its parameters are the fields of a request (`fields.ts`), and it is never called by itself. */
export const CREATE_INVOICE = {
  method: 'POST',
  path: 'create-invoice',
  title: 'Create an invoice',
  page: DOCUMENTATION.invoices,
} as const;

/** No page is counted further; the vendor documents no last one. */
const LAST_PAGE = 1_000_000_000;

export const ENDPOINTS: Readonly<Record<EndpointName, Endpoint>> = {
  'payment-methods': {
    name: 'payment-methods',
    method: 'GET',
    path: 'payment-methods',
    title: 'Payment methods',
    description: 'How customers can pay, with limits and commissions.',
    page: DOCUMENTATION['payment-methods'],
    parameters: [
      {
        name: 'currency',
        in: 'query',
        rule: { kind: 'currency' },
        description: 'Only the methods for this currency, such as UAH; empty for all',
      },
    ],
  },
  currencies: {
    name: 'currencies',
    method: 'GET',
    path: 'currencies',
    title: 'Currencies',
    description: 'What the merchant can charge in, with USDT rates.',
    page: DOCUMENTATION.currencies,
    parameters: [],
  },
  withdrawals: {
    name: 'withdrawals',
    method: 'GET',
    path: 'withdrawals',
    title: 'Withdrawals',
    description: 'Payouts to the merchant.',
    page: DOCUMENTATION.withdrawals,
    parameters: [
      {
        name: 'status',
        in: 'query',
        rule: { kind: 'choice', values: ['pending', 'success', 'failed', 'cancelled'] },
        description: 'Only withdrawals with this status',
      },
      {
        name: 'order',
        in: 'query',
        rule: { kind: 'choice', values: ['desc', 'asc'], default: 'desc' },
        description: 'By the time of creation: desc, the newest first; asc, the oldest',
      },
      {
        name: 'per_page',
        in: 'query',
        rule: { kind: 'count', max: 500, default: 20 },
        description: 'Withdrawals on a page, 1 to 500',
      },
      {
        name: 'page',
        in: 'query',
        rule: { kind: 'count', max: LAST_PAGE, default: 1 },
        description: 'Which page, from 1',
      },
    ],
  },
  withdrawal: {
    name: 'withdrawal',
    method: 'GET',
    path: 'withdrawals/{withdraw_uuid}',
    title: 'Withdrawal',
    description: 'One withdrawal, by its id.',
    page: DOCUMENTATION.withdrawals,
    parameters: [
      {
        name: 'withdraw_uuid',
        in: 'path',
        rule: { kind: 'id' },
        description: 'The withdraw_uuid of the withdrawal',
      },
    ],
  },
};
