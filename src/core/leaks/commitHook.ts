const BEGIN = '# >>> EccaEx Merchant API Explorer: looks for API keys in what is to be committed';
const END = '# <<< EccaEx Merchant API Explorer';

/** The hook that was there before ours stands beside it, under this name, and runs after it. */
export const EARLIER = '.before-eccaex';

const RUN_EARLIER = `if [ -x "$0${EARLIER}" ]; then "$0${EARLIER}" "$@" || exit; fi`;

/**
 * A pre-commit hook for `sh` that looks for keys in what is to be committed. The extension's folder has its version
 * in its name, so that the newest that is there then is used. Where nothing can be looked for, that is said, and the
 * commit goes on, as it does with the hook that was there before.
 */
export function commitHook(extensionFolder: string): string {
  const isOfWindows = /^(?:[A-Za-z]:|\\\\)/.test(extensionFolder);
  const folder = isOfWindows ? extensionFolder.replaceAll('\\', '/') : extensionFolder;
  const family = folder.replace(/-\d+\.\d+\.\d+[^/]*$/, '');
  const quoted = `'${family.replaceAll("'", "'\\''")}'`;
  return `#!/bin/sh
${BEGIN}
# "EccaEx: Remove Commit Hook" takes this part out again.
extension=${quoted}
${family === folder ? 'cli=$extension/dist/cli.js' : NEWEST}
if [ -f "$cli" ] && command -v node >/dev/null; then
  node "$cli" scan --staged || exit
else
  echo 'API keys were not looked for: that takes Node and the EccaEx extension.' >&2
fi
${RUN_EARLIER}
${END}
`;
}

export function isOurHook(text: string): boolean {
  return text.includes(BEGIN) && text.includes(END);
}

/**
 * What is left of a hook without our part: what others wrote around it, and `undefined` where that is nothing.
 * `hasEarlier`: whether a hook stands beside it that ours has run.
 */
export function withoutOurHook(text: string, hasEarlier: boolean): string | undefined {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin < 0 || end < 0) return text;
  const [before, after] = [text.slice(0, begin), text.slice(end + END.length).replace(/^\r?\n/, '')];
  if (`${before}${after}`.replace(/^#!.*$/m, '').trim() === '') return undefined;
  return `${before}${hasEarlier ? `${RUN_EARLIER}\n` : ''}${after}`;
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
