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

/** `41.7 ms`, `1.53 s`, `30.0 s` */
export function duration(ms: number): string {
  if (ms < 1000) return `${Number(ms.toFixed(1))} ms`;
  const seconds = ms / 1000;
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

/** `312 B`, `1.5 KB`, `10.0 MB`: a KB is 1,024 B. */
export function byteSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${kilobytes.toFixed(1)} KB`;
  return `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** `1 key`, `2,000 keys` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
