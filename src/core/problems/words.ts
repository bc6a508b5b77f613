import { WHERE_KEYS_ARE_MADE } from '../contract/errors';
import { FIELDS } from '../contract/fields';
import type { SyntaxReason } from '../document/document';
import { characterWords, oddCharacter } from '../document/lookAlikes';
import { hasPlaceholder } from '../document/placeholders';
import type { BaseUrlFault } from '../environments/baseUrl';
import { timeOf } from '../times';
import { ANSWER_WORDS } from './answerWords';
import {
  clip,
  either,
  list,
  NOT_SENT,
  waitWords,
  type Situation,
  type Words,
  type WordsOf,
} from '../phrases';
import type { DocumentProblems, Problem, ProblemArguments, SendingProblems } from './problem';
import { STEPS } from '../sharedWords';

/** The text of a problem. A kind without words does not compile. */
export function wordsOf(problem: Problem, situation: Situation): Words {
  const write = WORDS[problem.kind] as (given: object, situation: Situation) => Words;
  return write(problem.arguments, situation);
}

const DOCUMENT_WORDS: WordsOf<DocumentProblems> = {
  'json-syntax': (fault) => ({
    message: 'found' in fault ? `JSON does not allow ${fault.found} here.` : SYNTAX[fault.reason],
    guidance: [SYNTAX_GUIDANCE[fault.reason] ?? 'Correct the JSON. Nothing can be sent until then.'],
  }),
  'json-comment': () => ({
    message: 'JSON does not allow comments.',
    guidance: ['Remove the comment.'],
  }),
  'json-trailing-comma': () => ({
    message: 'JSON does not allow a comma after the last entry.',
    guidance: ['Remove the comma.'],
  }),
  'json-duplicate-key': ({ key }) => ({
    message: `Duplicate field "${clip(key)}". Only one of the two values can count.`,
    guidance: ['Keep the one you mean and remove the other.'],
  }),
  'root-type': ({ found }) => ({
    message:
      found === 'empty-array'
        ? 'The list is empty: there is no invoice to create.'
        : `A request is one object, or a list of objects for a batch. This is ${article(found)}.`,
    guidance: ['Write one invoice as { … }, or several as [ { … }, { … } ].'],
  }),
  'field-missing': ({ field }) => ({
    message: `"${field}" is missing. The API requires it.`,
    guidance: [`Add "${field}". ${descriptionOf(field)}`],
  }),
  'urls-missing': ({ fields }) => ({
    message: `${list(fields)} ${fields.length === 1 ? 'is' : 'are'} missing: required unless the merchant’s dashboard has defaults.`,
    guidance: ['Add them, or set defaults in the merchant dashboard.'],
  }),
  'field-type': ({ field, found }) => ({
    message: `"${field}" must be a string, not ${article(found)}.`,
    guidance: [found === 'number' ? 'Put the number in quotes.' : 'Write a string in double quotes.'],
  }),
  'field-unknown': ({ field, near }) => ({
    message: `Unknown field "${clip(field)}".${near ? ` Did you mean "${near}"?` : ''}`,
    guidance: [
      ...(hasPlaceholder(field) ? ['Placeholders work in values only, not in field names.'] : []),
      near ? `Rename it to "${near}".` : 'Remove it, or keep it if the vendor told you about it.',
    ],
  }),
  'field-misnamed': ({ field, meant, isPresent }) => ({
    message: isPresent
      ? `"${clip(field)}" and "${meant}" are the same field. A server may read either.`
      : `Unknown field "${clip(field)}"${oddity(field) ?? ''}. Did you mean "${meant}"?`,
    guidance: [isPresent ? 'Keep the one you mean and remove the other.' : `Rename it to "${meant}".`],
  }),
  'field-empty': ({ field }) => ({
    message: `"${field}" is empty. The API requires it.`,
    guidance: [`Fill it in. ${descriptionOf(field)}`],
  }),
  'field-too-long': ({ field, limit, length }) => ({
    message: `"${field}" has ${length} characters. The API allows ${limit}.`,
    guidance: ['Shorten it.'],
  }),
  'amount-format': ({ value }) => ({
    message: `"${clip(value)}" is not an amount${oddity(value) ?? ''}. Use digits with at most 2 decimals, such as "1500.00".`,
    guidance: ['Write digits and a point, without sign, exponent, separators or currency.'],
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
    message: `"${clip(value)}" is not a currency code${oddity(value) ?? ' (3 uppercase letters, such as UAH)'}.`,
    guidance: ['Write the ISO 4217 code of the currency.'],
  }),
  'currency-unknown': ({ value, near }) => ({
    message: `"${clip(value)}" is not an active currency code in ISO 4217.`,
    guidance: [
      near.length > 0 ? `Did you mean ${either(near)}?` : 'Write the ISO 4217 code of the currency.',
    ],
  }),
  'url-format': ({ field, value }) => ({
    message: `"${field}" must be a full URL (https://…)${oddity(value) ?? (value.includes(' ') ? ': it contains a space' : '')}.`,
    guidance: ['Write the complete address, starting with https://.'],
  }),
  'url-insecure': ({ field, why }) => ({
    message:
      why === 'http'
        ? `"${field}" is not encrypted. Others can read and change what is sent there.`
        : `"${field}" contains a user name or password.`,
    guidance: [why === 'http' ? 'Use https.' : 'Remove the credentials: URLs end up in logs.'],
  }),
  'url-unreachable': ({ field, host }) => ({
    message: `The vendor cannot reach "${field}": ${host} is on your own network.`,
    guidance: ['Use a public address, or a tunnel to this machine.'],
  }),
  'placeholder-unknown': ({ expression, near }) => ({
    message: `Undefined placeholder {{${clip(expression)}}}.`,
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
      ? `{{${clip(expression)}}} has the wrong parameters.`
      : `The placeholder {{${clip(expression)} is not closed: }} is missing.`,
    guidance: [
      ...(near === undefined ? [] : [`Did you mean {{${near}}}?`]),
      '{{$uuid}}, {{$timestamp}} and {{$isoTimestamp}} take no parameters. {{$randomInt 1 100}} takes two integers.',
    ],
  }),
  'placeholder-foreign': ({ text, ours }) => ({
    message: `${clip(text)} is another tool’s placeholder. It would be sent as text.`,
    guidance: [ours === undefined ? STEPS.writeValue : `Write {{${ours}}}.`],
  }),
  'external-id-repeated': ({ value }) => ({
    message: `external_id "${clip(value)}" is already used by an earlier request in this send.`,
    guidance: ['Give this request another external_id.'],
  }),

  'more-problems': ({ count }) => ({
    message: `${count} more ${count === 1 ? 'problem' : 'problems'} not listed.`,
    guidance: ['Fix the listed ones first.'],
  }),
  'amount-outside-limits': ({ amount, currency, limits, environment, fetchedAt }) => ({
    message: `No payment method for ${currency} takes ${clip(amount, 30)}: ${limitsOf(limits)}, as fetched at ${timeOf(fetchedAt)} from ${environment}.`,
    guidance: ['Write an amount within these limits, or fetch the payment methods again.'],
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
    message: `This is the API key for ${environment}. Anyone who reads the file can use the merchant account.`,
    guidance: [
      'Remove it. The extension sends the key in the X-Api-Key header.',
      'If the file was shared or committed, rotate the key in the merchant dashboard. Deleting it here is not enough.',
    ],
  }),
};

