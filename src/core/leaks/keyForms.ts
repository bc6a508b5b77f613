import type { ApiKey } from '../environments/apiKey';

/**
 * How a key can be written: as it is, escaped for a URL, in base64, in parts that are put together on one line, or
 * not in the text at all, but in the name of its file.
 */
export type KeyForm = 'plain' | 'url' | 'base64' | 'split' | 'name';

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
  return [
    { text: value, form: 'plain' },
    ...urlForms(value).map((text) => ({ text, form: 'url' as const })),
    ...base64Forms(value).map((text) => ({ text, form: 'base64' as const })),
  ];
}

/** As a path, a query and a form escape it, with either case of the hexadecimal digits. */
function urlForms(value: string): string[] {
  const escaped = [
    encodeURI(value),
    encodeURIComponent(value),
    encodeURIComponent(value).replace(/%20/g, '+'),
  ];
  const all = escaped.flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())]);
  return [...new Set(all)].filter((form) => form !== value);
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
