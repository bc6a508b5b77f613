import { FIELDS } from '../contract/fields';
import { isDocumentedErrorCode, type DocumentedErrorCode } from '../contract/errorCodes';
import type { Environment } from '../environments/environment';
import type { BaseUrlFault } from '../environments/baseUrl';
import { clip } from './clip';
import type { Problem, ProblemArguments, ProblemKind } from './problem';
import type { SyntaxReason } from '../document/document';

/** What the words depend on beside the problem. */
export interface Situation {
  readonly environment: Environment;
}

export interface Words {
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to do, step by step, the most likely first. */
  readonly guidance: readonly string[];
}

type Writer<Kind extends ProblemKind> = (
  given: Readonly<ProblemArguments[Kind]>,
  situation: Situation,
) => Words;

/** The text of a problem. A kind without words does not compile. */
export function wordsOf(problem: Problem, situation: Situation): Words {
  const write = WORDS[problem.kind] as Writer<ProblemKind>;
  return write(problem.arguments, situation);
}

export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

const MAYBE_CREATED =
  'The invoice may have been created: look for its external_id in the merchant dashboard before you send again.';
const NOT_SENT = 'Nothing was sent.';
const CONTACT_SUPPORT = 'If it stays, give the request id to the vendor’s support.';

const WORDS: { readonly [Kind in ProblemKind]: Writer<Kind> } = {
  'json-syntax': ({ reason }) => ({
    message: SYNTAX[reason],
    guidance: ['Correct the JSON; nothing can be sent before.'],
  }),
  'json-comment': () => ({
    message: 'JSON that is sent has no comments.',
    guidance: ['Remove the comment.'],
  }),
  'json-trailing-comma': () => ({
    message: 'JSON that is sent has no comma after the last entry.',
    guidance: ['Remove the comma.'],
  }),
  'json-duplicate-key': ({ key }) => ({
    message: `"${clip(key)}" stands here a second time; only one of the two values can count.`,
    guidance: ['Keep the one you mean and remove the other.'],
  }),
  'root-type': ({ found }) => ({
    message:
      found === 'empty-array'
        ? 'An empty list has no invoice to create.'
        : `A request is one object, or a list of objects for a batch; this is ${article(found)}.`,
    guidance: ['Write one invoice as { … }, or several as [ { … }, { … } ].'],
  }),
  'field-missing': ({ field }) => ({
    message: `"${field}" is missing: the API requires it.`,
    guidance: [`Add "${field}". ${descriptionOf(field)}`],
  }),
  'urls-missing': ({ fields }) => ({
    message: `${list(fields)} ${fields.length === 1 ? 'is' : 'are'} missing: the API takes that only with defaults in the merchant’s settings.`,
    guidance: ['Add them, or set defaults in the merchant dashboard.'],
  }),
  'field-type': ({ field, found }) => ({
    message: `"${field}" is ${article(found)}; the API takes a string.`,
    guidance: [found === 'number' ? 'Put the number in quotes.' : 'Write a string in double quotes.'],
  }),
  'field-unknown': ({ field, near }) => ({
    message: `The API documents no field "${clip(field)}".`,
    guidance: [near ? `Did you mean "${near}"?` : 'Remove it, or leave it if the vendor told you of it.'],
  }),
  'field-empty': ({ field }) => ({
    message: `"${field}" is empty: the API requires it.`,
    guidance: [`Fill it in. ${descriptionOf(field)}`],
  }),
  'field-too-long': ({ field, limit, length }) => ({
    message: `"${field}" has ${length} characters; the API takes ${limit}.`,
    guidance: ['Shorten it.'],
  }),
  'amount-format': ({ value }) => ({
    message: `"${clip(value)}" is no amount: digits with at most 2 decimals, such as "1500.00".`,
    guidance: ['Write digits and a point: no sign, no exponent, no separators, no currency.'],
  }),
  'amount-zero': () => ({
    message: 'The amount is zero.',
    guidance: ['Write the amount that the customer is to pay.'],
  }),
  'currency-format': ({ value }) => ({
    message: `"${clip(value)}" is no currency code: 3 uppercase letters, such as "UAH".`,
    guidance: ['Write the ISO 4217 code of the currency.'],
  }),
  'url-format': ({ field }) => ({
    message: `"${field}" is no absolute http or https URL.`,
    guidance: ['Write the whole address, with https:// in front.'],
  }),
  'url-insecure': ({ field, why }) => ({
    message:
      why === 'http'
        ? `"${field}" is not encrypted: what is sent there can be read and changed on the way.`
        : `"${field}" has a user name or password in it.`,
    guidance: [why === 'http' ? 'Use https.' : 'Take the credentials out: URLs end up in logs.'],
  }),
  'url-unreachable': ({ field, host }) => ({
    message: `${host} is an address on your own network: the vendor cannot reach "${field}".`,
    guidance: ['Use a public address, or a tunnel to this machine.'],
  }),
  'placeholder-unknown': ({ expression }) => ({
    message: `There is no placeholder {{${clip(expression)}}}.`,
    guidance: [
      'Use $uuid, $timestamp, $isoTimestamp, $randomInt MIN MAX, or a name from the setting eccaex.variables.',
    ],
  }),
  'placeholder-format': ({ expression }) => ({
    message: `{{${clip(expression)}}} is written in a way that it does not take.`,
    guidance: [
      '{{$uuid}}, {{$timestamp}} and {{$isoTimestamp}} stand alone; {{$randomInt 1 100}} takes two integers.',
    ],
  }),
  'external-id-repeated': ({ value }) => ({
    message: `"${clip(value)}" is the external_id of an earlier request of this batch; each needs its own.`,
    guidance: ['Give this request another external_id.'],
  }),

  'key-in-file': ({ environment }) => ({
    message: `This is the API key of ${environment}: whoever reads the file can use the merchant account.`,
    guidance: [
      'Take it out of the file: the key is sent in the X-Api-Key header by itself.',
      'If the file was shared or committed, rotate the key in the merchant dashboard: deleting it here does not help.',
    ],
  }),

  'key-absent': ({ environment }) => ({
    message: `There is no API key for ${environment}. ${NOT_SENT}`,
    guidance: [
      'Set the key. It is kept in VS Code’s SecretStorage.',
      'To get one: merchant dashboard, Settings → API Keys → Generate new key.',
    ],
  }),
  'key-unreadable': ({ environment }) => ({
    message: `The API key for ${environment} is stored, but cannot be read. ${NOT_SENT}`,
    guidance: ['Unlock the keychain of your system and send again.', 'Or set the key anew.'],
  }),
  'key-other-origin': ({ environment, keyOrigin, origin }) => ({
    message: `The API key for ${environment} was given for ${keyOrigin}, and the base URL is now at ${origin}. ${NOT_SENT}`,
    guidance: [
      'If you changed the base URL on purpose, set the key for it.',
      'Otherwise correct the base URL in your user settings.',
    ],
  }),
  'url-unsafe': ({ environment, fault }) => ({
    message: `The base URL of ${environment} ${BASE_URL[fault]}. ${NOT_SENT}`,
    guidance: [`Correct eccaex.baseUrl.${environment} in your user settings.`],
  }),
  'not-confirmed': () => ({
    message: `The send was not confirmed. ${NOT_SENT}`,
    guidance: ['Send again and confirm.'],
  }),
  'untrusted-workspace': () => ({
    message: `Requests are sent from trusted workspaces only. ${NOT_SENT}`,
    guidance: ['If you know where these files come from, trust the workspace and send again.'],
  }),

  envelope: (given, situation) => ({
    message: envelopeMessage(given),
    guidance: envelopeGuidance(given, situation),
  }),
  'http-status': ({ status }) => ({
    message: `The answer was HTTP ${status}, without the API’s error envelope: it probably comes from something in front of the API.`,
    guidance:
      status === 401 || status === 403
        ? CHECK_KEY_FIRST
        : status === 429
          ? ['Wait, then send again.']
          : status >= 500
            ? [MAYBE_CREATED, 'Then send again.']
            : ['Check the base URL.', 'Check the proxy settings.'],
  }),
  redirect: ({ status, location }) => ({
    message: `The server redirects (HTTP ${status}) to ${location ? clip(location, 200) : 'nowhere'}. It was not followed: the key stays where it belongs.`,
    guidance: [
      'Check the base URL in your user settings: the API itself documents no redirect.',
      'If a proxy or a login page stands between, sign in there first.',
    ],
  }),
  'not-json': ({ status }) => ({
    message: `The answer (HTTP ${status}) is not JSON.`,
    guidance: [MAYBE_CREATED, 'Check the base URL and the proxy settings.'],
  }),
  'not-an-invoice': ({ status }) => ({
    message: `The answer (HTTP ${status}) is JSON, but no invoice.`,
    guidance: [MAYBE_CREATED, 'Check the base URL.'],
  }),
  timeout: ({ seconds }) => ({
    message: `No answer within ${seconds} s.`,
    guidance: [MAYBE_CREATED, 'To wait longer, raise the setting eccaex.timeoutSeconds.'],
  }),
  connection: ({ reason, detail }) => ({
    message:
      reason === 'never-left'
        ? `The server could not be reached (${clip(detail, 200)}). ${NOT_SENT}`
        : reason === 'stopped'
          ? 'You stopped the send before the answer came.'
          : `The connection broke before the answer came (${clip(detail, 200)}).`,
    guidance:
      reason === 'never-left'
        ? ['Check the base URL, the network and the proxy settings.', 'Then send again.']
        : [MAYBE_CREATED],
  }),
  truncated: ({ reason }) => ({
    message:
      reason === 'short'
        ? 'The answer broke off before its end.'
        : 'The answer was longer than 10 MB and was cut off.',
    guidance: [MAYBE_CREATED],
  }),
};

