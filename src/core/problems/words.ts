import { FIELDS } from '../contract/fields';
import type { SyntaxReason } from '../document/document';
import { characterWords, oddCharacter } from '../document/lookAlikes';
import { hasPlaceholder } from '../document/placeholders';
import type { BaseUrlFault } from '../environments/baseUrl';
import { ANSWER_WORDS } from './answerWords';
import {
  clip,
  either,
  list,
  NOT_SENT,
  timeOf,
  waitWords,
  type Situation,
  type Words,
  type WordsOf,
} from '../phrases';
import type { DocumentProblems, Problem, ProblemArguments, SendingProblems } from './problem';

/** The text of a problem. A kind without words does not compile. */
export function wordsOf(problem: Problem, situation: Situation): Words {
  const write = WORDS[problem.kind] as (given: object, situation: Situation) => Words;
  return write(problem.arguments, situation);
}

const DOCUMENT_WORDS: WordsOf<DocumentProblems> = {
  'json-syntax': (fault) => ({
    message:
      'found' in fault ? `This is ${fault.found}, which JSON does not take here.` : SYNTAX[fault.reason],
    guidance: [SYNTAX_GUIDANCE[fault.reason] ?? 'Correct the JSON; nothing can be sent before.'],
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
    guidance: [
      ...(hasPlaceholder(field)
        ? ['A placeholder is filled in where it stands in a value, never in a name.']
        : []),
      near ? `Did you mean "${near}"?` : 'Remove it, or leave it if the vendor told you of it.',
    ],
  }),
  'field-misnamed': ({ field, meant, isPresent }) => ({
    message: isPresent
      ? `"${clip(field)}" and "${meant}" name the same field: a server may read either.`
      : `"${clip(field)}" must be named "${meant}"${oddity(field)}.`,
    guidance: [isPresent ? 'Keep the one you mean, and remove the other.' : `Rename it to "${meant}".`],
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
    message: `"${clip(value)}" is no amount${oddity(value)}: digits with at most 2 decimals, such as "1500.00".`,
    guidance: ['Write digits and a point: no sign, no exponent, no separators, no currency.'],
  }),
  'amount-zero': () => ({
    message: 'The amount is zero.',
    guidance: ['Write the amount that the customer is to pay.'],
  }),
  'amount-minor-units': ({ value, currency, decimals }) => ({
    message: `${currency} has ${decimals === 0 ? 'no decimals' : decimals === 1 ? '1 decimal' : `${decimals} decimals`}, and the amount is ${clip(value, 30)}.`,
    guidance: ['Check the amount and the currency.'],
  }),
  'currency-format': ({ value }) => ({
    message: `"${clip(value)}" is no currency code${oddity(value)}: 3 uppercase letters, such as "UAH".`,
    guidance: ['Write the ISO 4217 code of the currency.'],
  }),
  'currency-unknown': ({ value, near }) => ({
    message: `"${clip(value)}" is no active currency code of ISO 4217.`,
    guidance: [
      near.length > 0 ? `Did you mean ${either(near)}?` : 'Write the ISO 4217 code of the currency.',
    ],
  }),
  'url-format': ({ field, value }) => ({
    message: `"${field}" is no absolute http or https URL${oddity(value)}.`,
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
  'placeholder-unknown': ({ expression, near }) => ({
    message: `There is no placeholder {{${clip(expression)}}}.`,
    guidance: [
      ...(near === undefined ? [] : [`Did you mean {{${near}}}?`]),
      'Use $uuid, $timestamp, $isoTimestamp, $randomInt MIN MAX, $webhookUrl, or a name from the setting eccaex.variables.',
    ],
  }),
  'webhook-url-absent': ({ environment }) => ({
    message: `{{$webhookUrl}} has no value in ${environment}.`,
    guidance:
      environment === 'sandbox'
        ? ['Start the webhook listener.']
        : [
            `Set eccaex.webhooks.publicUrl.${environment} to the URL at which the API reaches the webhook listener: a public forwarded port, or your own tunnel.`,
          ],
  }),
  'placeholder-format': ({ expression, isClosed, near }) => ({
    message: isClosed
      ? `{{${clip(expression)}}} is written in a way that it does not take.`
      : `The placeholder {{${clip(expression)} is not closed: }} is missing. A request cannot have {{ in a text otherwise.`,
    guidance: [
      ...(near === undefined ? [] : [`Did you mean {{${near}}}?`]),
      '{{$uuid}}, {{$timestamp}} and {{$isoTimestamp}} stand alone; {{$randomInt 1 100}} takes two integers.',
    ],
  }),
  'placeholder-foreign': ({ text, ours }) => ({
    message: `${clip(text)} is another tool’s placeholder: it would be sent as it is.`,
    guidance: [
      ours === undefined
        ? 'Write the value, or a placeholder such as {{$uuid}} or {{name}} with a name from the setting eccaex.variables.'
        : `Write {{${ours}}}.`,
    ],
  }),
  'external-id-repeated': ({ value }) => ({
    message: `"${clip(value)}" is the external_id of an earlier request of this batch; each needs its own.`,
    guidance: ['Give this request another external_id.'],
  }),

  'more-problems': ({ count }) => ({
    message: `${count} more ${count === 1 ? 'problem is' : 'problems are'} not listed.`,
    guidance: ['Mend those that are listed first.'],
  }),
  'amount-outside-limits': ({ amount, currency, limits, environment, fetchedAt }) => ({
    message: `No payment method for ${currency} takes ${clip(amount, 30)}: ${limitsOf(limits)}, as fetched at ${timeOf(fetchedAt)} from ${environment}.`,
    guidance: ['Write an amount that one of them takes, or fetch the payment methods again.'],
  }),
  'currency-not-offered': ({ currency, near, environment, fetchedAt }) => ({
    message: `The merchant has no ${currency}, as fetched at ${timeOf(fetchedAt)} from ${environment}.`,
    guidance: [
      near.length > 0
        ? `Use a currency that it has, such as ${either(near.map((code) => clip(code)))}, or fetch the currencies again.`
        : 'Fetch the currencies again.',
    ],
  }),
  'key-in-file': ({ environment }) => ({
    message: `This is the API key of ${environment}: whoever reads the file can use the merchant account.`,
    guidance: [
      'Take it out of the file: the key is sent in the X-Api-Key header by itself.',
      'If the file was shared or committed, rotate the key in the merchant dashboard: deleting it here does not help.',
    ],
  }),
};

/** Where a value looks right and is not: the character that makes the difference. */
function oddity(value: string): string {
  const odd = oddCharacter(value);
  if (odd === undefined) return '';
  if (odd === ' ') return value.startsWith(' ') ? ' (it begins with a space)' : ' (it ends with a space)';
  return ` (it contains ${characterWords(odd)})`;
}

/** As many methods as a person reads in one sentence. */
const MOST_METHODS = 3;

function limitsOf(limits: DocumentProblems['amount-outside-limits']['limits']): string {
  const named = limits
    .slice(0, MOST_METHODS)
    .map(({ name, min, max }) => `${clip(name)} ${clip(min, 30)} to ${clip(max, 30)}`);
  const more = limits.length - named.length;
  return list(more > 0 ? [...named, `${more} more`] : named);
}

const SENDING_WORDS: WordsOf<SendingProblems> = {
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
  'key-refused': ({ environment, code }) => ({
    message: `The API refused the key for ${environment} with an earlier request of this send (${clip(code)}). ${NOT_SENT}`,
    guidance: ['See what to do about the request that was refused.', 'Then send this one again.'],
  }),
  'rate-limited': ({ wait }) => ({
    message: `The API limits how often requests may be sent, and refused an earlier request of this send (HTTP 429). ${NOT_SENT}`,
    guidance: [`${waitWords(wait)}, then send the rest.`],
  }),
  'untrusted-workspace': () => ({
    message: `Requests are sent from trusted workspaces only. ${NOT_SENT}`,
    guidance: ['If you know where these files come from, trust the workspace and send again.'],
  }),
};

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
  placeholder: 'A placeholder stands inside a text, in double quotes.',
  'merge-conflict': 'This is a marker of a merge conflict.',
  quotes: 'JSON takes double quotes (") only.',
  literal: 'JSON writes true, false and null, in small letters.',
  semicolon: 'JSON has no semicolons.',
  'after-end': 'Nothing may stand after the end of the request.',
  symbol: 'This is not valid JSON: names and texts stand in double quotes.',
  'not-utf-8': 'The file is not encoded in UTF-8, as JSON is.',
};

const SYNTAX_GUIDANCE: Partial<Readonly<Record<DocumentProblems['json-syntax']['reason'], string>>> = {
  placeholder: 'Put it in quotes: what it stands for is filled in when the request is sent.',
  'merge-conflict': 'Keep one side, and remove the other and the lines with <<<<<<<, ======= and >>>>>>>.',
  character: 'Write the plain character of the keyboard.',
  quotes: 'Write double quotes around names and texts.',
};

/** What is wrong with a base URL: `is not a URL`. */
export const BASE_URL: Readonly<Record<BaseUrlFault, string>> = {
  'not-a-url': 'is not a URL',
  scheme: 'is neither https nor http',
  'plain-http': 'is not encrypted; http is allowed to localhost, 127.0.0.1 and [::1] alone',
  credentials: 'has a user name or password in it',
  query: 'has a query or a fragment in it',
};

function article(type: ProblemArguments['field-type']['found']): string {
  return type === 'null' ? 'null' : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function descriptionOf(name: string): string {
  return FIELDS.find((field) => field.name === name)?.description ?? '';
}

const WORDS: WordsOf<ProblemArguments> = { ...DOCUMENT_WORDS, ...SENDING_WORDS, ...ANSWER_WORDS };
