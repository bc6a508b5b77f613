// Packages the extension: node scripts/package.mjs [FILE]. The same sources give the same bytes.
import { createVSIX } from '@vscode/vsce';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));

// vsce takes the time of each entry from the first, and a zip file has no time zone.
process.env.SOURCE_DATE_EPOCH = '315532800';
process.env.TZ = 'UTC';

const packagePath = path.resolve(cwd, process.argv[2] ?? 'dist/eccaex-explorer.vsix');
await mkdir(path.dirname(packagePath), { recursive: true });
await createVSIX({
  cwd,
  packagePath,
  dependencies: false,
  rewriteRelativeLinks: false,
  allowMissingRepository: true,
});