/** Because of which character a value looks right and is wrong: `: it ends with a space`. */
function oddity(value: string): string | undefined {
  const odd = oddCharacter(value);
  if (odd === undefined) return undefined;
  if (odd === ' ') return value.startsWith(' ') ? ': it begins with a space' : ': it ends with a space';
  return `: it contains ${characterWords(odd)}`;
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
    guidance: ['Set the key. It is kept in VS Code’s SecretStorage.', `To get one: ${WHERE_KEYS_ARE_MADE}.`],
  }),
  'key-unreadable': ({ environment }) => ({
    message: `The API key for ${environment} is stored, but cannot be read. ${NOT_SENT}`,
    guidance: ['Unlock the keychain of your system and send again.', 'Or set the key again.'],
  }),
  'key-other-origin': ({ environment, keyOrigin, origin }) => ({
    message: `The API key for ${environment} was given for ${keyOrigin}, but the base URL is now at ${origin}. ${NOT_SENT}`,
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
    message: `The API rejected the key for ${environment} on an earlier request in this send (${clip(code)}). ${NOT_SENT}`,
    guidance: ['Fix the request that was rejected.', 'Then send this one again.'],
  }),
  'rate-limited': ({ wait }) => ({
    message: `The API rejected an earlier request in this send for its rate limit (HTTP 429). ${NOT_SENT}`,
    guidance: [`${waitWords(wait)}, then send the rest.`],
  }),
  'untrusted-workspace': () => ({
    message: `Requests are sent from trusted workspaces only. ${NOT_SENT}`,
    guidance: ['If you trust the authors of these files, trust the workspace and send again.'],
  }),
};

