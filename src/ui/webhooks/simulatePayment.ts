import { window, type QuickPickItem } from 'vscode';
import { pickOne } from '../shell/pickOne';
import { isObject, nonEmptyString } from '../../core/json';
import {
  isOutcome,
  OUTCOME_NAMES,
  OUTCOMES,
  type Outcome,
  type PaymentRefusal,
} from '../../core/webhook/outcomes';
import { nameOf } from '../history/entryWords';
import { idsIn, pickEntry } from '../history/pick';
import { readArguments } from '../shell/commandArguments';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { isPayable } from '../../core/report/report';
import { isPayableEntry } from '../../core/journal/merge';

/** An invoice of the sandbox. */
interface Payable {
  readonly invoiceId: string;
  readonly name: string;
}

/** What the command gives: the payment has ended, and its webhook is on its way or waits to be allowed. */
interface SimulatedPayment {
  readonly invoiceId: string;
  readonly outcome: Outcome;
  readonly eventId: string;
}

type Needed = Pick<Services, 'sandbox' | 'history' | 'outcomes' | 'log'>;

/**
 * Ends the payment of an invoice that the sandbox has created. Takes `{outcome, paidAmount, invoiceId | entry | uri and
 * index}`, and asks for what is missing. No money moves, so nobody is asked for a yes.
 */
export async function simulatePayment(
  services: Needed,
  first: unknown,
): Promise<SimulatedPayment | undefined> {
  const given = isObject(first) ? first : {};
  const invoice = await invoiceOf(services, first);
  if (!invoice) return undefined;
  const asked = given['outcome'];
  if (asked !== undefined && !isOutcome(asked)) {
    void notify.error(`Unknown payment outcome. Use one of ${OUTCOME_NAMES.join(', ')}.`);
    return undefined;
  }
  const outcome = asked ?? (await pickOutcome(invoice));
  if (!outcome) return undefined;
  const isAsked = asked === undefined && outcome === 'success-adjusted';
  const paidAmount = isAsked ? await askAmount() : nonEmptyString(given['paidAmount']);
  if (isAsked && paidAmount === undefined) return undefined;
  const adjusted = outcome === 'success-adjusted' ? paidAmount : undefined;
  const result = await services.sandbox.simulate(invoice.invoiceId, outcome, adjusted);
  if (!result.ok) {
    void notify.warn(REFUSALS[result.refusal](invoice.name));
    return undefined;
  }
  const { eventId, origin, isAllowed } = result;
  services.log.info(`Sandbox payment: ${eventId}`);
  void tell(services, invoice, outcome, isAllowed ? undefined : origin);
  return { invoiceId: invoice.invoiceId, outcome, eventId };
}

async function invoiceOf({ history, outcomes }: Needed, first: unknown): Promise<Payable | undefined> {
  const invoiceId = isObject(first) ? nonEmptyString(first['invoiceId']) : undefined;
  if (invoiceId !== undefined) return { invoiceId, name: `Invoice ${invoiceId.slice(0, 40)}` };
  const { uris, index = 0 } = readArguments(first);
  const uri = uris?.[0]?.toString();
  const report =
    uri === undefined
      ? undefined
      : outcomes.latest(uri, 'sandbox').find((sent) => sent.report.index === index)?.report;
  const id = nonEmptyString(report?.invoice?.['invoice_id']);
  if (report && isPayable(report) && id !== undefined)
    return { invoiceId: id, name: nonEmptyString(report.invoice?.['external_id']) ?? `Invoice ${id}` };
  await history.refresh();
  const payable = history.entries.filter(isPayableEntry);
  const [entryId] = idsIn(first, undefined);
  const isNamed = entryId !== undefined || uri !== undefined;
  const entry = isNamed
    ? payable.find((one) => one.id === entryId || (one.uri === uri && one.index === index))
    : await pickEntry(payable, 'Simulate a payment of which invoice?');
  if (isNamed && !entry)
    void notify.info('The sandbox has no invoice of this request. Send the request to it first.');
  return entry?.answer?.invoiceId === undefined
    ? undefined
    : { invoiceId: entry.answer.invoiceId, name: nameOf(entry) };
}

type OutcomeItem = QuickPickItem & { readonly outcome: Outcome };

async function pickOutcome({ name }: Payable): Promise<Outcome | undefined> {
  const picked = await pickOne<OutcomeItem>(
    OUTCOME_NAMES.map((outcome) => ({
      outcome,
      label: OUTCOMES[outcome].label,
      description: `status ${OUTCOMES[outcome].status}`,
    })),
    {
      title: `Simulate Payment: ${name}`,
      placeHolder: 'How does the payment end?',
      matchOnDescription: true,
    },
  );
  return picked?.outcome;
}

async function askAmount(): Promise<string | undefined> {
  const text = await window.showInputBox({
    title: 'Simulate Payment',
    prompt: 'Amount that the customer pays, with at most 2 decimal places',
    placeHolder: '100.00',
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || /^(?=.*[1-9])\d{1,15}(\.\d{1,2})?$/.test(value.trim())
        ? undefined
        : 'Enter an amount above zero, such as 100.00.',
  });
  return nonEmptyString(text?.trim());
}

async function tell(
  { sandbox }: Needed,
  { name, invoiceId }: Payable,
  outcome: Outcome,
  blocked: string | undefined,
): Promise<void> {
  const ended = `${name}: ${OUTCOMES[outcome].label.toLowerCase()}.`;
  if (blocked === undefined) {
    void notify.info(`${ended} The sandbox sent the webhook.`);
    return;
  }
  // The address stands in a file that may be a stranger's: a person allows it.
  const deliver = `Deliver to ${blocked}`;
  const message = `${ended} The webhook was not delivered: ${blocked} is not this window’s listener.`;
  if ((await notify.warn(message, deliver)) === deliver) await sandbox.control(invoiceId, 'allow');
}

const REFUSALS: Readonly<Record<PaymentRefusal, (name: string) => string>> = {
  'unknown-invoice': (name) =>
    `${name} is not in the sandbox, which forgets its invoices when it stops. Send it again.`,
  ended: (name) => `${name}: the payment has already ended.`,
  'no-method': (name) => `${name}: choose a payment method first.`,
  'method-chosen': (name) => `${name}: a payment method is already chosen. Choose another outcome.`,
  'unknown-method': (name) => `${name} cannot be paid with this method.`,
  amount: (name) => `${name}: the amount must be above zero, with at most 2 decimal places.`,
};
