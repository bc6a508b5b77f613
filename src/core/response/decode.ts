/** The error envelope as far as it can be relied on. Source: the vendor's authentication and errors pages. */
export interface ReceivedEnvelope {
  readonly requestId: string | undefined;
  readonly error: { readonly code: string; readonly message: string; readonly details?: unknown };
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `undefined` where the value is no error envelope, such as one whose code is not a string. */
export function decodeEnvelope(value: unknown): ReceivedEnvelope | undefined {
  if (!isObject(value) || value['successful'] !== false || !isObject(value['error'])) return undefined;
  const { code, message, details } = value['error'];
  if (typeof code !== 'string' || code.trim() === '') return undefined;
  return {
    requestId: nonEmptyString(value['request_id']),
    error: {
      code,
      message: typeof message === 'string' ? message : '',
      ...(details === undefined ? {} : { details }),
    },
  };
}

/** The bare invoice of create-invoice: what cannot be done without is its id and its payment link. */
export function decodeInvoice(value: unknown): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  return nonEmptyString(value['invoice_id']) && nonEmptyString(value['payment_link']) ? value : undefined;
}

export function nonEmptyString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const DEEPEST = 256;

/** Whether a JSON text nests deeper than anything that the API documents by far. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character === 0x22 /* " */) {
      for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++)
        if (text.charCodeAt(i) === 0x5c /* \ */) i++;
    } else if (character === 0x7b /* { */ || character === 0x5b /* [ */) {
      if (++depth > DEEPEST) return true;
    } else if (character === 0x7d /* } */ || character === 0x5d /* ] */) depth--;
  }
  return false;
}
