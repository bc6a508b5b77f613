/** How a payment can end. The documented terminal statuses, each told apart by what its webhook says. */
interface Ending {
  /** The documented status of the invoice: a terminal one, the only ones that a webhook is sent for. */
  readonly status: 'success' | 'fail' | 'expired' | 'canceled';
  /** Whether the customer had picked a payment method: decides which fields have values (documented). */
  readonly methodChosen: boolean;
  readonly adjusted?: boolean;
  /** For people, at most five words. */
  readonly label: string;
}

/** All that can become of a pending invoice. */
export const OUTCOMES = {
  success: { status: 'success', methodChosen: true, label: 'Paid' },
  'success-adjusted': {
    status: 'success',
    methodChosen: true,
    adjusted: true,
    label: 'Paid a different amount',
  },
  fail: { status: 'fail', methodChosen: true, label: 'Payment failed' },
  expired: { status: 'expired', methodChosen: true, label: 'Expired unpaid' },
  'expired-before-method': {
    status: 'expired',
    methodChosen: false,
    label: 'Expired before choosing a method',
  },
  canceled: { status: 'canceled', methodChosen: true, label: 'Canceled' },
  'canceled-before-method': {
    status: 'canceled',
    methodChosen: false,
    label: 'Canceled before choosing a method',
  },
} as const satisfies Record<string, Ending>;

export type Outcome = keyof typeof OUTCOMES;

export const OUTCOME_NAMES = Object.keys(OUTCOMES) as readonly Outcome[];

export function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'string' && Object.hasOwn(OUTCOMES, value);
}

/** Why a payment of the sandbox does not take a step. */
export type PaymentRefusal =
  'unknown-invoice' | 'ended' | 'no-method' | 'method-chosen' | 'unknown-method' | 'amount';

/** What a person asks of a webhook that the sandbox sends. `allow`: their yes to the server that it goes to. */
export type SendingAction = 'allow' | 'retry' | 'pause' | 'resume';

/** What ending a payment in the sandbox came to. */
export type Simulated =
  | {
      readonly ok: true;
      readonly eventId: string;
      /** Of the `callback_url`. */
      readonly origin: string;
      /** False where nobody has allowed the sandbox to deliver there: the webhook waits for that. */
      readonly isAllowed: boolean;
    }
  | { readonly ok: false; readonly refusal: PaymentRefusal };

/** Whose payment ended. */
export interface PaidInvoice {
  /** The `invoice_id`, as in the vendor's examples. */
  readonly orderId: string;
  readonly externalId: string;
  /** A decimal string, as in the invoice. */
  readonly amount: string;
  readonly currency: string;
  /** A decimal string; without one, `1.00`. */
  readonly rateUsd?: string;
}

/**
 * The body of a webhook. Documented: `event_id`, `order_id`, `external_id`, `sub_status`, `rate_usd`, `is_adjusted`,
 * `reason`. Guessed (`GUESSED_IN_EVENT`): `status`, `amount`, `currency`, `adjusted_amount`, and the values of
 * `sub_status`, `rate_usd` and `reason`.
 */
export interface EventBody {
  /** `<order_id>:<status>:<unix seconds>`. */
  readonly event_id: string;
  readonly order_id: string;
  readonly external_id: string;
  readonly status: Ending['status'];
  readonly amount: string;
  readonly currency: string;
  /** `null` where no method was chosen. */
  readonly sub_status: string | null;
  readonly rate_usd: string | null;
  readonly is_adjusted: boolean;
  /** What was paid; `null` where that is the invoice's amount, or nothing. */
  readonly adjusted_amount: string | null;
  /** `null` where a method was chosen. */
  readonly reason: string | null;
}

/** Names what is our own guess on each webhook that we make. */
export const GUESS_HEADER = 'X-Sandbox-Guess';

/** The value of `GUESS_HEADER`: what the vendor does not document about such a webhook. */
export const GUESSED_IN_EVENT =
  'signature; retries; fields status, amount, currency, adjusted_amount; values of sub_status, rate_usd, reason';

/**
 * The event of an outcome, as the sandbox sends it.
 *
 * @param atSeconds Unix seconds of the terminal state.
 * @param paidAmount What was paid, for `success-adjusted`; without one, nine tenths of the amount.
 */
export function eventOf(
  outcome: Outcome,
  { orderId, externalId, amount, currency, rateUsd = '1.00' }: PaidInvoice,
  atSeconds: number,
  paidAmount = nineTenths(amount),
): EventBody {
  const { status, methodChosen, adjusted = false }: Ending = OUTCOMES[outcome];
  return {
    event_id: `${orderId}:${status}:${Math.floor(atSeconds)}`,
    order_id: orderId,
    external_id: externalId,
    status,
    amount,
    currency,
    sub_status: methodChosen ? subStatus(status, adjusted) : null,
    rate_usd: methodChosen ? rateUsd : null,
    is_adjusted: adjusted,
    adjusted_amount: adjusted ? paidAmount : null,
    reason: methodChosen ? null : `${status}_before_method_selected`,
  };
}

function subStatus(status: Ending['status'], adjusted: boolean): string {
  switch (status) {
    case 'success':
      return adjusted ? 'paid_adjusted' : 'paid';
    case 'fail':
      return 'payment_failed';
    case 'expired':
      return 'payment_timeout';
    case 'canceled':
      return 'canceled_by_customer';
  }
}

/** To the digit, rounded down, with the decimals of the amount. Text that is no amount stays as it is. */
function nineTenths(amount: string): string {
  const parts = amount.length <= 100 ? /^(\d+)(?:\.(\d+))?$/.exec(amount) : null;
  if (!parts) return amount;
  const [, whole = '', fraction = ''] = parts;
  const digits = String((BigInt(whole + fraction) * 9n) / 10n).padStart(fraction.length + 1, '0');
  const end = digits.length - fraction.length;
  return fraction === '' ? digits : `${digits.slice(0, end)}.${digits.slice(end)}`;
}
