/** For a JSON text known to be whole: where the string ends that begins at a quotation mark. */
export function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); ; quote = text.indexOf('"', quote + 1)) {
    if (quote < 0) return text.length;
    let before = quote - 1;
    while (text.charCodeAt(before) === 0x5c /* \ */) before--;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
}

/** The same for a number, `true`, `false` or `null`. */
export function endOfScalar(text: string, start: number): number {
  let end = start;
  while (end < text.length && !DELIMITERS.has(text.charCodeAt(end))) end++;
  return end;
}

const DELIMITERS = new Set(Array.from(' \t\r\n,:{}[]"', (character) => character.charCodeAt(0)));
