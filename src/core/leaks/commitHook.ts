/**
 * A pre-commit hook for `sh` that looks for keys in what is to be committed. The extension's folder has its version
 * in its name, so that the newest that is there then is used. Where nothing can be looked for, that is said, and the
 * commit goes on.
 */
export function commitHook(extensionFolder: string): string {
  const isOfWindows = /^(?:[A-Za-z]:|\\\\)/.test(extensionFolder);
  const folder = isOfWindows ? extensionFolder.replaceAll('\\', '/') : extensionFolder;
  const family = folder.replace(/-\d+\.\d+\.\d+[^/]*$/, '');
  const quoted = `'${family.replaceAll("'", "'\\''")}'`;
  return `#!/bin/sh
# Looks for API keys in what is to be committed (EccaEx Merchant API Explorer). Delete this file to end that.
extension=${quoted}
${family === folder ? 'cli=$extension/dist/cli.js' : NEWEST}
if [ ! -f "$cli" ] || ! command -v node >/dev/null; then
  echo 'API keys were not looked for: that takes Node and the EccaEx extension.' >&2
  exit 0
fi
exec node "$cli" scan --staged
`;
}

const NEWEST = `cli= newest=-1
for one in "$extension"-*/dist/cli.js; do
  [ -f "$one" ] || continue
  version=\${one#"$extension-"}
  IFS=.
  set -- \${version%%[!0-9.]*}
  unset IFS
  rank=$((\${1:-0} * 1000000000000 + \${2:-0} * 1000000 + \${3:-0}))
  if [ "$rank" -gt "$newest" ]; then cli=$one newest=$rank; fi
done`;

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
