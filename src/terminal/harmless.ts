/** Control characters, and those that end a line or turn the direction of writing. */
const HARMFUL = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * {@link HARMFUL}, and the character that makes a text something else to whoever reads the line: a command of a CI
 * (`::` where a line begins, `##[`, `##vso[`, `##teamcity[`), or the place of a problem for a problem matcher.
 */
const FORGED =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]|(?<=^\s*):(?=:)|(?<=#)#|(?<=\d):(?= (?:error|warning|info)\b)/giu;

/** What our own colors are made of. */
const COLOR = new RegExp(`(${String.fromCharCode(27)}\\[\\d{1,2}m)`);

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Text from a file or a server, fit for one line of a terminal: control characters, line ends included,
 * and those that turn the direction of writing stand as `\u001b` instead of having their effect.
 */
export function harmless(text: string): string {
  return text.replace(HARMFUL, escaped);
}

/**
 * A whole line, or the beginning of one, that nobody can take for a command or a problem, whatever is in it. What
 * is escaped stays the same text where the line is JSON. Colors stay where `isColored`.
 */
export function unforged(line: string, isColored: boolean): string {
  if (!isColored) return line.replace(FORGED, escaped);
  const parts = line.split(COLOR);
  const texts = parts.filter((_, place) => place % 2 === 0);
  // Colors have no effect on who reads the line, so that it is looked at without them.
  const marks = [...texts.join('').matchAll(FORGED)].map(({ index }) => index);
  let [start, next] = [0, 0];
  return parts
    .map((part, place) => {
      if (place % 2 === 1) return part;
      let fit = '';
      let from = 0;
      for (; (marks[next] ?? Infinity) < start + part.length; next++) {
        const at = (marks[next] ?? 0) - start;
        fit += part.slice(from, at) + escaped(part.charAt(at));
        from = at + 1;
      }
      start += part.length;
      return fit + part.slice(from);
    })
    .join('');
}

/** JSON on one line, harmless too: all that has to be escaped stands in its strings. */
export function jsonLine(value: unknown): string {
  return harmless(JSON.stringify(value));
}
