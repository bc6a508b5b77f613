/**
 * Characters that people take for another one, or do not see at all: they come along when a text is copied from a
 * chat, a web page or a word processor. The names are those of Unicode, in lower case.
 */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ' ': 'space',
    '\t': 'tab',
    '\n': 'line break',
    '\r': 'carriage return',
    '\u0085': 'next line',
    '\u00a0': 'no-break space',
    '\u00ad': 'soft hyphen',
    '\u00b4': 'acute accent',
    '\u00b7': 'middle dot',
    '\u00ab': 'angle quotation mark',
    '\u00bb': 'angle quotation mark',
    '\u061c': 'Arabic letter mark',
    '\u066b': 'Arabic decimal separator',
    '\u066c': 'Arabic thousands separator',
    '\u2007': 'figure space',
    '\u2009': 'thin space',
    '\u200a': 'hair space',
    '\u200b': 'zero-width space',
    '\u200c': 'zero-width non-joiner',
    '\u200d': 'zero-width joiner',
    '\u200e': 'left-to-right mark',
    '\u200f': 'right-to-left mark',
    '\u2010': 'hyphen',
    '\u2011': 'non-breaking hyphen',
    '\u2012': 'figure dash',
    '\u2013': 'en dash',
    '\u2014': 'em dash',
    '\u2015': 'horizontal bar',
    '\u2018': 'typographic quote',
    '\u2019': 'typographic quote',
    '\u201a': 'typographic quote',
    '\u201b': 'typographic quote',
    '\u201c': 'typographic quote',
    '\u201d': 'typographic quote',
    '\u201e': 'typographic quote',
    '\u201f': 'typographic quote',
    '\u2028': 'line separator',
    '\u2029': 'paragraph separator',
    '\u202f': 'narrow no-break space',
    '\u2032': 'prime',
    '\u2033': 'double prime',
    '\u2060': 'word joiner',
    '\u2212': 'minus sign',
    '\u3000': 'ideographic space',
    '\ufeff': 'byte order mark',
  }),
);

const KINDS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/[\uff01-\uff5e]/u, 'full-width character'],
  [/\p{Zs}/u, 'special space'],
  [/\p{Cf}/u, 'invisible character'],
  [/\p{Cc}/u, 'control character'],
  [/\p{C}/u, 'character without a meaning'],
  [/\p{Nd}/u, 'non-ASCII digit'],
  [/\p{Script=Cyrillic}/u, 'Cyrillic letter'],
  [/\p{Script=Greek}/u, 'Greek letter'],
];

/** What a character is: `a no-break space (U+00A0)`, `"А", a Cyrillic letter (U+0410)`. */
export function characterWords(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = NAMES.get(character) ?? KINDS.find(([pattern]) => pattern.test(character))?.[1];
  if (name === undefined) return `"${character}" (${code})`;
  const words = `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
  if (character === ' ') return words;
  return /[\p{Z}\p{C}\p{M}]/u.test(character) ? `${words} (${code})` : `"${character}", ${words} (${code})`;
}

/** Any of those above. */
const ODD = new RegExp(
  `(?![\\x20-\\x7e])(?:[${[...NAMES.keys()].join('')}]|${KINDS.map(([{ source }]) => source).join('|')})`,
  'u',
);

/** The first character of a text of which one does not see what it is, or a space at its beginning or end. */
export function oddCharacter(text: string): string | undefined {
  if (text.startsWith(' ')) return ' ';
  const character = ODD.exec(text)?.[0];
  return character ?? (text.endsWith(' ') ? ' ' : undefined);
}

const CYRILLIC_AND_GREEK = 'АВЕЅІЈКМНОРСТУХԚԜаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧου';
const LATIN = 'ABESIJKMHOPCTYXQWaesijopcyxhdqwABEZHIKMNOPTYXou';

const AS_ASCII: ReadonlyMap<string, string> = new Map([
  ...Array.from(CYRILLIC_AND_GREEK, (letter, place) => [letter, LATIN.charAt(place)] as const),
  ...['\u066b', '\u3002'].map((point) => [point, '.'] as const),
]);

/** The zeros of the digits that keyboards and fonts give in place of ASCII's. */
const ZEROS: readonly number[] = [0x660, 0x6f0];

/** The printable character of ASCII that one looks like, itself where it is one; `undefined` where it looks like none. */
function asciiOf(character: string): string | undefined {
  if (/[\x20-\x7e]/.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  const zero = ZEROS.find((one) => code >= one && code <= one + 9);
  if (zero !== undefined) return String(code - zero);
  if (/\p{Zs}/u.test(character)) return ' ';
  return AS_ASCII.get(character);
}

const INVISIBLE = /[\p{Cf}]/gu;

/** A text without what nobody sees in it: characters without a width, and space around it. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '').trim();
}

/** A text as a person reads it: what looks like a character of ASCII is that one, and what is invisible is gone. */
export function asRead(text: string): string {
  return withoutInvisible(text).replace(/[^\x20-\x7e]/gu, (character) => asciiOf(character) ?? character);
}

/** What stands for a character outside of a string of JSON: a space, a bracket, a comma, a colon, or nothing. */
export function asPunctuation(character: string): string | undefined {
  if (/[\p{Zs}\u0085\u2028\u2029]/u.test(character)) return character === ' ' ? undefined : ' ';
  if (/\p{Cf}/u.test(character)) return '';
  return /[\uff0c\uff1a\uff3b\uff3d\uff5b\uff5d]/.test(character) ? asciiOf(character) : undefined;
}
