import { CONTACT_SUPPORT, documentedError, WHERE_KEYS_ARE_MADE } from '../contract/errors';
import { clip, list, NOT_SENT, waitWords, type Situation, type WordsOf } from '../phrases';
import type { AnswerProblems } from './problem';
import type { Wait } from '../contract/retryAfter';
import { STEPS } from '../sharedWords';

/** For a create that may have been carried out. */
export const MAYBE_CREATED =
  'The invoice may have been created: look for its external_id in the merchant dashboard before you send again.';

/** What a response, or its absence, means, and what to do about it. */
export const ANSWER_WORDS: WordsOf<AnswerProblems> = {
  envelope: (given, situation) => ({
    message: envelopeMessage(given),
    guidance: envelopeGuidance(given, situation),
  }),
  'http-status': ({ status, said = '', wait }) => ({
    message:
      said === ''
        ? `HTTP ${status} from a gateway or proxy, not from the API.`
        : sentence(`HTTP ${status}, not in the API’s format: ${clip(said, 500)}`),
    guidance: statusGuidance(status, said !== '', wait),
  }),
  'invoice-differs': ({ field, sent, received }) => ({
    message: `The invoice has ${field} "${clip(received)}"; this request sent "${clip(sent)}".`,
    guidance: ['Compare them in the merchant dashboard before the customer pays.'],
  }),
  unreadable: ({ status, fault }) => ({
    message: `The response${status === undefined ? '' : ` (HTTP ${status})`} could not be read: ${sentence(clip(fault, 200))}`,
    guidance: [MAYBE_CREATED, 'This is a bug in this extension. Report it with the response.'],
  }),
  redirect: ({ status, location, host }) => ({
    message: `The server redirects (HTTP ${status}) to ${redirectTarget(location, host)}. The extension did not follow: the key stays with its host.`,
    guidance: [
      'Check the base URL in your user settings. The API documents no redirects.',
      'If there is a proxy or login page in between, sign in there first.',
    ],
  }),
  'not-json': ({ status }) => ({
    message: `The response (HTTP ${status}) is not JSON.`,
    guidance: [MAYBE_CREATED, STEPS.checkBaseUrlAndProxy],
  }),
  'not-an-invoice': ({ status }) => ({
    message: `The response (HTTP ${status}) is JSON, but not an invoice.`,
    guidance: [MAYBE_CREATED, STEPS.checkBaseUrl],
  }),
  'not-data': ({ status }) => ({
    message: `The response (HTTP ${status}) is JSON, but not what the vendor documents for this endpoint.`,
    guidance: [STEPS.checkBaseUrl, CONTACT_SUPPORT],
  }),
  timeout: ({ seconds }) => ({
    message: `No response within ${seconds} s.`,
    guidance: [MAYBE_CREATED, STEPS.raiseTimeout],
  }),
  connection: ({ reason, detail }) => ({
    message: CONNECTION[reason](clip(detail, 200)),
    guidance: reason === 'never-left' ? [STEPS.checkNetwork, 'Then send again.'] : [MAYBE_CREATED],
  }),
  truncated: ({ reason }) => ({
    message:
      reason === 'short'
        ? 'The response broke off before its end.'
        : 'The response is longer than 10 MB and was cut off.',
    guidance: [MAYBE_CREATED],
  }),
};

/** The host first: an address can be written to look like another. */
function redirectTarget(location: string | undefined, host: string | undefined): string {
  if (!location) return 'nowhere';
  return host === undefined ? clip(location, 200) : `${clip(host)} (${clip(location, 200)})`;
}

const CONNECTION: Readonly<Record<AnswerProblems['connection']['reason'], (detail: string) => string>> = {
  'never-left': (detail) => `The server could not be reached (${detail}). ${NOT_SENT}`,
  reset: (detail) => `The connection broke before the response arrived (${detail}).`,
  'not-http': (code) =>
    `The server’s response is not valid HTTP: ${NOT_HTTP[code] ?? `the parser stops with ${code}`}.`,
  stopped: () => 'You canceled before the response arrived.',
  ended: () => 'VS Code closed before the response arrived.',
};

