// Packages the extension: node scripts/package.mjs [FILE]. The same sources give the same bytes.
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packagedReadme } from './packagedReadme.mjs';

const cwd = fileURLToPath(new URL('..', import.meta.url));
/** What is packaged, put together beside the sources. */
const stage = path.join(cwd, 'out/package');

// vsce takes the time of each entry from the first, and a zip file has no time zone.
process.env.SOURCE_DATE_EPOCH = '315532800';
process.env.TZ = 'UTC';

const packagePath = path.resolve(cwd, process.argv[2] ?? 'dist/eccaex-explorer.vsix');
execFileSync('npm', ['run', 'build'], { cwd, stdio: 'inherit', shell: process.platform === 'win32' });

await rm(stage, { recursive: true, force: true });
for (const file of await listFiles({ cwd, packageManager: PackageManager.None }))
  await cp(path.join(cwd, file), path.join(stage, file));
await cp(path.join(cwd, '.vscodeignore'), path.join(stage, '.vscodeignore'));

// It is built already, and nobody builds it where it is installed.
const { scripts, devDependencies, ...manifest } = JSON.parse(
  await readFile(path.join(cwd, 'package.json'), 'utf8'),
);
void scripts;
void devDependencies;
await writeFile(path.join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

const isHosted = manifest.repository !== undefined;
if (!isHosted) {
  const readme = path.join(stage, 'README.md');
  await writeFile(readme, packagedReadme(await readFile(readme, 'utf8')));
  console.log(
    'package.json has no repository yet, so the packaged README has no pictures. See CONTRIBUTING.md, “Publish”.',
  );
}
await mkdir(path.dirname(packagePath), { recursive: true });
await createVSIX({
  cwd: stage,
  packagePath,
  dependencies: false,
  rewriteRelativeLinks: isHosted,
  allowMissingRepository: true,
});
