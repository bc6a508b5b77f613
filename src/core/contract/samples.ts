import type { CreateInvoiceRequest } from './wire';

/** Values that the API takes, for a request to begin with. The three URLs are the user's own, from the settings. */
export const SAMPLES = {
  amount: '1500.00',
  currency_code: 'UAH',
  customer_id: 'user_12345',
  purpose: 'Premium subscription',
} as const satisfies Partial<CreateInvoiceRequest>;
