import { withoutTrailingZeros } from '../decimal';
import { clip } from '../phrases';
import { asRead, withoutInvisible } from '../document/lookAlikes';
import type { RequestDocument } from '../document/document';
import type { Span } from '../document/positions';
import { checkValue } from '../validate/values';
import { fieldNamed } from '../contract/fields';
import type { EditFixId, Fix, FixContext } from './fix';

/** Writes another string in place of the value that a problem is about. */
export function replaceValue(id: EditFixId, span: Span, value: string): Fix[] {
  return [{ id, title: `Write "${clip(value)}"`, edits: [{ span, text: JSON.stringify(value) }] }];
}

/** The currencies that a sign stands for. `$` is the sign of many: the request's own currency says which. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  $: ['USD'],
  '€': ['EUR'],
  '£': ['GBP'],
  '₴': ['UAH'],
  '¥': ['JPY', 'CNY'],
};

/**
 * An amount that can be read in one way only: `1,500.00`, `1.500,00`, `1 500`, `+5`, `1500.500`; `20 EUR` and
 * `€20` where the currency of the request is that.
 */
export function fixAmount(value: string, span: Span, currency: string | undefined): Fix[] {
  const { before, number, after } = partsOfAmount(asRead(value));
  const named = [before, after].filter((text) => text !== '');
  if (named.length > 1 || !named.every((text) => text === currency || SIGNS[text]?.includes(currency ?? '')))
    return [];
  const plain = withoutGroups(number);
  const continental = /^(\d{1,3}(?:\.\d{3})+|\d+),(\d{1,2})$/.exec(plain);
  if (continental) {
    const [, units = '', decimals = ''] = continental;
    return replaceValue('write-amount', span, `${units.replaceAll('.', '')}.${decimals.padEnd(2, '0')}`);
  }
  const parts = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(plain) ?? /^()\.(\d+)$/.exec(plain);
  if (!parts) return [];
  const [, units = '', fraction = ''] = parts;
  const decimals = withoutTrailingZeros(fraction);
  // `1,500` and `1.500` are one and a half for some people, and a thousand more for others.
  const isUnclear = units.includes(',') ? fraction === '' : units.length <= 3 && fraction.length === 3;
  if (decimals.length > 2 || isUnclear) return [];
  return replaceValue('write-amount', span, `${units.replaceAll(',', '') || '0'}.${decimals.padEnd(2, '0')}`);
}

/** What stands before a number, such as a sign, and behind it; all of it where there is none. */
function partsOfAmount(value: string): { before: string; number: string; after: string } {
  const text = value.trim();
  const before = /^[^\d\s.,+-]*/.exec(text)?.[0] ?? '';
  let end = text.length;
  while (end > before.length && !/[\d\s.,]/.test(text[end - 1] ?? '')) end--;
  const number = text.slice(before.length, end).trim().replace(/^\+/, '');
  return { before, number, after: text.slice(end) };
}

/** Spaces and the like between groups of three digits; anywhere else they stay, and it is no number. */
function withoutGroups(number: string): string {
  return number.replace(/^\d{1,3}(?:[ \u00a0\u202f_'’]\d{3})+(?!\d)/, (digits) => digits.replace(/\D/g, ''));
}

/** Where escapes hide the place of a placeholder, the span is the whole string, and nothing is offered. */
export function writePlaceholder(
  id: EditFixId,
  expression: string | undefined,
  span: Span,
  { text: whole }: RequestDocument,
): Fix[] {
  if (expression === undefined || whole.startsWith('"', span.offset)) return [];
  const text = `{{${expression}}}`;
  return [{ id, title: `Write ${clip(text)}`, edits: [{ span, text: JSON.stringify(text).slice(1, -1) }] }];
}

/** `shop.example/hook` lacks only its scheme. */
export function fixUrl(name: string, span: Span, value: string, { environment }: FixContext): Fix[] {
  const field = fieldNamed(name);
  const url = `https://${withoutInvisible(value)
    .replaceAll('\\', '/')
    .replace(/^(https?:)?\/*/i, '')}`;
  const isHost = /^https:\/\/[^/\s]+\.[^/\s.]+(\/|$)/.test(url);
  if (!field || !isHost || checkValue(field, url, environment).length > 0) return [];
  return replaceValue('add-https', span, url);
}

export function removeCredentials(span: Span, value: string): Fix[] {
  if (!URL.canParse(value)) return [];
  const url = new URL(value);
  url.username = '';
  url.password = '';
  return url.protocol === 'https:' ? replaceValue('remove-credentials', span, url.href) : [];
}
