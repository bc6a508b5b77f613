import { OUTCOMES } from '../core/webhook/outcomes';
import type { Answer } from './answers';
import { methodsFor, type PaymentMethod } from './catalogue';
import { type Content, Html, markup, page, table } from './html';
import type { Payment, PaymentEnd, Refusal } from './payments';
import { isLoopback } from './request';
import { type Attempt, type Delivery, RETRY_AFTER } from './webhookSender';

/** What the forms of the page ask for: `POST /pay/{invoice_id}/{action}`. */
export const PAGE_ACTIONS = [
  'method',
  'pay',
  'fail',
  'cancel',
  'expire',
  'allow',
  'retry',
  'pause',
  'resume',
] as const;
export type PageAction = (typeof PAGE_ACTIONS)[number];

/** What stands behind an invoice's `payment_link`: the way to pay it, then what became of it. */
export function paymentPage(payment: Payment, refused: string | null): Answer {
  const { invoice, end, method } = payment;
  const sum = `${invoice.amount} ${invoice.currency}`;
  const title = end ? OUTCOMES[end.outcome].label : `Pay ${sum}`;
  const refusal = isRefusal(refused) ? refused : undefined;
  const alert = refusal === undefined ? '' : markup`<p role="alert" id="alert">${REFUSALS[refusal]}</p>`;
  const step = end ? ended(payment, end) : method ? paying(payment, method, refusal) : choosing(payment);
  const content = markup`<p class="note">Sandbox: no real money moves</p>
<h1>${title}</h1>
${end ? markup`<p>${sum}</p>` : ''}
${invoice.purpose === undefined ? '' : markup`<p><bdi>${invoice.purpose}</bdi></p>`}
<p class="soft">Order <bdi>${invoice.external_id}</bdi></p>
${alert}
${step}`;
  return page({ title: `${title} – EccaEx sandbox`, content, forms: true });
}

const REFUSALS: Readonly<Record<Refusal, string>> = {
  ended: 'This payment has already ended.',
  'no-method': 'Choose a payment method first.',
  'method-chosen': 'A payment method is already chosen.',
  'unknown-method': 'Choose one of the payment methods.',
  amount: 'Enter an amount above zero with at most 2 decimal places, such as 100.00.',
};

function isRefusal(name: string | null): name is Refusal {
  return name !== null && Object.hasOwn(REFUSALS, name);
}

/** Its fields, a button, and the token that no other page knows. */
function form(payment: Payment, action: PageAction, button: Html, fields: Content = ''): Html {
  const id = payment.invoice.invoice_id;
  return markup`<form method="post" action="${id}/${action}"><input type="hidden" name="token" value="${payment.token}">
${fields}${button}</form>`;
}

const button = (label: string): Html => markup`<button>${label}</button>`;
const primary = (label: string): Html => markup`<button class="primary">${label}</button>`;

function choosing(payment: Payment): Html {
  return markup`${methodForm(payment)}
<div class="row">${form(payment, 'cancel', button('Cancel Payment'))}
${form(payment, 'expire', button('Let It Expire'))}</div>`;
}

function methodForm(payment: Payment): Html {
  const { currency } = payment.invoice;
  const choices = methodsFor(currency).map(
    ({ method_code, name, min_sum, max_sum, payment_time }, index) =>
      markup`<label><input type="radio" name="method" value="${method_code}" required${
        (payment.method?.method_code ?? (index === 0 ? method_code : '')) === method_code
          ? new Html(' checked')
          : ''
      }>
<span>${name}<br><small>${min_sum} to ${max_sum} ${currency}, within ${String(payment_time)} minutes</small></span></label>`,
  );
  return form(
    payment,
    'method',
    payment.method ? button('Change Method') : primary('Continue'),
    markup`<fieldset><legend>Payment method</legend>
${choices}
</fieldset>`,
  );
}

function paying(payment: Payment, method: PaymentMethod, refusal: Refusal | undefined): Html {
  const { amount, currency } = payment.invoice;
  const invalid =
    refusal === 'amount' ? new Html(' aria-invalid="true" aria-describedby="alert" autofocus') : '';
  return markup`<p>Payment method: <strong>${method.name}</strong></p>
<div class="row">${form(payment, 'pay', primary(`Pay ${amount} ${currency}`))}</div>
${form(
  payment,
  'pay',
  button('Pay This Amount'),
  markup`<p><label for="amount">Or pay a different amount, in ${currency}</label></p>
<input type="text" id="amount" name="amount" inputmode="decimal" autocomplete="off" required maxlength="20"${invalid}>
`,
)}
<div class="row">${form(payment, 'fail', button('Fail Payment'))}
${form(payment, 'cancel', button('Cancel Payment'))}
${form(payment, 'expire', button('Let It Expire'))}</div>
<details><summary>Change the payment method</summary>
${methodForm(payment)}
</details>`;
}

