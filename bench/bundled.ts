import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { OUT } from '../test/support/paths';

/** Bundles a module and makes it small, as editors load it. Gives the file. */
export async function bundle(file: string): Promise<string> {
  const outfile = path.join(OUT, 'bench', `${path.basename(file, path.extname(file))}.js`);
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': '__filename' },
    logLevel: 'warning',
  });
  return outfile;
}

/** What a module exports, once it is bundled. */
export async function bundled<Module>(file: string): Promise<Module> {
  const outfile = await bundle(file);
  return createRequire(outfile)(outfile) as Module;
}
