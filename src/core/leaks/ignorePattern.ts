/**
 * The line of a `.gitignore` that stands for one file alone; `path` has slashes, and begins where that
 * `.gitignore` is. `undefined` for a name that no line can stand for.
 */
export function ignorePattern(path: string): string | undefined {
  if (/[\r\n\0]/.test(path)) return undefined;
  return `/${path.replace(/[\\*?[\]]/g, '\\$&').replace(/ +$/, (spaces) => spaces.replace(/ /g, '\\ '))}`;
}

/** The text of a `.gitignore` with one line more. */
export function withPattern(text: string, pattern: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text}${text === '' || /[\r\n]$/.test(text) ? '' : eol}${pattern}${eol}`;
}