function ended(payment: Payment, { outcome, paidAmount, delivery }: PaymentEnd): Html {
  const { currency } = payment.invoice;
  const url = returnUrl(payment, outcome);
  const link = isShownAsLink(url)
    ? markup`<a href="${url}" rel="noreferrer">Return to the shop</a> <span class="soft">(${url})</span>`
    : markup`The shop’s address is not a link here: <code>${url}</code>`;
  return markup`${paidAmount === undefined ? '' : markup`<p>Paid: <strong>${paidAmount} ${currency}</strong></p>`}
<p>${link}</p>
${webhook(payment, delivery)}`;
}

/** Where the customer goes after the end. */
function returnUrl({ urls }: Payment, outcome: PaymentEnd['outcome']): string {
  return OUTCOMES[outcome].status === 'success' ? urls.success_url : urls.fail_url;
}

/** A user's name in front of the host makes one address look like another. */
function isShownAsLink(url: string): boolean {
  const { protocol, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/**
 * Leads the customer to the shop where that runs on this machine; `undefined` where it does not: nothing but a click
 * leaves this machine.
 */
export function returnPage(payment: Payment): Answer | undefined {
  if (!payment.end) return undefined;
  const url = returnUrl(payment, payment.end.outcome);
  if (!isShownAsLink(url) || !isLoopback(new URL(url).host)) return undefined;
  return page({
    title: 'Returning to the shop',
    content: markup`<h1>Returning to the shop</h1>
<p><a href="${url}" rel="noreferrer">${url}</a></p>
<p><a href="../${payment.invoice.invoice_id}">Back to the payment</a></p>`,
    leadsTo: new URL(url).href,
  });
}

function webhook(payment: Payment, delivery: Delivery): Html {
  const { event, attempts, url, body } = delivery;
  const rows: [string, Content][] = [
    ['Event', event.event_id],
    ['To', url.href],
    ['State', stateOf(payment, delivery)],
  ];
  const waits = RETRY_AFTER.map((ms) => (ms < 60_000 ? `${ms / 1000} s` : `${ms / 60_000} min`)).join(', ');
  return markup`<h2>Webhook</h2>
${table(rows)}
${attempts.length === 0 ? '' : attemptTable(attempts)}
<div class="row">${controls(payment, delivery)}</div>
<details><summary>Event as sent</summary><pre tabindex="0"><bdi>${body.toString('utf8')}</bdi></pre></details>
<p class="soft">Signed with <code>sandbox_webhook_secret</code>, which is public. Guesses of the sandbox, not documented by the vendor:
how it signs, when it retries (after ${waits}), the fields <code>status</code>, <code>amount</code>, <code>currency</code> and
<code>adjusted_amount</code>.</p>`;
}

function stateOf({ invoice }: Payment, { state, url }: Delivery): Content {
  switch (state.kind) {
    case 'not-allowed':
      return markup`<span class="bad">Not delivered.</span> ${url.origin} comes from the request file. Allow it if it is your own server.`;
    case 'sending':
      return markup`Sending… <a href="${invoice.invoice_id}">Refresh</a>`;
    case 'waiting':
      return markup`<span class="bad">Not delivered yet.</span> Next attempt at ${clockTime(state.at)}. <a href="${invoice.invoice_id}">Refresh</a>`;
    case 'paused':
      return markup`<span class="bad">Not delivered.</span> Retries are paused.`;
    case 'delivered':
      return markup`<span class="good">Delivered</span>`;
    case 'given-up':
      return markup`<span class="bad">Not delivered.</span> The sandbox gave up.`;
  }
}

function controls(payment: Payment, { state, url }: Delivery): Html[] {
  const retry = form(payment, 'retry', button('Retry Now'));
  switch (state.kind) {
    case 'not-allowed':
      return [form(payment, 'allow', primary(`Deliver to ${url.origin}`))];
    case 'waiting':
      return [retry, form(payment, 'pause', button('Pause Retries'))];
    case 'paused':
      return [retry, form(payment, 'resume', button('Resume Retries'))];
    case 'given-up':
      return [retry];
    case 'sending':
    case 'delivered':
      return [];
  }
}

function attemptTable(attempts: readonly Attempt[]): Html {
  const rows = attempts.map(
    ({ at, end }, index) =>
      markup`<tr><td>${String(index + 1)}</td><td>${clockTime(at)}</td><td>${
        end === undefined
          ? 'under way'
          : end.status === undefined
            ? markup`<span class="bad">${end.fault}</span>`
            : `HTTP ${end.status}`
      }</td><td>${end ? `${end.durationMs} ms` : ''}</td></tr>`,
  );
  return markup`<table>
<thead><tr><th scope="col">Attempt</th><th scope="col">Time</th><th scope="col">Response</th><th scope="col">Duration</th></tr></thead>
<tbody>
${rows}
</tbody></table>`;
}

function clockTime(ms: number): Html {
  const at = new Date(ms);
  return markup`<time datetime="${at.toISOString()}">${at.toTimeString().slice(0, 8)}</time>`;
}