const CHECK_KEY_FIRST = [
  'Check the key first: verify it, or replace it.',
  'Check that the right environment is active.',
];

const DOCUMENTED: Readonly<Record<DocumentedErrorCode, Words>> = {
  API_KEY_MISSING: {
    message: 'The API got no key',
    guidance: [
      'Set the key for this environment.',
      'To get one: merchant dashboard, Settings → API Keys → Generate new key.',
    ],
  },
  API_KEY_INVALID: {
    message: 'The API does not accept the key: it is wrong or was deactivated',
    guidance: [
      'Replace the key.',
      'Check that it belongs to this environment, or switch to the one it belongs to.',
      'A new key is made in the merchant dashboard, Settings → API Keys → Generate new key.',
    ],
  },
  OWNER_BLOCKED: {
    message: 'The owner of the merchant account is blocked',
    guidance: [
      'Another key of the same account does not help: ask the vendor’s support.',
      'Check that the right environment is active.',
    ],
  },
  MERCHANT_BLOCKED: {
    message: 'The merchant account is banned',
    guidance: [
      'Another key of the same account does not help: ask the vendor’s support.',
      'Check that the right environment is active.',
    ],
  },
  MERCHANT_NOT_ACTIVE: {
    message: 'The merchant account is not activated yet',
    guidance: [
      'Activate the account in the merchant dashboard, or ask the vendor’s support.',
      'Check that the right environment is active.',
    ],
  },
  MISSING_REQUIRED_URLS: {
    message: 'URLs are missing, and the merchant’s settings hold no default for them',
    guidance: ['Add the missing URLs.', 'Or set defaults in the merchant dashboard, and send again.'],
  },
  RATES_UNAVAILABLE: {
    message: 'The API has no exchange rates at the moment',
    guidance: ['Wait, then send again.', CONTACT_SUPPORT],
  },
  RATES_INVALID: {
    message: 'The API’s exchange rates are not usable at the moment',
    guidance: ['Wait, then send again.', CONTACT_SUPPORT],
  },
  RATE_INVALID: {
    message: 'The API’s rate for this currency is not usable',
    guidance: ['Try another currency.', CONTACT_SUPPORT],
  },
  RATE_NOT_FOUND: {
    message: 'The API has no rate for this currency',
    guidance: ['Check the currency code.', 'Try another currency.'],
  },
};