/** What the codes of Node's parser mean. */
const NOT_HTTP: Readonly<Record<string, string>> = {
  HPE_INVALID_CONSTANT: 'it does not begin with a status line',
  HPE_INVALID_VERSION: 'its status line names an unknown version',
  HPE_INVALID_STATUS: 'its status line has no valid status',
  HPE_HEADER_OVERFLOW: 'its headers are longer than 16 KB',
  HPE_INVALID_HEADER_TOKEN: 'a header has a character that is not allowed there',
  HPE_INVALID_CONTENT_LENGTH: 'its Content-Length is not a number',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'it has two lengths',
  HPE_INVALID_TRANSFER_ENCODING: 'its Transfer-Encoding is not valid',
  HPE_INVALID_CHUNK_SIZE: 'a chunk has no valid length',
  HPE_CR_EXPECTED: 'a line break is not valid',
  HPE_LF_EXPECTED: 'a line break is not valid',
  HPE_STRICT: 'a line break is not valid',
};

function statusGuidance(status: number, saysWhy: boolean, wait: Wait | undefined): readonly string[] {
  if (status === 401 || status === 403) return CHECK_KEY_FIRST;
  if (status === 429) return [`${waitWords(wait)}, then send again.`];
  if (status >= 500)
    return [MAYBE_CREATED, wait ? `${waitWords(wait)}, then send again.` : 'Then send again.'];
  if (status < 400) return [MAYBE_CREATED, STEPS.checkBaseUrlAndProxy];
  return [
    ...(saysWhy ? ['Correct what the message names, then send again.'] : []),
    STEPS.checkBaseUrl,
    STEPS.checkProxy,
  ];
}

const CHECK_KEY_FIRST = ['Check the key first: verify it, or replace it.', STEPS.checkEnvironment];

const ROTATE = [
  `Rotate the key: make a new one in the ${WHERE_KEYS_ARE_MADE}.`,
  'If your team didn’t deactivate the old one, find out who did.',
];

function envelopeMessage(given: AnswerProblems['envelope']): string {
  const { code, message, detail, missing, status } = given;
  const said = clip(detail ?? message, 500);
  const oddly = status < 400 ? ` This is an error, though the HTTP status is ${status}.` : '';
  const documented = documentedError(code);
  if (!documented)
    return sentence(said === '' ? `The API rejected the request: ${clip(code)}` : said) + oddly;
  const ours =
    documented.about === 'urls' && missing.length > 0
      ? `${list(missing)} ${missing.length === 1 ? 'is' : 'are'} missing, and the merchant’s dashboard has no default`
      : isOfWorkingKey(given)
        ? `This key last worked on ${dayOf(given.keyAcceptedAt)}. It was probably deactivated`
        : documented.message;
  return sentence(said === '' ? ours : `${ours}. The API says: ${said}`) + oddly;
}

/** Whether the key that is refused has worked before. */
export function isOfWorkingKey({
  code,
  keyAcceptedAt,
}: Pick<AnswerProblems['envelope'], 'code' | 'keyAcceptedAt'>): boolean {
  return documentedError(code)?.about === 'key' && keyAcceptedAt !== undefined;
}

const dayOf = (time = '') => time.slice(0, 10);

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function envelopeGuidance(given: AnswerProblems['envelope'], { environment }: Situation): readonly string[] {
  const { code, status, wait } = given;
  if (isOfWorkingKey(given)) return ROTATE;
  const isDenied = status === 401 || status === 403;
  const documented = documentedError(code);
  if (documented) {
    const { guidance } = documented;
    if (status < 400) return [MAYBE_CREATED, ...guidance];
    return environment === 'sandbox' && isDenied
      ? ['Give the sandbox its working key: sandbox_active.', ...guidance.slice(1)]
      : guidance;
  }
  if (status < 400) return [MAYBE_CREATED, CONTACT_SUPPORT];
  if (isDenied) return CHECK_KEY_FIRST;
  if (status === 404) return [STEPS.checkBaseUrl, CONTACT_SUPPORT];
  if (status === 409) return ['Give the request another external_id, if this one is taken.', CONTACT_SUPPORT];
  if (status === 429) return [`${waitWords(wait)}, then send again.`];
  if (status >= 500)
    return [`The fault is on the vendor’s side. ${waitWords(wait)}, then send again.`, CONTACT_SUPPORT];
  return ['Correct what the message names, then send again.', CONTACT_SUPPORT];
}
