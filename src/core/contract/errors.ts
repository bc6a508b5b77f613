import type { DOCUMENTATION } from './documentation';
import { STEPS } from '../sharedWords';

/**
 * What an error is about. It decides where the error shows in a request, and which fixes it has:
 * `no-key` and `key` the key; `account` the account behind it, which no other key helps; `urls` the URL fields that
 * the request leaves out; `rates` nothing that the request or the key could change at once.
 */
type ErrorSubject = 'no-key' | 'key' | 'account' | 'urls' | 'rates';

export interface DocumentedError {
  /** HTTP. */
  readonly status: number;
  /** The vendor's page on it. */
  readonly page: keyof typeof DOCUMENTATION;
  readonly about: ErrorSubject;
  /** In our words, without a full stop: what the API says may follow. */
  readonly message: string;
  readonly guidance: readonly string[];
}

/** The vendor's page on authentication says so. */
export const WHERE_KEYS_ARE_MADE = 'merchant dashboard, Settings → API Keys → Generate new key';

export const CONTACT_SUPPORT = 'If it stays, give the request id to the vendor’s support.';
const ASK_SUPPORT = 'Another key of the same account does not help: ask the vendor’s support.';

/**
 * The error codes that the vendor documents, a row each: here is all that the extension knows of them, and the
 * sandbox's response is in `sandbox/documentedErrors.ts`.
 * The vendor's whole list is not public: any other code can come, and is shown as it came.
 */
const ERRORS = {
  API_KEY_MISSING: {
    status: 401,
    page: 'authentication',
    about: 'no-key',
    message: 'The API got no key',
    guidance: ['Set the key for this environment.', `To get one: ${WHERE_KEYS_ARE_MADE}.`],
  },
  API_KEY_INVALID: {
    status: 403,
    page: 'authentication',
    about: 'key',
    message: 'The API does not accept the key: it is wrong or was deactivated',
    guidance: [
      'Replace the key.',
      'Check that it belongs to this environment, or switch to the one it belongs to.',
      `A new key is made in the ${WHERE_KEYS_ARE_MADE}.`,
    ],
  },
  OWNER_BLOCKED: {
    status: 403,
    page: 'authentication',
    about: 'account',
    message: 'The owner of the merchant account is blocked',
    guidance: [ASK_SUPPORT, STEPS.checkEnvironment],
  },
  MERCHANT_BLOCKED: {
    status: 403,
    page: 'authentication',
    about: 'account',
    message: 'The merchant account is banned',
    guidance: [ASK_SUPPORT, STEPS.checkEnvironment],
  },
  MERCHANT_NOT_ACTIVE: {
    status: 403,
    page: 'authentication',
    about: 'account',
    message: 'The merchant account is not activated yet',
    guidance: [
      'Activate the account in the merchant dashboard, or ask the vendor’s support.',
      STEPS.checkEnvironment,
    ],
  },
  MISSING_REQUIRED_URLS: {
    status: 422,
    page: 'invoices',
    about: 'urls',
    message: 'URLs are missing, and the merchant’s settings hold no default for them',
    guidance: ['Add the missing URLs.', 'Or set defaults in the merchant dashboard, and send again.'],
  },
  RATES_UNAVAILABLE: {
    status: 503,
    page: 'currencies',
    about: 'rates',
    message: 'The API has no exchange rates at the moment',
    guidance: ['Wait, then send again.', CONTACT_SUPPORT],
  },
  RATES_INVALID: {
    status: 503,
    page: 'currencies',
    about: 'rates',
    message: 'The API’s exchange rates are not usable at the moment',
    guidance: ['Wait, then send again.', CONTACT_SUPPORT],
  },
  RATE_INVALID: {
    status: 422,
    page: 'currencies',
    about: 'rates',
    message: 'The API’s rate for this currency is not usable',
    guidance: ['Try another currency.', CONTACT_SUPPORT],
  },
  RATE_NOT_FOUND: {
    status: 404,
    page: 'currencies',
    about: 'rates',
    message: 'The API has no rate for this currency',
    guidance: ['Check the currency code.', 'Try another currency.'],
  },
} as const satisfies Readonly<Record<string, DocumentedError>>;

type DocumentedErrorCode = keyof typeof ERRORS;

/** By code. */
export const DOCUMENTED_ERRORS: Readonly<Record<DocumentedErrorCode, DocumentedError>> = ERRORS;

/** `undefined` for a code that the vendor does not document. */
export function documentedError(code: string): DocumentedError | undefined {
  return Object.hasOwn(DOCUMENTED_ERRORS, code) ? DOCUMENTED_ERRORS[code as DocumentedErrorCode] : undefined;
}

/** Whether an error is about the key or the account behind it: any endpoint can respond with it. */
export function isAuthenticationError(code: string): boolean {
  const about = documentedError(code)?.about;
  return about === 'no-key' || about === 'key' || about === 'account';
}
