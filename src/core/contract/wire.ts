/**
 * The Merchant API as it stands on the wire.
 * Source: the vendor's pages on authentication, invoices and errors (see ./documentation).
 */

/** The only documented base URL. */
export const DOCUMENTED_BASE_URL = 'https://api.ecca-ex.com/api/v1';

/** Carries the key on every request. */
export const API_KEY_HEADER = 'X-Api-Key';

/** The body of `POST /create-invoice`. Every value is a string. */
export interface CreateInvoiceRequest {
  /** Fiat amount, at most 2 decimals: `"1500.00"`. */
  amount: string;
  /** ISO 4217, 3 uppercase letters. */
  currency_code: string;
  customer_id: string;
  /** The merchant's own order id, unique per merchant. */
  external_id: string;
  purpose?: string;
  callback_url?: string;
  success_url?: string;
  fail_url?: string;
}

/** The bare response of `POST /create-invoice`. It may hold further fields. */
export interface Invoice {
  invoice_id: string;
  external_id: string;
  amount: string;
  /** `currency_code` in the request, `currency` here. */
  currency: string;
  status: string;
  payment_link: string;
  customer_id: string;
  purpose?: string;
  callback_url?: string;
}

/** What the vendor documents of it. */
export const INVOICE_FIELDS: readonly (keyof Invoice)[] = [
  'invoice_id',
  'external_id',
  'amount',
  'currency',
  'status',
  'payment_link',
  'customer_id',
  'purpose',
  'callback_url',
];

/** What the API responds with on any error. */
export interface ErrorEnvelope {
  successful: false;
  request_id: string;
  error: {
    code: string;
    message: string;
    /** Undocumented beyond "an object, sometimes there". */
    details?: unknown;
  };
}

/** What the documented `GET` endpoints respond with. */
export interface DataEnvelope<Data> {
  successful: true;
  data: Data;
}
