import { isObject, nonEmptyString, type JsonObject } from '../json';

/** The error envelope as far as it can be relied on. Source: the vendor's authentication and errors pages. */
export interface ReceivedEnvelope {
  readonly requestId: string | undefined;
  readonly error: { readonly code: string; readonly message: string; readonly details?: unknown };
}

/**
 * `undefined` where the value is no error envelope. A code that is a number is taken as text. Without `successful` it
 * is an envelope with a status of 4xx alone: with 5xx it may be a gateway's, which knows nothing of the API behind it.
 */
export function decodeEnvelope(value: unknown, status: number): ReceivedEnvelope | undefined {
  if (!isObject(value) || !isObject(value['error'])) return undefined;
  const isRefusal = status >= 400 && status < 500;
  if (value['successful'] !== false && !(value['successful'] === undefined && isRefusal)) return undefined;
  const { code, message, details } = value['error'];
  const name = typeof code === 'number' ? String(code) : code;
  if (typeof name !== 'string' || name.trim() === '') return undefined;
  return {
    requestId: nonEmptyString(value['request_id']),
    error: {
      code: name,
      message: typeof message === 'string' ? message : '',
      ...(details === undefined ? {} : { details }),
    },
  };
}

/**
 * The invoice of create-invoice, bare or as the `data` of a success: what cannot be done without is its id and its
 * payment link.
 */
export function decodeInvoice(value: unknown): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  if (nonEmptyString(value['invoice_id']) && nonEmptyString(value['payment_link'])) return value;
  return value['successful'] === true ? decodeInvoice(value['data']) : undefined;
}

/** What an error says of itself that is no envelope, such as a problem of RFC 9457. */
export interface Statement {
  readonly message: string;
  /** All of it: it may name fields. */
  readonly details: JsonObject;
}

const MESSAGE_KEYS = ['detail', 'message', 'error_description', 'error', 'title'];

export function decodeStatement(value: unknown): Statement | undefined {
  if (!isObject(value)) return undefined;
  const holder = isObject(value['error']) ? value['error'] : value;
  const message = MESSAGE_KEYS.map((key) => nonEmptyString(holder[key])).find((text) => text !== undefined);
  return { message: message ?? '', details: value };
}
