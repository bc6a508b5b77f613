import type { CreateInvoiceRequest } from './wire';

/** A member of the create-invoice request. Source: {@link DOCUMENTATION.invoices}. */
export interface Field {
  readonly name: keyof CreateInvoiceRequest;
  /** `default-in-settings`: required unless the merchant's settings hold a default. */
  readonly required: 'yes' | 'no' | 'default-in-settings';
  readonly kind: 'amount' | 'currency' | 'text' | 'url';
  /** Longest value, in code points. */
  readonly maxLength?: number;
  readonly description: string;
}

export const FIELDS: readonly Field[] = [
  {
    name: 'amount',
    required: 'yes',
    kind: 'amount',
    description: 'Amount in fiat currency as a string, at most 2 decimals: "1500.00".',
  },
  {
    name: 'currency_code',
    required: 'yes',
    kind: 'currency',
    description: 'ISO 4217 code, 3 uppercase letters: "UAH".',
  },
  {
    name: 'customer_id',
    required: 'yes',
    kind: 'text',
    maxLength: 128,
    description: 'The customer’s id in your system.',
  },
  {
    name: 'external_id',
    required: 'yes',
    kind: 'text',
    maxLength: 128,
    description: 'Your own order id, unique per merchant.',
  },
  {
    name: 'purpose',
    required: 'no',
    kind: 'text',
    maxLength: 512,
    description: 'What the customer pays for, shown on the payment page.',
  },
  {
    name: 'callback_url',
    required: 'default-in-settings',
    kind: 'url',
    description: 'Where webhooks go.',
  },
  {
    name: 'success_url',
    required: 'default-in-settings',
    kind: 'url',
    description: 'Where the customer returns after paying.',
  },
  {
    name: 'fail_url',
    required: 'default-in-settings',
    kind: 'url',
    description: 'Where the customer returns after a failed, expired or canceled payment.',
  },
];

export const URL_FIELDS = FIELDS.filter((field) => field.kind === 'url');

const BY_NAME: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.name, field]));

export function fieldNamed(name: string): Field | undefined {
  return BY_NAME.get(name);
}

/** Values that the API takes, for a request to begin with. The three URLs are the user's own, from the settings. */
export const SAMPLES = {
  amount: '1500.00',
  currency_code: 'UAH',
  customer_id: 'user_12345',
  purpose: 'Premium subscription',
} as const satisfies Partial<CreateInvoiceRequest>;
