import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { PROJECT } from '../test/support/paths';
import { runOrThrow } from '../test/support/processes';
import type { Benchmark } from './benchmark';
import { compareMeasured } from './comparison';
import { peerFile } from './peers';

/** What an editor loads at most: ours with all its chunks, and httpYac's engine bundled in the same way. */
export const benchmark: Benchmark = async ({ note }) => {
  await runOrThrow(process.execPath, ['esbuild.js', '--production'], { cwd: PROJECT });
  const chunks = (await readdir(path.join(PROJECT, 'dist/chunks'))).map((name) => `chunks/${name}`);
  const sizes = await Promise.all(
    ['extension.js', ...chunks].map(async (file) => (await stat(path.join(PROJECT, 'dist', file))).size),
  );
  const ours = sizes.reduce((sum, size) => sum + size, 0);
  const entry = await peerFile('httpyac', 'dist/index.js');
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    loader: { '.node': 'empty' },
    legalComments: 'none',
    logLevel: 'silent',
    write: false,
  });
  const theirs = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
  note(
    'The published extensions of REST Client and httpYac are not on the npm registry; this is httpYac’s package, bundled.',
  );
  return [
    compareMeasured(
      {
        what: 'the extension’s bundle',
        unit: 'kB',
        against: 'httpYac’s engine, bundled',
        aim: { times: 0.1 },
      },
      [{ ours: ours / 1000, theirs: theirs / 1000 }],
    ),
  ];
};
