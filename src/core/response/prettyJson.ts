import { parseJson } from './answer';
import { endOfScalar, endOfString } from './jsonText';

/** What laying out may add to a text, in UTF-16: deep nesting makes of a few megabytes more than a string can hold. */
const MOST_SPACE = 64 * 1024 * 1024;

/**
 * A JSON text with one value a line, every digit and escape as it was; what is no JSON is left alone, and so is what
 * would be mostly space.
 */
export function prettyJson(text: string): string {
  if (parseJson(text) === undefined) return text;
  const parts: string[] = [];
  let depth = 0;
  let space = 0;
  const newLine = () => {
    space += 1 + 2 * depth;
    parts.push('\n', '  '.repeat(depth));
  };
  for (let place = 0; place < text.length;) {
    const character = text[place] ?? '';
    let end = place + 1;
    if (character === '{' || character === '[') {
      const close = skipSpace(text, end);
      if (text[close] === '}' || text[close] === ']') {
        parts.push(character, text[close]);
        end = close + 1;
      } else {
        parts.push(character);
        depth++;
        newLine();
      }
    } else if (character === '}' || character === ']') {
      depth--;
      newLine();
      parts.push(character);
    } else if (character === ',') {
      parts.push(character);
      newLine();
    } else if (character === ':') {
      parts.push(': ');
    } else if (character === '"') {
      end = endOfString(text, place);
      parts.push(text.slice(place, end));
    } else if (!isSpace(character)) {
      end = endOfScalar(text, place);
      parts.push(text.slice(place, end));
    }
    if (space > MOST_SPACE) return text;
    place = end;
  }
  return parts.join('');
}

/** White space of JSON, and the byte order mark that may come before it. */
const isSpace = (character: string) => ' \t\r\n\ufeff'.includes(character);

function skipSpace(text: string, place: number): number {
  let next = place;
  while (next < text.length && isSpace(text[next] ?? '')) next++;
  return next;
}
