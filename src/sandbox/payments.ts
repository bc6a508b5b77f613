import { randomBytes } from 'node:crypto';
import type { Invoice } from '../core/contract/wire';
import { eventOf, type Outcome, OUTCOMES, type PaymentRefusal } from '../core/webhook/outcomes';
import { methodsFor, type PaymentMethod, rateOf } from './catalogue';
import type { Delivery, WebhookSender } from './webhookSender';

/** Where the customer and the webhook go; the sandbox has checked that they are http or https. */
export interface InvoiceUrls {
  readonly callback_url: string;
  readonly success_url: string;
  readonly fail_url: string;
}

/** What became of a payment. */
export interface PaymentEnd {
  readonly outcome: Outcome;
  /** Decimal string; for `success-adjusted` alone. */
  readonly paidAmount?: string;
  readonly delivery: Delivery;
}

/** The payment of an invoice: pending, perhaps with a method, until it ends once and for all. */
export class Payment {
  /** Proves that a form was on a page of ours: no other page can read it. */
  readonly token = randomBytes(24).toString('base64url');
  method: PaymentMethod | undefined;
  end: PaymentEnd | undefined;

  constructor(
    readonly invoice: Invoice,
    readonly urls: InvoiceUrls,
  ) {}
}

/** Why a payment does not take a step. */
export type Refusal = Exclude<PaymentRefusal, 'unknown-invoice'>;

/** An amount that a customer can pay: above zero, at most 2 decimals as in an invoice. */
const PAYABLE = /^(?=.*[1-9])\d{1,15}(\.\d{1,2})?$/;

/** Picks how to pay; another method can be picked until the payment ends. */
export function chooseMethod(payment: Payment, code: unknown): Refusal | undefined {
  if (payment.end) return 'ended';
  const method = methodsFor(payment.invoice.currency).find(({ method_code }) => method_code === code);
  if (!method) return 'unknown-method';
  payment.method = method;
  return undefined;
}

/** Ends a payment as far as the customer has come, and sends its webhook. */
export function endPayment(
  payment: Payment,
  outcome: Outcome,
  sender: WebhookSender,
  paidAmount?: string,
): Refusal | undefined {
  const { invoice, urls, method, end } = payment;
  const { status, methodChosen } = OUTCOMES[outcome];
  if (end) return 'ended';
  if (methodChosen && !method) return 'no-method';
  if (!methodChosen && method) return 'method-chosen';
  if (paidAmount !== undefined && !PAYABLE.test(paidAmount)) return 'amount';
  invoice.status = status;
  const event = eventOf(
    outcome,
    {
      orderId: invoice.invoice_id,
      externalId: invoice.external_id,
      amount: invoice.amount,
      currency: invoice.currency,
      rateUsd: rateOf(invoice.currency),
    },
    sender.now() / 1000,
    paidAmount,
  );
  payment.end = {
    outcome,
    ...(event.adjusted_amount === null ? {} : { paidAmount: event.adjusted_amount }),
    delivery: sender.begin(event, urls.callback_url),
  };
  return undefined;
}

/** Brings a pending payment to an outcome by itself, the choice of a method included. */
export function simulate(
  payment: Payment,
  outcome: Outcome,
  sender: WebhookSender,
  paidAmount?: string,
): Refusal | undefined {
  if (!payment.end && OUTCOMES[outcome].methodChosen && !payment.method)
    payment.method = methodsFor(payment.invoice.currency)[0];
  return endPayment(payment, outcome, sender, paidAmount);
}

/** What paying an amount comes to: the invoice's own, written with other zeros too, is no adjustment. */
export function outcomeOfPaying(amount: string, paid: string): Outcome {
  const plain = (text: string) => text.replace(/^0+(?=\d)/, '').replace(/\.0{1,2}$|(\.\d)0$/, '$1');
  return plain(amount) === plain(paid) ? 'success' : 'success-adjusted';
}
