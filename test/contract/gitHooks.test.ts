import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gitHooks } from '../../src/adapters/git/gitHooks';
import { commitHook } from '../../src/core/leaks/commitHook';
import { buildCli } from '../support/cli';
import { CLIENTS } from '../support/notations/clients';
import { CODE } from '../support/notations/code';
import { CONFIGURATION } from '../support/notations/configuration';
import { SILENT } from '../support/notations/silent';
import { OUT } from '../support/paths';
import { run, runOrThrow } from '../support/processes';
import { removeFolder, temporaryFolder } from '../support/temporaryFolder';

const IDENTITY = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];

describe('a pre-commit hook', function () {
  this.timeout(60_000);
  let folder: string;
  before(buildCli);
  beforeEach(async () => {
    folder = await temporaryFolder('eccaex-hooks');
    await runOrThrow('git', ['init', '--quiet'], { cwd: folder });
  });
  afterEach(() => removeFolder(folder));

  const commit = (...which: string[]) =>
    run('git', [...IDENTITY, 'commit', '-m', 'c', ...which], { cwd: folder });

  async function add(hook: string): Promise<void> {
    const state = await gitHooks.state(folder);
    assert.ok(state.kind === 'free', state.kind);
    assert.equal(await gitHooks.add(state.file, hook), true);
  }

  /** An extension whose version is looked for, with the CLI under test in it. */
  function install(version: string, script?: string): string {
    const extension = path.join(folder, '.git', `it's \\n\nhere`, `eccaex-${version}`);
    mkdirSync(path.join(extension, 'dist'), { recursive: true });
    const cli = path.join(extension, 'dist/cli.js');
    if (script === undefined) cpSync(path.join(OUT, 'cli'), path.dirname(cli), { recursive: true });
    else writeFileSync(cli, script);
    return extension;
  }

  it('keeps a key from being committed, and nothing else', async () => {
    await add(commitHook(install('0.1.0')));
    writeFileSync(path.join(folder, 'a.sh'), `curl -H 'X-Api-Key: ${'live_'.concat('4f1c09d2a7')}'\n`);
    await runOrThrow('git', ['add', '.'], { cwd: folder });
    const refused = await commit();
    assert.equal(refused.code, 1);
    assert.match(refused.output, /a\.sh:1:21: error key-literal API key in a staged file\. The next commit/);
    writeFileSync(path.join(folder, 'a.sh'), 'curl -H "X-Api-Key: $ECCAEX_API_KEY_DEV"\n');
    await runOrThrow('git', ['add', '.'], { cwd: folder });
    assert.equal((await commit()).code, 0);
  });

  it('lets good commits through, and no key in any notation', async () => {
    await add(commitHook(install('0.1.0')));
    for (const [place, [, source]] of SILENT.entries())
      writeFileSync(path.join(folder, `${place}.txt`), source);
    await runOrThrow('git', ['add', '.'], { cwd: folder });
    const passed = await commit();
    assert.equal(passed.code, 0, passed.output);
    const rows = [...CODE, ...CONFIGURATION, ...CLIENTS];
    for (const [place, [, source]] of rows.entries())
      writeFileSync(path.join(folder, `${place}.txt`), source.replace('§', 'qa9Zt4Lw7Qe2Xv6Bn1Rm8Kd3'));
    await runOrThrow('git', ['add', '.'], { cwd: folder });
    const refused = await commit();
    assert.equal(refused.code, 1);
    assert.equal(refused.output.match(/error key-literal/g)?.length, rows.length);
  });

  it('looks at what is committed, not at what is in the folder', async () => {
    await add(commitHook(install('0.1.0')));
    const file = path.join(folder, 'a.sh');
    writeFileSync(path.join(folder, 'scratch.sh'), `curl -H 'X-Api-Key: ${'live_'.concat('4f1c09d2a7')}'\n`);
    writeFileSync(file, 'curl -H "X-Api-Key: $ECCAEX_API_KEY_DEV"\n');
    await runOrThrow('git', ['add', 'a.sh'], { cwd: folder });
    const passed = await commit();
    assert.equal(passed.code, 0, passed.output);

    writeFileSync(file, `curl -H 'X-Api-Key: ${'live_'.concat('4f1c09d2a7')}'\n`);
    await runOrThrow('git', ['add', 'a.sh'], { cwd: folder });
    writeFileSync(file, 'clean\n');
    const refused = await commit();
    assert.equal(refused.code, 1);
    assert.match(refused.output, /a\.sh:1:21: error key-literal/);
    assert.doesNotMatch(refused.output, /scratch/);
  });

  it('looks at the files that are named to git commit, and at those of git commit -a', async () => {
    await add(commitHook(install('0.1.0')));
    for (const name of ['a.sh', 'b.sh']) writeFileSync(path.join(folder, name), 'clean\n');
    await runOrThrow('git', ['add', '.'], { cwd: folder });
    assert.equal((await commit()).code, 0);
    writeFileSync(path.join(folder, 'a.sh'), `curl -H 'X-Api-Key: ${'live_'.concat('4f1c09d2a7')}'\n`);
    writeFileSync(path.join(folder, 'b.sh'), 'clean, too\n');
    assert.equal((await commit('a.sh')).code, 1);
    assert.equal((await commit('-a')).code, 1);
    const other = await commit('b.sh');
    assert.equal(other.code, 0, other.output);
  });

  it('looks at a commit in a work tree of its own', async () => {
    await add(commitHook(install('0.1.0')));
    writeFileSync(path.join(folder, 'a.sh'), 'clean\n');
    await runOrThrow('git', ['add', 'a.sh'], { cwd: folder });
    assert.equal((await commit()).code, 0);
    const tree = path.join(folder, 'tree');
    await runOrThrow('git', ['worktree', 'add', '--quiet', tree, '-b', 'other'], { cwd: folder });
    mkdirSync(path.join(tree, 'deep'));
    writeFileSync(path.join(tree, 'deep/b.sh'), `curl -H 'X-Api-Key: ${'live_'.concat('4f1c09d2a7')}'\n`);
    await runOrThrow('git', ['add', '.'], { cwd: tree });
    const refused = await run('git', [...IDENTITY, 'commit', '-m', 'c'], { cwd: path.join(tree, 'deep') });
    assert.equal(refused.code, 1);
    assert.match(refused.output, /^deep\/b\.sh:1:21: error key-literal/m);
  });

  it('finds the newest extension that is there, and lets commits pass without one', async () => {
    const first = install('0.1.0', '');
    await add(commitHook(first));
    rmSync(first, { recursive: true });
    writeFileSync(path.join(folder, 'a.txt'), 'a');
    await runOrThrow('git', ['add', 'a.txt'], { cwd: folder });
    const without = await commit();
    assert.equal(without.code, 0, without.output);
    assert.match(without.output, /API keys were not looked for/);
    for (const version of ['0.9.0', '0.10.0-linux-x64', '0.10.0-universal', '0.2.11', 'x'])
      install(version, `console.log(${JSON.stringify(version)}, process.argv[2]); process.exitCode = 1;`);
    writeFileSync(path.join(folder, 'a.txt'), 'b');
    await runOrThrow('git', ['add', 'a.txt'], { cwd: folder });
    const stopped = await commit();
    assert.equal(stopped.code, 1);
    assert.match(stopped.output, /^0\.10\.0-\S+ scan$/m);
  });

  it('is written for the shell that git brings to Windows', () => {
    assert.match(commitHook('C:\\a\\b-0.1.0'), /^extension='C:\/a\/b'$/m);
    assert.match(commitHook('/a\\b/c-0.1.0'), /^extension='\/a\\b\/c'$/m);
  });

  describe('beside one that others wrote', () => {
    const file = () => path.join(folder, '.git/hooks/pre-commit');
    // Neither a shell's, nor ending where a line of ours could follow.
    const theirs =
      '#!/usr/bin/env node\nconsole.log("theirs ran"); process.exit(Number(process.env.THEIRS ?? 0));';
    const write = (text: string) => {
      mkdirSync(path.dirname(file()), { recursive: true });
      writeFileSync(file(), text, { mode: 0o755 });
    };
    const stage = async (text: string) => {
      writeFileSync(path.join(folder, 'a.sh'), text);
      await runOrThrow('git', ['add', '.'], { cwd: folder });
    };
    const KEY = `curl -H 'X-Api-Key: ${'live_'.concat('4f1c09d2a7')}'\n`;

    it('both run, and either can stop the commit', async () => {
      write(theirs);
      assert.deepEqual(await gitHooks.state(folder), { kind: 'others', file: file() });
      assert.equal(await gitHooks.add(file(), commitHook(install('0.1.0'))), true);
      assert.deepEqual(await gitHooks.state(folder), { kind: 'ours', file: file() });
      await stage(KEY);
      const refused = await commit();
      assert.equal(refused.code, 1);
      assert.match(refused.output, /error key-literal/);
      assert.doesNotMatch(refused.output, /theirs ran/);
      await stage('clean\n');
      const stopped = await run('git', [...IDENTITY, 'commit', '-m', 'c'], {
        cwd: folder,
        env: { ...process.env, THEIRS: '3' },
      });
      assert.notEqual(stopped.code, 0);
      assert.match(stopped.output, /theirs ran/);
      const passed = await commit();
      assert.equal(passed.code, 0, passed.output);
    });

    it('taking ours out gives theirs back, to the byte and with its permissions', async () => {
      write(theirs);
      assert.equal(await gitHooks.add(file(), commitHook(install('0.1.0'))), true);
      assert.equal(await gitHooks.remove(file()), true);
      assert.equal(readFileSync(file(), 'utf8'), theirs);
      assert.equal(statSync(file()).mode & 0o777, 0o755);
      assert.deepEqual(
        readdirSync(path.dirname(file())).filter(
          (name) => name.startsWith('pre-commit') && !name.endsWith('.sample'),
        ),
        ['pre-commit'],
      );
    });

    it('taking ours out of a file that others added to leaves what they added, and what ran before', async () => {
      write(theirs);
      assert.equal(await gitHooks.add(file(), commitHook(install('0.1.0'))), true);
      writeFileSync(file(), `${readFileSync(file(), 'utf8')}echo added\n`);
      assert.equal(await gitHooks.remove(file()), true);
      assert.deepEqual(await gitHooks.state(folder), { kind: 'others', file: file() });
      await stage(KEY);
      const passed = await commit();
      assert.equal(passed.code, 0);
      assert.match(passed.output, /theirs ran\n+added/);
    });

    it('nothing is written where another one stands under the name that theirs would get', async () => {
      write(theirs);
      writeFileSync(`${file()}.before-eccaex`, 'other');
      assert.equal(await gitHooks.add(file(), 'ours'), false);
      assert.equal(readFileSync(file(), 'utf8'), theirs);
    });
  });

  it('that is alone is gone when it is taken out, and is not taken out twice', async () => {
    await add(commitHook(install('0.1.0')));
    const state = await gitHooks.state(folder);
    assert.ok(state.kind === 'ours');
    assert.equal(await gitHooks.remove(state.file), true);
    assert.deepEqual(await gitHooks.state(folder), { kind: 'free', file: state.file });
    assert.equal(await gitHooks.remove(state.file), false);
  });

  it('is not added where hooks are kept elsewhere, or there is no repository', async () => {
    await runOrThrow('git', ['config', 'core.hooksPath', '.husky'], { cwd: folder });
    assert.deepEqual(await gitHooks.state(folder), { kind: 'elsewhere', folder: '.husky' });
    const bare = await temporaryFolder('eccaex-none');
    assert.deepEqual(await gitHooks.state(bare), { kind: 'no-repository' });
    await removeFolder(bare);
  });
});