function envelopeMessage({ code, message, detail, missing, status }: ProblemArguments['envelope']): string {
  const said = clip(detail ?? message, 500);
  const oddly = status < 400 ? ` This is an error, though the HTTP status is ${status}.` : '';
  if (!isDocumentedErrorCode(code))
    return sentence(said === '' ? `The API refused the request: ${clip(code)}` : said) + oddly;
  const ours =
    code === 'MISSING_REQUIRED_URLS' && missing.length > 0
      ? `${list(missing)} ${missing.length === 1 ? 'is' : 'are'} missing, and the merchant’s settings hold no default`
      : DOCUMENTED[code].message;
  return sentence(said === '' ? ours : `${ours}. The API says: ${said}`) + oddly;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function envelopeGuidance(
  { code, status }: ProblemArguments['envelope'],
  { environment }: Situation,
): readonly string[] {
  if (isDocumentedErrorCode(code)) {
    const { guidance } = DOCUMENTED[code];
    return environment === 'sandbox' && (status === 401 || status === 403)
      ? ['Give the sandbox its working key: sandbox_active.', ...guidance.slice(1)]
      : guidance;
  }
  if (status < 400) return [MAYBE_CREATED, CONTACT_SUPPORT];
  if (status === 401 || status === 403) return CHECK_KEY_FIRST;
  if (status === 404) return ['Check the base URL.', CONTACT_SUPPORT];
  if (status === 409) return ['Give the request another external_id, if this one is taken.', CONTACT_SUPPORT];
  if (status === 429) return ['Wait, then send again.'];
  if (status >= 500) return ['The fault is on the vendor’s side: wait, then send again.', CONTACT_SUPPORT];
  return ['Correct what the message names, then send again.', CONTACT_SUPPORT];
}

const SYNTAX: Readonly<Record<SyntaxReason | 'not-utf-8', string>> = {
  nothing: 'There is no request in this file.',
  'too-deep': 'This is nested too deep to be a request.',
  comma: 'A comma is missing before this.',
  colon: 'A colon is missing before this.',
  'property-name': 'A field name in double quotes belongs here.',
  value: 'A value belongs here.',
  unclosed: 'The file ends too early: a bracket, a brace or a quote is not closed.',
  string: 'This string is not valid JSON: check its quotes, escapes and line breaks.',
  number: 'This number is not valid JSON: check its digits, and whether it begins with a 0.',
  'after-end': 'Nothing may stand after the end of the request.',
  symbol: 'This is not valid JSON: names and texts stand in double quotes.',
  'not-utf-8': 'The file is not encoded in UTF-8, as JSON is.',
};

const BASE_URL: Readonly<Record<BaseUrlFault, string>> = {
  'not-a-url': 'is not a URL',
  scheme: 'is neither https nor http',
  'plain-http': 'is not encrypted; http is allowed to this machine alone',
  credentials: 'has a user name or password in it',
  query: 'has a query or a fragment in it',
};

function article(type: ProblemArguments['field-type']['found']): string {
  return type === 'null' ? 'null' : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function descriptionOf(name: string): string {
  return FIELDS.find((field) => field.name === name)?.description ?? '';
}
