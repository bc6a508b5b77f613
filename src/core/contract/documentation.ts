/** The vendor's public pages. */
export const DOCUMENTATION = {
  introduction: 'https://docs.ecca-ex.com/introduction',
  authentication: 'https://docs.ecca-ex.com/authentication',
  invoices: 'https://docs.ecca-ex.com/invoices',
  errors: 'https://docs.ecca-ex.com/errors',
  'payment-methods': 'https://docs.ecca-ex.com/payment-methods',
  currencies: 'https://docs.ecca-ex.com/currencies',
  withdrawals: 'https://docs.ecca-ex.com/withdrawals',
} as const;
