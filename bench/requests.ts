/** A request that the API takes, as JSON text of five lines. */
export function invoice(externalId: string): string {
  return JSON.stringify(
    {
      amount: '1500.00',
      currency_code: 'UAH',
      customer_id: 'user_12345',
      external_id: externalId,
      purpose: 'Premium subscription',
      callback_url: 'https://shop.example/webhooks/payment',
      success_url: 'https://shop.example/payment/success',
      fail_url: 'https://shop.example/payment/failed',
    },
    undefined,
    2,
  );
}
