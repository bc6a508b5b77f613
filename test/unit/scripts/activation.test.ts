import assert from 'node:assert/strict';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { PROJECT } from '../../support/paths';

/** The files that are loaded with an entry point, those behind an `import()` apart. */
function loadedWith(entry: string, { outputs }: Metafile): Set<string> {
  const [first] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry) ?? [];
  assert.ok(first);
  const chunks = new Set([first]);
  for (const chunk of chunks)
    for (const { path: next, kind, external } of outputs[chunk]?.imports ?? [])
      if (kind === 'import-statement' && !external) chunks.add(next);
  return new Set([...chunks].flatMap((chunk) => Object.keys(outputs[chunk]?.inputs ?? {})));
}

/** Names of what others do, without doing any of it. */
const NAMES_ALONE = new Set(['src/core/fixes/fix.ts', 'src/core/document/requestIdentity.ts']);

describe('an activation', () => {
  let metafile: Metafile;
  before(async () => {
    ({ metafile } = await build({
      absWorkingDir: PROJECT,
      entryPoints: ['src/extension.ts'],
      outdir: path.join(PROJECT, 'out'),
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      mainFields: ['module', 'main'],
      external: ['vscode'],
      metafile: true,
      write: false,
      logLevel: 'silent',
    }));
  });

  it('loads what it registers', () => {
    const loaded = loadedWith('src/extension.ts', metafile);
    for (const file of ['src/ui/shell/registrar.ts', 'src/ui/sending/requestsTree.ts'])
      assert.ok(loaded.has(file), file);
  });

  it('loads no library, and nothing that works on requests, before it is needed', () => {
    const loaded = [...loadedWith('src/extension.ts', metafile)];
    const late =
      /node_modules|^src\/(?:core\/(?:document|validate|fixes)|ui\/(?:language|response|leaks)|sandbox|terminal)\//;
    assert.deepEqual(
      loaded.filter((file) => late.test(file) && !NAMES_ALONE.has(file)),
      [],
    );
  });
});
