import { clip } from '../problems/clip';
import type { Span } from '../document/positions';
import { checkValue } from '../validate/values';
import { fieldNamed } from '../contract/fields';
import type { EditFixId, Fix, FixContext } from './fix';

/** Writes another string in place of the value that a problem is about. */
export function replaceValue(id: EditFixId, span: Span, value: string): Fix[] {
  return [{ id, title: `Write "${clip(value)}"`, edits: [{ span, text: JSON.stringify(value) }] }];
}

/** An amount that can be read in one way only: `1,500.00`, `1.500,00`, `$ 20`, `+5`, `1500.500`. */
export function fixAmount(value: string, span: Span): Fix[] {
  const plain = value.replace(/[\s\u00a0_'’]/g, '').replace(/^(\+|[$€£₴¥])|([$€£₴¥]|[A-Za-z]{3})$/g, '');
  const continental = /^(\d{1,3}(?:\.\d{3})+|\d+),(\d{1,2})$/.exec(plain);
  if (continental) {
    const [, units = '', decimals = ''] = continental;
    return replaceValue('write-amount', span, `${units.replaceAll('.', '')}.${decimals.padEnd(2, '0')}`);
  }
  const parts = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(plain) ?? /^()\.(\d+)$/.exec(plain);
  if (!parts) return [];
  const [, units = '', fraction = ''] = parts;
  const decimals = fraction.replace(/0+$/, '');
  // `1,500` is one and a half for some people.
  if (decimals.length > 2 || (units.includes(',') && fraction === '')) return [];
  return replaceValue('write-amount', span, `${units.replaceAll(',', '') || '0'}.${decimals.padEnd(2, '0')}`);
}

/** `shop.example/hook` lacks only its scheme. */
export function fixUrl(name: string, span: Span, value: string, { environment }: FixContext): Fix[] {
  const field = fieldNamed(name);
  const url = `https://${value.trim().replace(/^(https?:)?\/*/i, '')}`;
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
