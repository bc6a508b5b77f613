/** The text ends inside of a quote or behind a backslash. */
export class OpenQuote extends Error {}

/**
 * Splits a command line into words as a POSIX shell does, with bash's `$'…'`; variables and globs stay as they are.
 * Where a quote does not close, what follows the command has quotes of its own, such as an apostrophe: the command then
 * ends with the first line that ends outside of quotes. Without such a line it throws {@link OpenQuote}.
 * Takes time in proportion to the text.
 */
export function posixWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let wordsOfLine: number | undefined;
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (let place = 0; place < text.length;) {
    const character = text.charAt(place);
    // A line that is continued goes on as if nothing stood there.
    if (text.startsWith('\\\n', place)) {
      place += 2;
      continue;
    }
    const quoted = quotedAt(text, place);
    if (quoted) {
      if (quoted.end === undefined) {
        if (wordsOfLine === undefined) throw new OpenQuote();
        return words.slice(0, wordsOfLine);
      }
      word = (word ?? '') + quoted.value;
      place = quoted.end;
    } else if (character === '\n' || character === ' ' || character === '\t' || character === '\r') {
      endWord();
      if (character === '\n') wordsOfLine ??= words.length;
      place++;
    } else {
      const run = runAt(text, place);
      word = (word ?? '') + run;
      place += run.length;
    }
  }
  endWord();
  return words;
}

/** What stands at a place up to the next character that may mean something; that one itself at the least. */
function runAt(text: string, place: number): string {
  PLAIN.lastIndex = place + 1;
  return text.charAt(place) + (PLAIN.exec(text)?.[0] ?? '');
}

const PLAIN = /[^\\'"$ \t\r\n]*/y;

/** What is quoted at a place, and where it ends; without an end where the text is over before. */
interface Quoted {
  readonly value: string;
  readonly end: number | undefined;
}

function quotedAt(text: string, place: number): Quoted | undefined {
  switch (text[place]) {
    case '\\': {
      const next = text[place + 1];
      return { value: next ?? '', end: next === undefined ? undefined : place + 2 };
    }
    case "'": {
      const close = text.indexOf("'", place + 1);
      return { value: text.slice(place + 1, close), end: close < 0 ? undefined : close + 1 };
    }
    case '"':
      return escapedUntil(text, place + 1, '"', (inside) => inside.replace(/\\(?:\n|([\\"$\x60]))/g, '$1'));
    case '$':
      if (text[place + 1] === "'") return escapedUntil(text, place + 2, "'", withoutAnsiEscapes);
      // In the language of the user, which is that of the text here.
      return text[place + 1] === '"' ? quotedAt(text, place + 1) : undefined;
    default:
      return undefined;
  }
}

function escapedUntil(
  text: string,
  start: number,
  quote: string,
  valueOf: (inside: string) => string,
): Quoted {
  let end = start;
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
  return end < text.length
    ? { value: valueOf(text.slice(start, end)), end: end + 1 }
    : { value: '', end: undefined };
}

const ANSI: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function withoutAnsiEscapes(inside: string): string {
  return inside.replace(
    /\\(?:([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|c([^])|([abeEfnrtv])|([\\'"?]))/g,
    (
      _,
      octal?: string,
      byte?: string,
      unit?: string,
      point?: string,
      control?: string,
      name?: string,
      plain?: string,
    ) => {
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 255);
      const hex = byte ?? unit ?? point;
      if (hex !== undefined) return fromCodePoint(parseInt(hex, 16));
      if (control !== undefined)
        return control === '?' ? '\x7f' : String.fromCharCode(control.charCodeAt(0) & 31);
      return name === undefined ? (plain ?? '') : (ANSI[name] ?? '');
    },
  );
}

function fromCodePoint(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
}
