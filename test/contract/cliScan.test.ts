import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildCli, CliWorkspace, type Ran } from '../support/cli';
import { findOnPath } from '../support/findOnPath';
import { CLIENTS } from '../support/notations/clients';
import { CODE } from '../support/notations/code';
import { CONFIGURATION } from '../support/notations/configuration';
import { SILENT } from '../support/notations/silent';
import { runOrThrow } from '../support/processes';
import { removeFolder, temporaryFolder } from '../support/temporaryFolder';

const DEV = 'sk_dev_4f1c09d2a7b84e6f93aa';
const PROD = 'sk_prod_77aa01c3f9d24b8e11dd';
const LITERAL = 'live_00ff19a7c4';
const KEYS = [DEV, PROD, LITERAL];
const variables = { ECCAEX_API_KEY_DEV: DEV, ECCAEX_API_KEY_PROD: PROD };

describe('eccaex scan', function () {
  this.timeout(60_000);
  let cli: CliWorkspace;
  before(buildCli);
  beforeEach(async () => {
    cli = await CliWorkspace.create();
  });
  afterEach(() => cli.remove());

  function write(name: string, content: string | Uint8Array): void {
    mkdirSync(path.dirname(path.join(cli.folder, name)), { recursive: true });
    cli.write(name, content);
  }

  function git(...args: string[]): Promise<string> {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
    return runOrThrow('git', [...identity, ...args], { cwd: cli.folder });
  }

  async function scan(...args: string[]): Promise<Ran & { lines: string[] }> {
    const ran = await cli.run(['scan', ...args], { variables });
    for (const key of KEYS) assert.ok(!(ran.stdout + ran.stderr).includes(key), 'no key is printed');
    const lines = ran.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('    '));
    return { ...ran, lines };
  }

  /** The places that were told, without their words. */
  const places = ({ lines }: { lines: string[] }) =>
    lines.slice(0, -1).map((line) => /^\S+ \S+ \S+/.exec(line)?.[0]);

  it('says so where there is nothing', async () => {
    write('a.sh', 'curl -H "X-Api-Key: $ECCAEX_API_KEY_DEV" https://a.example\n# sandbox_active\n');
    assert.deepEqual(await cli.run(['scan'], { variables }), {
      code: 0,
      stdout: 'Found no API key (1 file searched).\n',
      stderr: '',
    });
  });

  it('says that it looks for no value where it is given none', async () => {
    write('a.sh', `echo ${DEV}; curl -H 'X-Api-Key: ${LITERAL}'`);
    const { code, stdout, stderr } = await cli.run(['scan']);
    assert.deepEqual([code, stdout.split('\n').at(-2)], [1, 'Found 1 API key in 1 file (1 file searched).']);
    assert.match(stderr, /were not searched for\.\n$/);
  });

  it('counts webhook secrets apart, and speaks of a secret where one stands', async () => {
    write('.env', `ECCAEX_API_KEY=${LITERAL}\nECCAEX_WEBHOOK_SECRET=whsec_4f1c09d2a7b8\n`);
    const { stdout } = await scan();
    assert.match(stdout, /^\.env:2:23: warning key-literal Webhook secret in a file\./m);
    assert.match(stdout, /^ {4}If you shared the file, rotate the secret in the merchant dashboard\.$/m);
    assert.match(stdout, /^Found 1 API key and 1 webhook secret in 1 file \(1 file searched\)\.$/m);
  });

  it('tells each place, and what to do about it, once', async () => {
    write('a.sh', `#!/bin/sh\ncurl -H 'X-Api-Key: ${DEV}'\ncurl -H "X-Api-Key: ${LITERAL}"\n`);
    write('src/b.js', `const key = "${PROD.slice(0, 9)}" + "${PROD.slice(9)}";\n`);
    const { code, stdout } = await scan();
    assert.deepEqual(
      [code, stdout.split('\n')],
      [
        1,
        [
          'a.sh:2:21: warning key-in-file API key of dev in a file. Anyone with the file can use it.',
          '    Replace it with a placeholder. Keep the key in SecretStorage, an environment variable or a secrets manager.',
          '    If you shared the file, rotate the key in the merchant dashboard.',
          'a.sh:3:21: warning key-literal API key in a file. Anyone with the file can use it.',
          'src/b.js:1:13: warning key-in-file API key of prod (in parts) in a file. Anyone with the file can use it.',
          'Found 3 API keys in 2 files (2 files searched).',
          '',
        ],
      ],
    );
  });

  it('finds each notation of a key that is not stored, and nothing where there is none', async () => {
    const rows = [...CODE, ...CONFIGURATION, ...CLIENTS];
    for (const [place, [, source]] of rows.entries())
      write(`find/${place}.txt`, source.replace('§', 'qa9Zt4Lw7Qe2Xv6Bn1Rm8Kd3'));
    for (const [place, [, source]] of SILENT.entries()) write(`silent/${place}.txt`, source);
    const found = places(await scan()).map((line) => /^\S+?(?=:)/.exec(String(line))?.[0]);
    assert.deepEqual(found, rows.map((_, place) => `find/${place}.txt`).sort());
  });

  it('prints one finding a line as JSON, at its place', async () => {
    write('b.yaml', `headers:\n  X-Api-Key: ${DEV}\n`);
    const { code, stdout } = await scan('--json');
    const finding = JSON.parse(stdout) as Record<string, unknown>;
    assert.equal(code, 1);
    assert.deepEqual(
      [finding['file'], finding['code'], finding['severity'], finding['environments'], finding['range']],
      [
        path.join(cli.folder, 'b.yaml'),
        'key-in-file',
        'warning',
        ['dev'],
        { start: { line: 1, character: 13 }, end: { line: 1, character: 13 + DEV.length } },
      ],
    );
  });

  it('names files as the folder was named', async () => {
    write('src/deep/a.env', `ECCAEX_API_KEY_DEV=${DEV}\n`);
    for (const [folder, name] of [
      ['src', 'src/deep/a.env'],
      ['src/', 'src/deep/a.env'],
      [path.join(cli.folder, 'src'), path.join(cli.folder, 'src/deep/a.env')],
    ] as const)
      assert.deepEqual(places(await scan(folder)), [`${name}:1:20: warning key-in-file`]);
  });

  describe('in a repository', () => {
    beforeEach(() => git('init', '--quiet'));

    it('goes by what git makes of a file', async () => {
      write('.gitignore', '.env\ntarget/\ndist/\n');
      for (const name of ['committed.sh', 'staged.sh', 'new.sh', '.env']) write(name, DEV);
      for (const name of ['target/a.sh', 'dist/a.sh', 'node_modules/a/a.sh']) write(name, DEV);
      await git('add', 'committed.sh', '.gitignore');
      await git('commit', '--quiet', '-m', 'c');
      await git('add', 'staged.sh');
      const ran = await scan();
      assert.equal(ran.code, 1);
      assert.deepEqual(places(ran), [
        '.env:1:1: info key-in-file',
        'committed.sh:1:1: error key-in-file',
        'dist/a.sh:1:1: info key-in-file',
        'new.sh:1:1: warning key-in-file',
        'staged.sh:1:1: error key-in-file',
      ]);
      assert.match(ran.stdout, /Deleting it here leaves it in the history/);
    });

    it('leaves no folder out but what git ignores', async () => {
      const FOLDERS = [
        'cache',
        '.cache',
        'Pods',
        'venv',
        '.venv',
        '__pycache__',
        'bower_components',
        '.yarn',
      ];
      for (const name of FOLDERS) write(`${name}/a.sh`, DEV);
      await git('add', '.');
      assert.deepEqual(
        places(await scan()),
        FOLDERS.map((name) => `${name}/a.sh:1:1: error key-in-file`).sort(),
      );
      write('.gitignore', FOLDERS.map((name) => `${name}/\n`).join(''));
      await git('rm', '-r', '--quiet', '--cached', ...FOLDERS);
      assert.deepEqual(places(await scan()), []);
    });

    describe('with --staged', () => {
      it('searches what is to be committed, as git has it', async () => {
        for (const name of ['old.sh', 'b/changed.sh', 'gone.sh']) write(name, 'clean');
        await git('add', '.');
        await git('commit', '--quiet', '-m', 'c');
        write('b/changed.sh', `\u00fc ${DEV}`);
        write('b/new \n"ü".sh', Buffer.from(`\ufeff${PROD}`, 'utf16le'));
        write('large.log', `${DEV}${'x'.repeat(6 * 1024 * 1024)}`);
        write('binary', Buffer.concat([Buffer.from([0, 1]), Buffer.from(DEV)]));
        symlinkSync(DEV, path.join(cli.folder, 'link'));
        await git('rm', '--quiet', 'gone.sh');
        await git('add', '.');
        write('b/changed.sh', 'clean');
        write('untracked.sh', DEV);
        const ran = await scan('--staged');
        assert.equal(ran.code, 1);
        assert.deepEqual(
          ran.lines.map((line) => line.replace(/: error.*/, '')),
          [
            'b/changed.sh:1:3',
            'b/new \\u000a"ü".sh:1:1',
            'binary:1:2',
            'large.log:1:1',
            'Found 4 API keys in 4 files (2 files searched).',
          ],
        );
        assert.match(
          ran.stdout,
          /key-in-file API key of dev in a staged file\. The next commit would contain it\./,
        );
        assert.equal(
          ran.stderr,
          'Searched for stored keys only, because of their size: large.log.\nSearched for stored keys only: 1 binary file.\n',
        );
        assert.deepEqual((await scan('--staged', 'b')).lines.length, 3);
      });

      it('searches a first commit, and one of nothing', async () => {
        assert.deepEqual((await scan('--staged')).lines, ['Found no API key (0 files searched).']);
        write('a.sh', DEV);
        await git('add', '.');
        assert.deepEqual(places(await scan('--staged')), ['a.sh:1:1: error key-in-file']);
        await git('commit', '--quiet', '-m', 'c');
        assert.deepEqual(await scan('--staged').then(({ code, lines }) => [code, lines]), [
          0,
          ['Found no API key (0 files searched).'],
        ]);
      });

      it('fails where git does not say what that is', async () => {
        write('a.sh', DEV);
        await git('add', '.');
        const id = (await git('rev-parse', ':a.sh')).trim();
        rmSync(path.join(cli.folder, '.git/objects', id.slice(0, 2), id.slice(2)));
        for (const lack of [
          () => undefined,
          () => rmSync(path.join(cli.folder, '.git'), { recursive: true }),
        ]) {
          lack();
          const { code, stderr } = await scan('--staged');
          assert.equal(code, 2);
          assert.match(stderr, /git does not say what is staged in \.\. Try git status\./);
        }
      });
    });

    it('says so where git fails, and waits for it once alone', async () => {
      write('a.sh', DEV);
      await git('add', '.');
      await git('config', 'core.bare', 'neither');
      const failed = await scan();
      assert.deepEqual([failed.code, places(failed)], [1, ['a.sh:1:1: warning key-in-file']]);
      assert.match(failed.stdout, /git failed, so it may be tracked/);
      assert.match(failed.stderr, /^git failed, /);
      await removeFolder(path.join(cli.folder, '.git'));
      await git('init', '--quiet');
      await runOrThrow('mkfifo', [path.join(cli.folder, 'pipe')]);
      await git('config', 'core.excludesFile', path.join(cli.folder, 'pipe'));
      assert.match((await scan()).stderr, /^git failed, /);
    });

    it('succeeds where keys are in ignored files alone', async () => {
      write('.gitignore', '.env\n');
      write('.env', `ECCAEX_API_KEY_DEV=${DEV}\n`);
      const ran = await scan();
      assert.deepEqual([ran.code, places(ran)], [0, ['.env:1:20: info key-in-file']]);
    });

    it('leaves out all that is below an ignored folder, and searches one that is asked for', async () => {
      write('.gitignore', 'target/\n');
      for (const name of ['target/a.sh', 'target/deep/a.sh', 'targets/a.sh', 'a/target/b/a.sh'])
        write(name, DEV);
      assert.deepEqual(places(await scan()), ['targets/a.sh:1:1: warning key-in-file']);
      assert.deepEqual(places(await scan('target')), [
        'target/a.sh:1:1: info key-in-file',
        'target/deep/a.sh:1:1: info key-in-file',
      ]);
    });

    it('takes client-side code for the worst place, ignored or not', async () => {
      write('.gitignore', 'dist/\n');
      write('package.json', '{"dependencies": {"vue": "3.5.0"}}');
      for (const name of ['dist/assets/app.js', 'src/main.ts', 'public/a.json', 'index.html', 'server/a.js'])
        write(name, `"${PROD}"`);
      const ran = await scan();
      assert.deepEqual(places(ran), [
        'dist/assets/app.js:1:2: error key-in-file',
        'index.html:1:2: error key-in-file',
        'public/a.json:1:2: error key-in-file',
        'server/a.js:1:2: warning key-in-file',
        'src/main.ts:1:2: error key-in-file',
      ]);
      assert.match(ran.stdout, /Call the Merchant API from your server/);
    });

    it('knows files of any name, and those of a repository in the repository', async () => {
      write('*.sh', DEV);
      write('a b ü "q".sh', DEV);
      write(':(exclude)x', DEV);
      mkdirSync(path.join(cli.folder, 'inner'));
      await runOrThrow('git', ['init', '--quiet'], { cwd: path.join(cli.folder, 'inner') });
      write('inner/b.sh', DEV);
      await git('add', '--', ':(literal)*.sh');
      await runOrThrow('git', ['add', 'b.sh'], { cwd: path.join(cli.folder, 'inner') });
      const { lines } = await scan();
      assert.deepEqual(
        lines.slice(0, -1).map((line) => line.replace(/key-in-file.*/, '')),
        [
          '*.sh:1:1: error ',
          ':(exclude)x:1:1: warning ',
          'a b ü "q".sh:1:1: warning ',
          'inner/b.sh:1:1: error ',
        ],
      );
    });

    it('runs nothing that the repository brings along', async () => {
      const trace = path.join(cli.folder, 'ran');
      const script = `#!/bin/sh\ntouch '${trace}'\n`;
      for (const name of ['git', 'git.exe', 'evil', 'hooks/post-index-change']) {
        write(name, script);
        await runOrThrow('chmod', ['+x', path.join(cli.folder, name)]);
      }
      write('a.sh', DEV);
      await git('add', 'a.sh');
      for (const [name, value] of [
        ['core.fsmonitor', path.join(cli.folder, 'evil')],
        ['core.hooksPath', path.join(cli.folder, 'hooks')],
        ['core.pager', path.join(cli.folder, 'evil')],
        ['core.sshCommand', path.join(cli.folder, 'evil')],
        ['diff.external', path.join(cli.folder, 'evil')],
        ['filter.x.clean', path.join(cli.folder, 'evil')],
        ['alias.ls-files', `!${path.join(cli.folder, 'evil')}`],
      ] as const)
        await git('config', name, value);
      write('.gitattributes', '* filter=x\n');
      assert.deepEqual(places(await scan()), ['a.sh:1:1: error key-in-file']);
      assert.ok(!existsSync(trace), 'a program of the repository was run');
      await git('status');
      assert.ok(existsSync(trace), 'the trap works');
    });

    it('fetches nothing that the repository lacks, whatever git knows of that', async () => {
      const trace = path.join(cli.folder, 'ran');
      const old = path.join(cli.folder, 'bin');
      // A git that does not know how to do without what is missing.
      write('bin/git', `#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nexec '${findOnPath('git') ?? ''}' "$@"\n`);
      await runOrThrow('chmod', ['+x', path.join(old, 'git')]);
      write('a.sh', DEV);
      await git('add', 'a.sh');
      await git('commit', '--quiet', '-m', 'c');
      const tree = (await git('rev-parse', 'HEAD^{tree}')).trim();
      for (const [name, value] of [
        ['core.repositoryFormatVersion', '1'],
        ['extensions.partialClone', 'origin'],
        ['remote.origin.promisor', 'true'],
        ['remote.origin.url', `ext::touch ${trace}`],
        ['protocol.ext.allow', 'always'],
      ] as const)
        await git('config', name, value);
      rmSync(path.join(cli.folder, '.git/objects', tree.slice(0, 2), tree.slice(2)));
      const PATH = `${old}${path.delimiter}${process.env['PATH'] ?? ''}`;
      const { stdout } = await cli.run(['scan'], { variables: { ...variables, PATH } });
      assert.match(stdout, /^a\.sh:1:1: error key-in-file/m);
      assert.ok(!existsSync(trace), 'a program of the repository was run');
      await git('ls-tree', 'HEAD').catch(() => undefined);
      assert.ok(existsSync(trace), 'the trap works');
    });
  });

  it('follows no link, waits for no pipe, and reads what is text in any encoding', async () => {
    const outside = await temporaryFolder('outside');
    writeFileSync(path.join(outside, 'a.sh'), DEV);
    symlinkSync(outside, path.join(cli.folder, 'folder'));
    symlinkSync(path.join(outside, 'a.sh'), path.join(cli.folder, 'file.sh'));
    symlinkSync('.', path.join(cli.folder, 'round'));
    await runOrThrow('mkfifo', [path.join(cli.folder, 'pipe')]);
    write('binary', Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(DEV)]));
    write('large.log', `${'x'.repeat(6 * 1024 * 1024)}${DEV}`);
    write('utf8.txt', Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(DEV)]));
    write('utf16le.txt', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(`ü ${DEV}`, 'utf16le')]));
    write('utf16be.txt', Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(`ü ${DEV}`, 'utf16le').swap16()]));
    write('latin1.txt', Buffer.from(`ü ${DEV}`, 'latin1'));
    const ran = await scan();
    await removeFolder(outside);
    assert.deepEqual(places(ran), [
      'binary:1:3: warning key-in-file',
      `large.log:1:${6 * 1024 * 1024 + 1}: warning key-in-file`,
      'latin1.txt:1:3: warning key-in-file',
      'utf16be.txt:1:3: warning key-in-file',
      'utf16le.txt:1:3: warning key-in-file',
      'utf8.txt:1:1: warning key-in-file',
    ]);
    assert.equal(
      ran.stderr,
      'Searched for stored keys only, because of their size: large.log.\nSearched for stored keys only: 1 binary file.\n',
    );
  });

  it('leaves a line alone that says so, except for stored keys', async () => {
    write('a.sh', `X=1\ncurl -H 'X-Api-Key: ${LITERAL}' # eccaex:ignore\n`);
    write('b.sh', `curl -H 'X-Api-Key: ${DEV}' # eccaex:ignore\ncurl -H 'X-Api-Key: ${LITERAL}'\n`);
    assert.deepEqual(places(await scan()), [
      'b.sh:1:21: warning key-in-file',
      'b.sh:2:21: warning key-literal',
    ]);
  });

  it('tells of a key in the name of a file or a folder, without it', async () => {
    write(`orders-${DEV}.txt`, 'a');
    write(`${PROD}/b.txt`, `\n${DEV}`);
    const ran = await scan();
    assert.deepEqual(places(ran), [
      'orders-••••93aa.txt:1:1: warning key-in-file',
      '••••11dd/b.txt:1:1: warning key-in-file',
      '••••11dd/b.txt:2:1: warning key-in-file',
    ]);
    assert.match(ran.stdout, /API key of dev in the name in a file\./);
    assert.equal((await scan('--json')).lines.length, 3);
  });

  it('writes a name with control characters so that a terminal does not obey it', async () => {
    write('a\u001b[31m\nb', DEV);
    const { stdout } = await scan();
    assert.ok(stdout.startsWith('a\\u001b[31m\\u000ab:1:1: '), stdout);
  });
});
