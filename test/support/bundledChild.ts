import path from 'node:path';
import { build } from 'esbuild';
import { PROJECT } from './paths';
import { temporaryFolder } from './temporaryFolder';

const built = new Map<string, Promise<string>>();

/** The path of a program for a process of its own; `file`: its source, below test/support. It is quick, since it is bundled once. */
export function bundledChild(file: string): Promise<string> {
  const known = built.get(file) ?? bundle(file);
  built.set(file, known);
  return known;
}

async function bundle(file: string): Promise<string> {
  const outfile = path.join(await temporaryFolder('eccaex-child'), 'child.js');
  await build({
    entryPoints: [path.join(PROJECT, 'test/support', file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return outfile;
}
