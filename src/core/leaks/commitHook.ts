/**
 * A pre-commit hook for `sh` that looks for keys. The extension's folder has its version in its name, so that
 * whichever is there then is used. Where nothing can be looked for, that is said, and the commit goes on.
 */
export function commitHook(extensionFolder: string): string {
  const folder = extensionFolder.replaceAll('\\', '/');
  const family = folder.replace(/-\d+\.\d+\.\d+[^/]*$/, '');
  const quoted = `'${family.replaceAll("'", "'\\''")}'${family === folder ? '' : '-*'}`;
  return `#!/bin/sh
# Looks for API keys before each commit (EccaEx Merchant API Explorer). Delete this file to end that.
cli=$(ls -d ${quoted}/dist/cli.js 2>/dev/null | tail -n 1)
if [ -z "$cli" ] || ! command -v node >/dev/null; then
  echo 'API keys were not looked for: that takes Node and the EccaEx extension.' >&2
  exit 0
fi
exec node "$cli" scan
`;
}
