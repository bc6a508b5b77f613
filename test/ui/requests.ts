/** Members of a create-invoice request, by name. */
type Members = Readonly<Record<string, unknown>>;

const REQUIRED: Members = {
  amount: '1500.00',
  currency_code: 'UAH',
  customer_id: 'user_12345',
  external_id: 'order-2026-0001',
  purpose: 'Premium subscription',
};

const URLS: Members = {
  callback_url: 'https://shop.example/webhooks/payment',
  success_url: 'https://shop.example/payment/success',
  fail_url: 'https://shop.example/payment/failed',
};

/** A request that the API takes, as people write it. */
export const requestText = (members: Members = {}): string => written({ ...REQUIRED, ...URLS, ...members });

/** The same without the three URLs, which the API takes only where the merchant's settings have defaults. */
export const requestWithoutUrls = (members: Members = {}): string => written({ ...REQUIRED, ...members });

const written = (request: Members): string => `${JSON.stringify(request, null, 2)}\n`;