const SYNTAX: Readonly<Record<SyntaxReason | 'not-utf-8', string>> = {
  nothing: 'This file has no request.',
  'too-deep': 'This is nested too deeply to be a request.',
  comma: 'A comma is missing before this.',
  colon: 'A colon is missing before this.',
  'property-name': 'Expected a field name in double quotes.',
  value: 'Expected a value.',
  unclosed: 'The file ends too early: a bracket, a brace or a quote is not closed.',
  string: 'This string is not valid JSON: check its quotes, escapes and line breaks.',
  number: 'This number is not valid JSON: use digits alone, without a 0 or + before them.',
  placeholder: 'A placeholder must be inside a string, in double quotes.',
  'merge-conflict': 'This is a merge conflict marker.',
  quotes: 'JSON allows double quotes (") only.',
  literal: 'JSON knows only the words true, false and null, in lowercase.',
  comment: 'JSON does not allow comments.',
  semicolon: 'JSON has no semicolons.',
  'after-end': 'Nothing may follow the end of the request.',
  symbol: 'This is not valid JSON. Put names and strings in double quotes.',
  'not-utf-8': 'The file is not encoded in UTF-8, as JSON is.',
};

const SYNTAX_GUIDANCE: Partial<Readonly<Record<DocumentProblems['json-syntax']['reason'], string>>> = {
  placeholder: 'Put it in quotes. Its value is filled in when the request is sent.',
  'merge-conflict': 'Keep one side, and remove the other and the lines with <<<<<<<, ======= and >>>>>>>.',
  character: 'Write the plain keyboard character.',
  quotes: 'Write double quotes around names and strings.',
  comment: 'Remove the comment.',
  'after-end': 'Several requests are a batch: [ { … }, { … } ].',
};

/** What is wrong with a base URL: `is not a URL`. */
export const BASE_URL: Readonly<Record<BaseUrlFault, string>> = {
  'not-a-url': 'is not a URL',
  scheme: 'is neither https nor http',
  'plain-http': 'is not encrypted; http is allowed for localhost, 127.0.0.1 and [::1] only',
  credentials: 'contains a user name or password',
  query: 'contains a query or a fragment',
};

function article(type: ProblemArguments['field-type']['found']): string {
  return type === 'null' ? 'null' : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function descriptionOf(name: string): string {
  return FIELDS.find((field) => field.name === name)?.description ?? '';
}

const WORDS: WordsOf<ProblemArguments> = { ...DOCUMENT_WORDS, ...SENDING_WORDS, ...ANSWER_WORDS };
