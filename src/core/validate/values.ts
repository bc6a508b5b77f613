import { CURRENCIES, nearestCurrencies } from '../contract/currencies';
import type { Field } from '../contract/fields';
import { hasPlaceholder } from '../document/placeholders';
import { isLoopback } from '../environments/baseUrl';
import type { Environment } from '../environments/environment';
import type { DocumentProblem } from '../problems/problem';
import { isOwnNetwork } from './ownNetwork';

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
  const length = Array.from(value).length;
  return length > maxLength
    ? [{ kind: 'field-too-long', arguments: { field: name, limit: maxLength, length } }]
    : [];
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
  const url = /^https?:\/\/\S+$/i.test(value) ? parsed(value) : undefined;
  if (!url) return [{ kind: 'url-format', arguments: { field } }];
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
