import type { EndpointName } from './endpoints';

/** How the values of a field are to be read. */
export type ValueKind = 'text' | 'decimal' | 'status' | 'time' | 'id';

/** A member of what an endpoint responds with, in the order in which people look. */
export interface AnswerField {
  /** `currency.code` is the member of a member. */
  readonly name: string;
  readonly title: string;
  readonly kind: ValueKind;
  /** Documented to be left out at times. */
  readonly optional?: true;
}

const text = (name: string, title: string): AnswerField => ({ name, title, kind: 'text' });
const decimal = (name: string, title: string): AnswerField => ({ name, title, kind: 'decimal' });

const WITHDRAWAL: readonly AnswerField[] = [
  { name: 'status', title: 'Status', kind: 'status' },
  decimal('amount', 'Amount'),
  decimal('network_fee', 'Network fee'),
  decimal('amount_to_receive', 'To receive'),
  { name: 'created_at', title: 'Created', kind: 'time' },
  { name: 'processed_at', title: 'Processed', kind: 'time', optional: true },
  { ...text('substatus', 'Substatus'), optional: true },
  { name: 'withdraw_uuid', title: 'Id', kind: 'id' },
  text('address', 'Address'),
  { ...text('address_memo', 'Memo'), optional: true },
  { ...text('external_tx_id', 'Transaction'), optional: true },
  text('withdrawal_method_id', 'Method'),
  { name: 'updated_at', title: 'Updated', kind: 'time' },
];

/** Source: the vendor's page of each endpoint (./endpoints). */
export const ANSWER_FIELDS: Readonly<Record<EndpointName, readonly AnswerField[]>> = {
  'payment-methods': [
    text('name', 'Name'),
    text('method_code', 'Code'),
    text('currency.code', 'Currency'),
    decimal('min_sum', 'Minimum'),
    decimal('max_sum', 'Maximum'),
    decimal('payment_time', 'Minutes to pay'),
    decimal('client_commission', 'Client commission'),
    decimal('merchant_commission', 'Merchant commission'),
    decimal('max_commission', 'Maximum commission'),
    { ...text('logo_url', 'Logo'), optional: true },
  ],
  currencies: [
    text('currency', 'Code'),
    text('name', 'Name'),
    text('symbol', 'Symbol'),
    decimal('rate', 'Rate of 1 USDT'),
    decimal('decimal', 'Decimals'),
  ],
  withdrawals: WITHDRAWAL,
  withdrawal: WITHDRAWAL,
};
