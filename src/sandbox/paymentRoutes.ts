import { OUTCOMES, type Outcome } from '../core/webhook/outcomes';
import { type Answer, dataAnswer, guessed, guessedError } from './answers';
import { methodsFor } from './catalogue';
import { markup, page } from './html';
import { noSuchInvoicePage } from './pages';
import { type PageAction, paymentPage, returnPage } from './paymentPage';
import { chooseMethod, endPayment, outcomeOfPaying, type Payment, type Refusal } from './payments';
import { type ApiRequest, isFromOtherPage, type Reply, type World } from './request';
import type { WebhookSender } from './webhookSender';

/** `GET /pay/{invoice_id}`, with `?refused=…` where a form of it was. */
export function showPayment({ merchant }: World, id: string, { query }: ApiRequest): Answer {
  const payment = merchant.payment(id);
  return payment ? paymentPage(payment, query.get('refused')) : noSuchInvoicePage();
}

/** `GET /pay/{invoice_id}/return`: to the shop, else back to the payment. */
export function leadToShop({ merchant }: World, id: string): Answer {
  const payment = merchant.payment(id);
  if (!payment) return noSuchInvoicePage();
  return returnPage(payment) ?? redirect(`../${id}`);
}

/** `POST /pay/{invoice_id}/{action}`: a form of the payment page. */
export function submitForm(request: ApiRequest, { merchant, sender }: World, named: string): Reply {
  const [id, action] = named.split('/') as [string, PageAction];
  const payment = merchant.payment(id);
  if (!payment) return { right: noSuchInvoicePage };
  const fields = new URLSearchParams(request.body.toString('utf8'));
  if (isFromOtherPage(request) || fields.get('token') !== payment.token)
    return { right: () => notOurForm(id) };
  return {
    right: () => act(payment, action, fields, sender),
    settled: () => (payment.end ? sender.settled(payment.end.delivery) : undefined),
  };
}

function act(payment: Payment, action: PageAction, fields: URLSearchParams, sender: WebhookSender): Answer {
  const delivery = payment.end?.delivery;
  switch (action) {
    case 'method':
      return after(chooseMethod(payment, fields.get('method')));
    case 'pay': {
      const paid = fields.get('amount')?.trim();
      const { amount } = payment.invoice;
      if (paid === undefined) return finish('success');
      return finish(outcomeOfPaying(amount, paid), paid);
    }
    case 'fail':
      return finish('fail');
    case 'cancel':
      return finish(cancelOutcome(payment));
    case 'expire':
      return finish(payment.method ? 'expired' : 'expired-before-method');
    case 'allow':
    case 'retry':
    case 'pause':
    case 'resume':
      if (delivery) sender.act(delivery, action);
      return after(undefined);
  }

  function finish(outcome: Outcome, paidAmount?: string): Answer {
    return after(endPayment(payment, outcome, sender, paidAmount), 'return');
  }

  /** Leads on by a GET, so that a reload sends no form again. Relative, since a forwarded port has another origin. */
  function after(refusal: Refusal | undefined, to = `../${payment.invoice.invoice_id}`): Answer {
    return redirect(refusal === undefined ? to : `../${payment.invoice.invoice_id}?refused=${refusal}`);
  }
}

function cancelOutcome({ method }: Payment): Outcome {
  return method ? 'canceled' : 'canceled-before-method';
}

function redirect(location: string): Answer {
  return { status: 303, headers: { Location: location, 'Cache-Control': 'no-store' }, body: '' };
}

function notOurForm(id: string): Answer {
  return page({
    status: 403,
    title: 'Nothing happened',
    content: markup`<h1>Nothing happened</h1>
<p>This form did not come from the payment page. <a href="../${id}">Open the payment page</a></p>`,
  });
}

/** A documented path whose method, body and response are guesses. */
export type PublicCall = (request: ApiRequest, payment: Payment, sender: WebhookSender) => Answer;

/** `/api/v1/public/invoice/{order_id}/…`, called by the customer's browser, without a key. Every response is a guess. */
export function publicCall(call: PublicCall) {
  return (request: ApiRequest, { merchant, sender }: World, id: string): Reply => ({
    right: () => {
      const payment = merchant.payment(id);
      if (!payment) return guessedError(404, 'INVOICE_NOT_FOUND', 'There is no such invoice');
      if (request.method === 'POST' && isFromOtherPage(request))
        return guessedError(403, 'FOREIGN_ORIGIN', 'Other web pages may not do this');
      return guessed(call(request, payment, sender));
    },
  });
}

/** `GET payment-methods`: how this invoice can be paid. */
export const methodsOfInvoice: PublicCall = (_request, { invoice }) =>
  dataAnswer(methodsFor(invoice.currency));

/** `POST select-method`, body `{"method_code": "…"}`. */
export const selectMethod: PublicCall = (request, payment) => {
  const body = jsonBody(request);
  const code =
    typeof body === 'object' && body !== null && 'method_code' in body ? body.method_code : undefined;
  const refusal = body === undefined ? 'not-json' : chooseMethod(payment, code);
  return refusal === undefined ? summary(payment) : refused(refusal);
};

/** `POST cancel`, without a body. */
export const cancelInvoice: PublicCall = (_request, payment, sender) => {
  const refusal = endPayment(payment, cancelOutcome(payment), sender);
  return refusal === undefined ? summary(payment) : refused(refusal);
};

function jsonBody({ body }: ApiRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function summary({ invoice, method, end }: Payment): Answer {
  return dataAnswer({
    order_id: invoice.invoice_id,
    external_id: invoice.external_id,
    status: end ? OUTCOMES[end.outcome].status : 'pending',
    method_code: method?.method_code ?? null,
  });
}

function refused(refusal: Refusal | 'not-json'): Answer {
  switch (refusal) {
    case 'ended':
      return guessedError(409, 'INVOICE_NOT_PENDING', 'The invoice is not pending any more');
    case 'unknown-method':
      return guessedError(422, 'VALIDATION_ERROR', 'The request is not valid', {
        method_code: ['must be a method of this invoice'],
      });
    case 'not-json':
      return guessedError(400, 'INVALID_JSON', 'The body is not JSON in UTF-8');
    case 'no-method':
    case 'method-chosen':
    case 'amount':
      return guessedError(409, 'INVOICE_STATE', 'The invoice does not allow this now');
  }
}
