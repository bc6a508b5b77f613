import { build } from 'esbuild';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { OUT, PROJECT } from '../paths';
import { testFiles } from '../testFiles';

/**
 * Bundles the tests in test/host, each file by itself, beside the module that runs them, and gives the path of that.
 * Rejects on a build error.
 */
export async function buildHostTests(): Promise<string> {
  const outdir = path.join(OUT, 'host');
  const source = path.join(PROJECT, 'test/host');
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [path.join(source, 'index.ts'), ...testFiles('host')],
    outbase: source,
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    // jsonc-parser's CommonJS build resolves its parts at run time, which no bundler can follow.
    mainFields: ['module', 'main'],
    // Mocha is bundled, because the Node in the oldest VS Code cannot require the modules that it is made of; what
    // mocha loads for parallel runs alone is left out.
    external: ['vscode', './worker.cjs', './reporters/parallel-buffered.cjs'],
    logLevel: 'warning',
  });
  return path.join(outdir, 'index.js');
}
