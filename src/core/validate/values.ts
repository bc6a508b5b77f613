import { decimalsOf, CURRENCIES, nearestCurrencies } from '../contract/currencies';
import type { Field } from '../contract/fields';
import { withoutTrailingZeros } from '../decimal';
import type { RequestNode } from '../document/document';
import { hasPlaceholder } from '../document/placeholders';
import type { Member } from '../document/pointer';
import { isLoopback } from '../environments/baseUrl';
import type { Environment } from '../environments/environment';
import type { DocumentProblem } from '../problems/problem';

type Finding = DocumentProblem extends infer P
  ? P extends DocumentProblem
    ? Pick<P, 'kind' | 'arguments'>
    : never
  : never;

const AMOUNT = /^\d+(\.\d{1,2})?$/;
const CURRENCY = /^[A-Z]{3}$/;

/** What is wrong with the value of a field. A value with a placeholder is known only when it is sent. */
export function checkValue(field: Field, value: string, environment: Environment): readonly Finding[] {
  if (value.trim() === '' && field.required !== 'no')
    return [{ kind: 'field-empty', arguments: { field: field.name } }];
  if (hasPlaceholder(value)) return [];
  switch (field.kind) {
    case 'amount':
      return checkAmount(value);
    case 'currency':
      return checkCurrency(value);
    case 'text':
      return checkLength(field, value);
    case 'url':
      return checkUrl(field.name, value, environment);
  }
}

function checkCurrency(value: string): Finding[] {
  if (!CURRENCY.test(value)) return [{ kind: 'currency-format', arguments: { value } }];
  if (CURRENCIES.has(value)) return [];
  return [{ kind: 'currency-unknown', arguments: { value, near: nearestCurrencies(value) } }];
}

function checkAmount(value: string): Finding[] {
  if (!AMOUNT.test(value)) return [{ kind: 'amount-format', arguments: { value } }];
  return /[1-9]/.test(value) ? [] : [{ kind: 'amount-zero', arguments: {} }];
}

function checkLength({ name, maxLength = Infinity }: Field, value: string): Finding[] {
  if (value.length <= maxLength) return [];
  const length = charactersIn(value);
  return length > maxLength
    ? [{ kind: 'field-too-long', arguments: { field: name, limit: maxLength, length } }]
    : [];
}

/** Of a text, in Unicode code points. A list of them would take many times the room of the text. */
function charactersIn(text: string): number {
  let count = text.length;
  for (let place = 0; place < text.length; place++) {
    if ((text.codePointAt(place) ?? 0) <= 0xffff) continue;
    // Two code units are one character.
    count--;
    place++;
  }
  return count;
}

/** Once: to ask whether a URL can be parsed takes as long as to parse it. */
function parsed(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

function checkUrl(field: string, value: string, environment: Environment): Finding[] {
  // What nobody sees would be a part of the address.
  const isWritten = /^https?:\/\/\S+$/i.test(value) && !/\p{Cf}/u.test(value);
  const url = isWritten ? parsed(value) : undefined;
  if (!url) return [{ kind: 'url-format', arguments: { field, value } }];
  if (url.username || url.password)
    return [{ kind: 'url-insecure', arguments: { field, why: 'credentials' } }];
  const findings: Finding[] = [];
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    findings.push({ kind: 'url-insecure', arguments: { field, why: 'http' } });
  if (environment !== 'sandbox' && isOwnNetwork(url.hostname)) {
    findings.push({ kind: 'url-unreachable', arguments: { field, host: url.hostname } });
  }
  return findings;
}

/** IPv4: this host and its network (RFC 1122), private use (RFC 1918, RFC 6598), link-local (RFC 3927). */
const IPV4 = /^(0|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
/** IPv6: no address, local use (RFC 4193), link-local (RFC 4291). */
const IPV6 = /^\[(::\]|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/;
/** Names for this machine, and for networks without an owner (RFC 6761, RFC 6762, RFC 9476). */
const NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * Whether a host is this machine or in a network of one's own, so that nobody outside reaches it.
 * `hostname` as `URL` gives it: lower case, IPv4 in four decimal parts, IPv6 in brackets.
 */
function isOwnNetwork(hostname: string): boolean {
  // A name with a dot at its end is the same host.
  const host = hostname.replace(/\.$/, '');
  const mapped = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host);
  if (mapped)
    return isOwnNetwork(dotted(Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)));
  if (isLoopback(host) || IPV6.test(host) || NAMES.test(host)) return true;
  return /^[\d.]+$/.test(host) && IPV4.test(host);
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** An amount with more decimals than its currency has. Zeros at the end are none: `705.00` is an amount in yen. */
export function minorUnits({ pointer }: RequestNode, members: readonly Member[]): DocumentProblem[] {
  const amount = members.findLast(({ name }) => name === 'amount')?.value;
  if (amount?.type !== 'string') return [];
  const [, fraction = ''] = /^\d+\.(\d{1,2})$/.exec(String(amount.value)) ?? [];
  const written = withoutTrailingZeros(fraction).length;
  if (written === 0) return [];
  const currency = members.findLast(({ name }) => name === 'currency_code')?.value;
  const code = String(currency?.value);
  const decimals = decimalsOf(code);
  if (decimals === undefined || written <= decimals) return [];
  return [
    {
      kind: 'amount-minor-units',
      arguments: { value: String(amount.value), currency: code, decimals },
      pointer: `${pointer}/amount`,
      span: amount,
    },
  ];
}
