/** The vendor's public pages. */
export const DOCUMENTATION = {
  introduction: 'https://docs.ecca-ex.com/introduction',
  authentication: 'https://docs.ecca-ex.com/authentication',
  invoices: 'https://docs.ecca-ex.com/invoices',
  errors: 'https://docs.ecca-ex.com/errors',
  currencies: 'https://docs.ecca-ex.com/currencies',
} as const;
