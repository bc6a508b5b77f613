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

/**
 * The same JSON, with each number that JavaScript would round or write in another way as a string of its digits:
 * `9007199254740993`, `1.10`.
 */
export function withExactNumbers(json: string): string {
  const parts: string[] = [];
  let done = 0;
  for (let place = 0; place < json.length;) {
    const code = json.charCodeAt(place);
    if (code === 0x22 /* " */) {
      place = endOfString(json, place);
    } else if (code === 0x2d /* - */ || (code >= 0x30 && code <= 0x39) /* 0 to 9 */) {
      const end = endOfScalar(json, place);
      const number = json.slice(place, end);
      if (String(Number(number)) !== number) {
        parts.push(json.slice(done, place), `"${number}"`);
        done = end;
      }
      place = end;
    } else place++;
  }
  return parts.length === 0 ? json : parts.join('') + json.slice(done);
}

const DELIMITERS = new Set(Array.from(' \t\r\n,:{}[]"', (character) => character.charCodeAt(0)));
