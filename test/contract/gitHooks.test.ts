import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gitHooks } from '../../src/adapters/gitHooks';
import { commitHook } from '../../src/core/leaks/commitHook';
import { buildCli } from '../support/cli';
import { PROJECT } from '../support/paths';
import { run, runOrThrow } from '../support/processes';
import { removeFolder, temporaryFolder } from '../support/temporaryFolder';

describe('a pre-commit hook', function () {
  this.timeout(60_000);
  let folder: string;
  before(buildCli);
  beforeEach(async () => {
    folder = await temporaryFolder('eccaex-hooks');
    await runOrThrow('git', ['init', '--quiet'], { cwd: folder });
  });
  afterEach(() => removeFolder(folder));

  const commit = () =>
    run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-m', 'c'], { cwd: folder });

  async function add(hook: string): Promise<void> {
    const state = await gitHooks.state(folder);
    assert.ok(state.kind === 'free', state.kind);
    assert.equal(await gitHooks.add(state.file, hook), true);
  }

  it('keeps a key from being committed, and nothing else', async () => {
    await add(commitHook(PROJECT));
    writeFileSync(path.join(folder, 'a.sh'), `curl -H 'X-Api-Key: ${'live_'.concat('4f1c09d2a7')}'\n`);
    await runOrThrow('git', ['add', '.'], { cwd: folder });
    const refused = await commit();
    assert.equal(refused.code, 1);
    assert.match(refused.output, /a\.sh:1:21: error key-literal An API key is written here: the next commit/);
    writeFileSync(path.join(folder, 'a.sh'), 'curl -H "X-Api-Key: $ECCAEX_API_KEY_DEV"\n');
    await runOrThrow('git', ['add', '.'], { cwd: folder });
    assert.equal((await commit()).code, 0);
  });

  it('finds the extension whatever its version is, and lets commits pass without it', async () => {
    const extensions = path.join(folder, `it's here`);
    await add(commitHook(path.join(extensions, 'merchant-api-tools.eccaex-explorer-0.1.0')));
    writeFileSync(path.join(folder, 'a.txt'), 'a');
    await runOrThrow('git', ['add', 'a.txt'], { cwd: folder });
    const without = await commit();
    assert.equal(without.code, 0, without.output);
    assert.match(without.output, /API keys were not looked for/);
    const next = path.join(extensions, 'merchant-api-tools.eccaex-explorer-1.20.3/dist');
    mkdirSync(next, { recursive: true });
    writeFileSync(path.join(next, 'cli.js'), 'console.log("looked", process.argv[2]); process.exitCode = 1;');
    writeFileSync(path.join(folder, 'a.txt'), 'b');
    await runOrThrow('git', ['add', 'a.txt'], { cwd: folder });
    const stopped = await commit();
    assert.equal(stopped.code, 1);
    assert.match(stopped.output, /^looked scan$/m);
  });

  it('that is there is left alone', async () => {
    const file = path.join(folder, '.git/hooks/pre-commit');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'mine');
    assert.deepEqual(await gitHooks.state(folder), { kind: 'present', file });
    assert.equal(await gitHooks.add(file, 'ours'), false);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  it('is not added where hooks are kept elsewhere, or there is no repository', async () => {
    await runOrThrow('git', ['config', 'core.hooksPath', '.husky'], { cwd: folder });
    assert.deepEqual(await gitHooks.state(folder), { kind: 'elsewhere', folder: '.husky' });
    const bare = await temporaryFolder('eccaex-none');
    assert.deepEqual(await gitHooks.state(bare), { kind: 'no-repository' });
    await removeFolder(bare);
  });
});
