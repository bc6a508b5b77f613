import { build } from 'esbuild';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { OUT, PROJECT } from '../paths';
import { testFiles } from '../testFiles';

export interface HostTestBuild {
  /** The module that VS Code calls. */
  readonly entry: string;
  /** The built test files, relative to the entry. */
  readonly files: readonly string[];
}

/** Bundles the tests in test/host, each file by itself, and the module that runs them. Rejects on a build error. */
export async function buildHostTests(): Promise<HostTestBuild> {
  const outdir = path.join(OUT, 'host');
  const source = path.join(PROJECT, 'test/host');
  const tests = testFiles('host');
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [path.join(source, 'index.ts'), ...tests],
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
  return {
    entry: path.join(outdir, 'index.js'),
    files: tests.map((file) => path.relative(source, file).replace(/\.ts$/, '.js')),
  };
}
