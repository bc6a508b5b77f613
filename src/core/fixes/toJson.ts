import { asPunctuation } from '../document/lookAlikes';
import type { TextEdit } from '../document/positions';

/**
 * What makes JSON of an object as JavaScript, Python or a word processor writes it: quotes of another kind, names
 * without quotes, `True` and `None`, semicolons at the end, `#` comments, and look-alikes of spaces and punctuation.
 * In one pass. `undefined` where a string does not end on its line: nobody knows then what is text.
 */
export function editsToJson(text: string): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  const replace = (from: number, to: number, written: string) =>
    void edits.push({ span: { offset: from, length: to - from }, text: written });
  const last = text.trimEnd().length - 1;
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    const close = CLOSES[character];
    if (close !== undefined) {
      const end = endOfString(text, at + 1, close);
      if (end === undefined) return undefined;
      if (character !== '"' || text[end - 1] !== '"') {
        const content = jsonContent(text.slice(at + 1, end - 1));
        if (content === undefined) return undefined;
        replace(at, end, `"${content}"`);
      }
      at = end;
    } else if (character === '/' && /[/*]/.test(text[at + 1] ?? '')) {
      at = endOfComment(text, at);
    } else if (character === '#') {
      const end = endOfLine(text, at);
      replace(at, end, '');
      at = end;
    } else if (/[A-Za-z_$]/.test(character)) {
      const word = wordAt(text, at);
      const end = at + word.length;
      const quoted = text[end] === "'" && /^u$/i.test(word);
      const literal = LITERALS.get(word);
      if (quoted) replace(at, end, '');
      else if (isName(text, end)) replace(at, end, `"${word}"`);
      else if (literal !== undefined) replace(at, end, literal);
      at = end;
    } else if (character === ';' && at === last) {
      replace(at, at + 1, '');
      at = text.length;
    } else {
      const written = character > '~' ? asPunctuation(character) : undefined;
      if (written !== undefined) replace(at, at + 1, written);
      at++;
    }
  }
  return edits;
}

/** What can end a string, by what begins it. A double quote that has no partner may have a typographic one. */
const CLOSES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\x60': '\x60',
  '“': '“”„‟"',
  '”': '“”„‟"',
  '„': '“”„‟"',
  '‟': '“”„‟"',
  '‘': '‘’',
  '’': '‘’',
};

const LITERALS: ReadonlyMap<string, string> = new Map([
  ...['True', 'TRUE'].map((word) => [word, 'true'] as const),
  ...['False', 'FALSE'].map((word) => [word, 'false'] as const),
  ...['None', 'NULL', 'Null', 'nil'].map((word) => [word, 'null'] as const),
]);

/** Where a string ends, its closing quote included. */
function endOfString(text: string, from: number, close: string): number | undefined {
  let other: number | undefined;
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? '';
    if (close.includes(character)) return at + 1;
    if (character === '\n' || character === '\r') break;
    if (character === '\\') at++;
    else if (close === '"' && /[“”„‟]/.test(character)) other = at + 1;
  }
  return other;
}

function endOfComment(text: string, at: number): number {
  if (text[at + 1] === '/') return endOfLine(text, at);
  const close = text.indexOf('*/', at + 2);
  return close < 0 ? text.length : close + 2;
}

function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

function wordAt(text: string, at: number): string {
  let end = at + 1;
  while (/[\w$]/.test(text[end] ?? '')) end++;
  return text.slice(at, end);
}

/** Whether a word is that of a member: a colon follows. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (/[ \t\u00a0]/.test(text[at] ?? '')) at++;
  return text[at] === ':' || text[at] === '：';
}

/** What stands between quotes of another kind, as JSON writes it; `undefined` where it has an escape that JSON has none for. */
function jsonContent(content: string): string | undefined {
  const escapes = content.match(/\\(?:x[\da-f]{2}|u[\da-f]{4}|[^])/gi) ?? [];
  if (!escapes.every((escape) => KNOWN_ESCAPE.test(escape))) return undefined;
  return content.replace(/\\(?:x[\da-f]{2}|u[\da-f]{4}|[^])|["\p{Cc}]/giu, (part) => {
    if (/^\\['\x60]$/.test(part)) return part.slice(1);
    if (/^\\x/i.test(part)) return `\\u00${part.slice(2)}`;
    return part.startsWith('\\') ? part : JSON.stringify(part).slice(1, -1);
  });
}

const KNOWN_ESCAPE = /^\\(?:["\\/bfnrt'\x60]|u[\da-f]{4}|x[\da-f]{2})$/i;
