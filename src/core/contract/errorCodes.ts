/**
 * The error codes that the vendor documents, with the HTTP status of each.
 * Its whole list is not public: any other code can come, and is shown as it came.
 */
export const DOCUMENTED_ERRORS = {
  API_KEY_MISSING: 401,
  API_KEY_INVALID: 403,
  OWNER_BLOCKED: 403,
  MERCHANT_BLOCKED: 403,
  MERCHANT_NOT_ACTIVE: 403,
  MISSING_REQUIRED_URLS: 422,
  RATES_UNAVAILABLE: 503,
  RATES_INVALID: 503,
  RATE_INVALID: 422,
  RATE_NOT_FOUND: 404,
} as const;

export type DocumentedErrorCode = keyof typeof DOCUMENTED_ERRORS;

/** The codes that any endpoint can answer with, and that are about the key or the account behind it. */
const AUTHENTICATION_ERRORS: ReadonlySet<string> = new Set<DocumentedErrorCode>([
  'API_KEY_MISSING',
  'API_KEY_INVALID',
  'OWNER_BLOCKED',
  'MERCHANT_BLOCKED',
  'MERCHANT_NOT_ACTIVE',
]);

export function isAuthenticationError(code: string): boolean {
  return AUTHENTICATION_ERRORS.has(code);
}

export function isDocumentedErrorCode(code: string): code is DocumentedErrorCode {
  return Object.hasOwn(DOCUMENTED_ERRORS, code);
}
