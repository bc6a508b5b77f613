import { type Answer, type Complaints, dataAnswer, guessedError } from './answers';
import type { ApiRequest } from './request';

const STATUSES = ['pending', 'success', 'failed', 'cancelled'] as const;
const ORDERS = ['desc', 'asc'];
const PER_PAGE = { default: 20, max: 500 };

/** An item; amounts are decimal strings, times ISO 8601 (a guess), what would be null is left out. */
interface Withdrawal {
  withdraw_uuid: string;
  /** That it is a number is a guess. */
  withdrawal_method_id: number;
  address: string;
  address_memo?: string;
  amount: string;
  network_fee: string;
  amount_to_receive: string;
  status: (typeof STATUSES)[number];
  substatus?: string;
  external_tx_id?: string;
  created_at: string;
  updated_at: string;
  processed_at?: string;
}

/** The same for every sandbox, oldest first, enough for three pages of the default size. */
const WITHDRAWALS: readonly Withdrawal[] = Array.from({ length: 45 }, (_, index) => sample(index));

function sample(index: number): Withdrawal {
  const number = String(index + 1);
  const status = STATUSES[index % STATUSES.length] ?? 'pending';
  const created = Date.UTC(2026, 0, 5 + index, 9, 30);
  const whole = 100 + 25 * index;
  const processed = new Date(created + 42 * 60_000).toISOString();
  return {
    withdraw_uuid: `00000000-0000-4000-8000-${number.padStart(12, '0')}`,
    withdrawal_method_id: 1 + (index % 2),
    address: `T${'Sandbox'.repeat(4)}${number.padStart(5, '0')}`,
    ...(index % 5 === 0 ? { address_memo: `memo-${number}` } : {}),
    amount: `${whole}.00`,
    network_fee: '1.50',
    amount_to_receive: `${whole - 2}.50`,
    status,
    ...(status === 'failed' ? { substatus: 'rejected_by_network' } : {}),
    ...(status === 'success' ? { external_tx_id: number.padStart(64, '0') } : {}),
    created_at: new Date(created).toISOString(),
    updated_at: status === 'pending' ? new Date(created).toISOString() : processed,
    ...(status === 'pending' ? {} : { processed_at: processed }),
  };
}

/** `GET /withdrawals`: the page beside `data`. A query out of its documented range: a guessed 422. */
export function listWithdrawals({ query }: ApiRequest): Answer {
  const complaints: Complaints = {};
  const page = count(query, 'page', 1, 1_000_000_000, complaints);
  const perPage = count(query, 'per_page', PER_PAGE.default, PER_PAGE.max, complaints);
  const status = choice(query, 'status', STATUSES, complaints);
  const order = choice(query, 'order', ORDERS, complaints);
  if (Object.keys(complaints).length > 0) {
    return guessedError(422, 'VALIDATION_ERROR', 'The query is not valid', complaints);
  }
  const found = WITHDRAWALS.filter((item) => status === undefined || item.status === status);
  if (order !== 'asc') found.reverse();
  const first = (page - 1) * perPage;
  return dataAnswer(found.slice(first, first + perPage), {
    page,
    per_page: perPage,
    total: found.length,
    total_pages: Math.ceil(found.length / perPage),
  });
}

/** `GET /withdrawals/{withdraw_uuid}`. That an unknown one is a 404 is a guess. */
export function getWithdrawal(uuid: string): Answer {
  const found = WITHDRAWALS.find((item) => item.withdraw_uuid === uuid.toLowerCase());
  return found === undefined
    ? guessedError(404, 'WITHDRAWAL_NOT_FOUND', 'There is no such withdrawal')
    : dataAnswer(found);
}

function count(query: URLSearchParams, name: string, absent: number, max: number, into: Complaints): number {
  const text = query.get(name);
  if (text === null) return absent;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) into[name] = [`must be a whole number from 1 to ${max}`];
  return value;
}

function choice(
  query: URLSearchParams,
  name: string,
  allowed: readonly string[],
  into: Complaints,
): string | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!allowed.includes(text)) into[name] = [`must be one of ${allowed.join(', ')}`];
  return text;
}
