import { randomUUID } from 'node:crypto';
import type { Invoice } from '../core/contract/wire';
import { type Answer, guessedError, json } from './answers';
import { documentedError } from './documentedErrors';
import { type CheckedInvoice, checkInvoice } from './invoiceChecks';
import { Payment } from './payments';
import type { ApiRequest, Reply, World } from './request';

/** A `customer_id` that begins so asks for a fault. */
const FAULT_PREFIX = 'fault_';

type Body = Readonly<Record<string, unknown>>;

/**
 * `POST /create-invoice`: 201 with the bare invoice (that it is 201 is a guess: the vendor documents no
 * status). Absent URLs: the documented 422 `MISSING_REQUIRED_URLS`. Everything else that is wrong: guesses.
 */
export function createInvoice(request: ApiRequest, world: World): Reply {
  const read = readBody(request);
  if (!read.ok) return { right: () => read.refusal };
  const customer = read.body['customer_id'];
  const right = () => create(read.body, world);
  return typeof customer === 'string' && customer.startsWith(FAULT_PREFIX)
    ? { fault: customer.slice(FAULT_PREFIX.length), right }
    : { right };
}

function readBody(request: ApiRequest): { ok: true; body: Body } | { ok: false; refusal: Answer } {
  const refuse = (status: number, code: string, message: string) => ({
    ok: false as const,
    refusal: guessedError(status, code, message),
  });
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return refuse(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be application/json');
  }
  if ((request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    return refuse(415, 'UNSUPPORTED_MEDIA_TYPE', 'The body must not be compressed');
  }
  let value: unknown;
  try {
    // Strict where JSON is: no byte order mark, no broken UTF-8.
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(request.body));
  } catch {
    return refuse(400, 'INVALID_JSON', 'The body is not JSON in UTF-8');
  }
  return isObject(value)
    ? { ok: true, body: value }
    : refuse(422, 'VALIDATION_ERROR', 'The body must be one JSON object');
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function create(body: Body, { merchant, origin }: World): Answer {
  const checked = checkInvoice(body);
  if (!checked.ok) {
    return guessedError(422, 'VALIDATION_ERROR', 'The request is not valid', checked.complaints);
  }
  const request = checked.invoice;
  const { callback_url, success_url, fail_url } = request;
  if (callback_url === undefined || success_url === undefined || fail_url === undefined) {
    return documentedError('MISSING_REQUIRED_URLS');
  }
  if (merchant.knows(request.external_id)) {
    return guessedError(409, 'EXTERNAL_ID_EXISTS', 'An invoice with this external_id exists', {
      external_id: ['must be unique'],
    });
  }
  const invoice = pendingInvoice(request, origin);
  merchant.create(new Payment({ ...invoice }, { callback_url, success_url, fail_url }));
  return json(201, invoice);
}

function pendingInvoice(request: CheckedInvoice, origin: string): Invoice {
  const id = randomUUID();
  const { amount, currency_code: currency, customer_id, external_id, purpose, callback_url } = request;
  return {
    invoice_id: id,
    external_id,
    amount,
    currency,
    status: 'pending',
    payment_link: `${origin}/pay/${id}`,
    customer_id,
    ...(purpose === undefined ? {} : { purpose }),
    ...(callback_url === undefined ? {} : { callback_url }),
  };
}
