/** Characters that would be drawn as nothing, break a line, or turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** A text from a server as it can be shown on one line: what cannot be seen is written as in JSON. */
export function shownText(text: string): string {
  return text.replace(UNSEEN, (character) => SHORT[character] ?? `\\u${hex(character)}`);
}

const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0');

/** The beginning of a long text, and how much is left out. A character is never cut in two. */
export function clipped(text: string, limit: number): { readonly start: string; readonly left: number } {
  if (text.length <= limit) return { start: text, left: 0 };
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return { start: text.slice(0, end), left: text.length - end };
}
