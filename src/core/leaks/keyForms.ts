import type { ApiKey } from '../environments/apiKey';

/**
 * How a key can be written: as it is, escaped for a URL or for HTML, in base64 or hexadecimal digits, in capitals or
 * small letters alone, in parts that are put together on one line, or in the name of its file instead of its text.
 */
export type KeyForm = 'plain' | 'url' | 'html' | 'base64' | 'hex' | 'case' | 'split' | 'name';

/** A text that stands for a key wherever it is found. */
export interface KeyNeedle {
  readonly text: string;
  readonly form: Exclude<KeyForm, 'split' | 'name'>;
}

/** Shorter keys are looked for as whole words alone: parts of them, and their base64, stand everywhere by chance. */
export const LEAST_CERTAIN_LENGTH = 8;

/** The texts that stand for a key on their own, the likeliest first. */
export function needlesOf(key: ApiKey): KeyNeedle[] {
  const value = key.reveal();
  if (value.length < LEAST_CERTAIN_LENGTH) return [{ text: value, form: 'plain' }];
  const forms: readonly (readonly [KeyNeedle['form'], readonly string[]])[] = [
    ['plain', [value]],
    ['url', urlForms(value)],
    ['html', htmlForms(value)],
    ['base64', base64Forms(value)],
    ['hex', eachCase(hexOf(value).join(''))],
    ['case', eachCase(value)],
  ];
  const needles = new Map<string, KeyNeedle>();
  for (const [form, texts] of forms)
    for (const text of texts) if (!needles.has(text)) needles.set(text, { text, form });
  return [...needles.values()];
}

const hexOf = (value: string) =>
  Array.from(value, (character) => character.charCodeAt(0).toString(16).padStart(2, '0'));

const eachCase = (text: string) => [text.toLowerCase(), text.toUpperCase()];

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** With entities for what HTML needs them for, for all that is neither letter nor digit, or for everything. */
function htmlForms(value: string): string[] {
  const entities = [
    (character: string) => `&#${character.charCodeAt(0)};`,
    (character: string) => `&#x${character.charCodeAt(0).toString(16)};`,
    (character: string) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`,
  ];
  const named = (character: string) => NAMED_ENTITIES[character] ?? character;
  return [
    value.replace(/[&<>"']/g, named),
    ...entities.flatMap((entity) => [
      value.replace(/[&<>"']/g, entity),
      value.replace(/["']/g, entity).replace(/[&<>](?!#)/g, named),
      value.replace(/[^A-Za-z0-9]/g, entity),
      value.replace(/[^]/g, entity),
    ]),
  ];
}

/** As a path, a query and a form escape it, and with each character escaped; with either case of the hexadecimal digits. */
function urlForms(value: string): string[] {
  const escaped = [
    encodeURI(value),
    encodeURIComponent(value),
    encodeURIComponent(value).replace(/%20/g, '+'),
    hexOf(value)
      .map((hex) => `%${hex.toUpperCase()}`)
      .join(''),
  ];
  const all = escaped.flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())]);
  return all;
}

/**
 * In base64, also as a part of a longer text, such as `user:key`: that can begin at each of the three
 * bytes of a group. The digits that hold bits of what stands around it are left out.
 */
function base64Forms(value: string): string[] {
  const standard = [0, 1, 2].map((before) => {
    const encoded = btoa(' '.repeat(before) + value);
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor(((before + value.length) * 8) / 6);
    return encoded.slice(from, to);
  });
  const forUrls = standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([...standard, ...forUrls])];
}
