import { type Answer, type Details, envelope, json } from './answers';

interface DocumentedError {
  status: number;
  /** The sandbox's wording; the vendor's is known for `API_KEY_INVALID` alone. */
  message: string;
  details?: Details;
}

/**
 * Every error that the vendor documents, with its documented status. The vendor's examples show an empty
 * `details` and call it optional, so some have it here and some do not.
 */
export const DOCUMENTED_ERRORS = {
  API_KEY_MISSING: { status: 401, message: 'API key is missing', details: {} },
  API_KEY_INVALID: { status: 403, message: 'Invalid or inactive API key', details: {} },
  OWNER_BLOCKED: { status: 403, message: 'The owner of the merchant account is blocked' },
  MERCHANT_BLOCKED: { status: 403, message: 'The merchant account is banned' },
  MERCHANT_NOT_ACTIVE: { status: 403, message: 'The merchant account is not activated yet' },
  MISSING_REQUIRED_URLS: {
    status: 422,
    message: 'callback_url, success_url and fail_url are required: the merchant has no defaults for them',
  },
  RATES_UNAVAILABLE: { status: 503, message: 'Rates are temporarily unavailable', details: {} },
  RATES_INVALID: { status: 503, message: 'Rates are invalid', details: {} },
  RATE_INVALID: { status: 422, message: 'The rate is invalid' },
  RATE_NOT_FOUND: { status: 404, message: 'The rate is not found' },
} as const satisfies Record<string, DocumentedError>;

export type DocumentedCode = keyof typeof DOCUMENTED_ERRORS;

export function documentedError(code: DocumentedCode): Answer {
  const { status, message, details }: DocumentedError = DOCUMENTED_ERRORS[code];
  return json(status, envelope(code, message, details));
}
