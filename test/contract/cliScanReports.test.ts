import assert from 'node:assert/strict';
import Ajv from 'ajv-draft-04';
import { mkdirSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { buildCli, CliWorkspace, type Ran } from '../support/cli';
import { PROJECT } from '../support/paths';
import { runOrThrow } from '../support/processes';

/** The schema as its maintainers ship it. */
const SARIF_SCHEMA = path.join(
  PROJECT,
  'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);

interface Log {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number; readonly startColumn: number };
        };
      }[];
    }[];
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
  }[];
}

const DEV = 'sk_dev_4f1c09d2a7b84e6f93aa';
const PROD = 'sk_prod_77aa01c3f9d24b8e11dd';
const LITERAL = 'live_00ff19a7c4';
const KEYS = [DEV, PROD, LITERAL];
const variables = { ECCAEX_API_KEY_DEV: DEV, ECCAEX_API_KEY_PROD: PROD };

describe('eccaex scan, in bytes and as SARIF', function () {
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

  it('finds stored keys in bytes: UTF-16 without a mark, between zeros, across the parts of a large file', async () => {
    const LE = Buffer.from(`# ü\nkey = ${DEV}\n`, 'utf16le');
    write('le.txt', LE);
    write('be.txt', Buffer.from(LE).swap16());
    write('zeros.bin', Buffer.from(`\0\u0001\0\n${Array.from(DEV).join('\0')}\n`, 'latin1'));
    write('parts.log', `${'x'.repeat(4 * 1024 * 1024 - 9)}${DEV}\n${'y\n'.repeat(1024 * 1024)}${PROD}`);
    write('clean.bin', Buffer.from([0, 1, 2, 3]));
    const ran = await scan();
    assert.equal(ran.code, 1);
    assert.deepEqual(places(ran), [
      'be.txt:2:7: warning key-in-file',
      'le.txt:2:7: warning key-in-file',
      `parts.log:1:${4 * 1024 * 1024 - 8}: warning key-in-file`,
      `parts.log:${1024 * 1024 + 2}:1: warning key-in-file`,
      'zeros.bin:2:1: warning key-in-file',
    ]);
    assert.match(ran.stderr, /only, because of their size: parts\.log\.\n.*only: 2 binary files\./);
  });

  it('finds what is written in UTF-16 without a mark as in any text', async () => {
    write('le.env', Buffer.from(`ECCAEX_API_KEY=${LITERAL}\n`, 'utf16le'));
    assert.deepEqual(places(await scan()), ['le.env:1:16: warning key-literal']);
  });

  it('says what was not searched and why, and ends with 3 where that was nothing at all', async () => {
    write('a.bin', Buffer.from([0, 1]));
    write('b.log', 'x'.repeat(6 * 1024 * 1024));
    // A sparse file takes no room.
    write('huge.img', '');
    truncateSync(path.join(cli.folder, 'huge.img'), 1024 * 1024 * 1024 + 1);
    const ran = await scan();
    assert.equal(ran.code, 3);
    assert.match(ran.stderr, /^Too large to search: huge\.img\.\n/);
    const told = (await scan('--json')).lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      told.map(({ file, code, reason, searchedFor }) => [
        path.basename(String(file)),
        code,
        reason,
        searchedFor,
      ]),
      [
        ['a.bin', 'not-searched', 'binary', 'stored keys'],
        ['b.log', 'not-searched', 'large', 'stored keys'],
        ['huge.img', 'not-searched', 'too large', 'nothing'],
      ],
    );
  });

  describe('with --sarif', () => {
    const log = async () => {
      const ran = await scan('--sarif');
      assert.equal(ran.lines.length, 1);
      return { ...ran, log: JSON.parse(ran.stdout) as Log };
    };

    it('gives a log that is valid SARIF 2.1.0, with each finding at its place and no key', async () => {
      await git('init', '--quiet');
      write('ü b/c.sh', `X=1\ncurl -H 'X-Api-Key: ${LITERAL}'\n`);
      write(`${DEV}.txt`, `\n${PROD}`);
      write('a.bin', Buffer.from([0, 1]));
      const ran = await log();
      assert.equal(ran.code, 1);
      const schema = JSON.parse(readFileSync(SARIF_SCHEMA, 'utf8')) as object;
      const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
        schema,
      );
      assert.ok(validate(ran.log), JSON.stringify(validate.errors));
      const [only] = ran.log.runs;
      assert.deepEqual(
        only?.results.map(({ ruleId, level, locations: [place] }) => {
          const { artifactLocation, region } = place?.physicalLocation ?? {};
          return [
            ruleId,
            level,
            decodeURI(artifactLocation?.uri ?? ''),
            region?.startLine,
            region?.startColumn,
          ];
        }),
        [
          ['key-in-file', 'warning', '%E2%80%A2%E2%80%A2%E2%80%A2%E2%80%A293aa.txt', 1, 1],
          ['key-in-file', 'warning', '%E2%80%A2%E2%80%A2%E2%80%A2%E2%80%A293aa.txt', 2, 1],
          ['key-literal', 'warning', 'ü b/c.sh', 2, 21],
        ].map(([rule, level, uri, line, column]) => [rule, level, decodeURI(String(uri)), line, column]),
      );
      assert.equal(only.invocations[0]?.executionSuccessful, true);
    });

    it('counts paths from the root of the repository, where code hosts look for them', async () => {
      await git('init', '--quiet');
      write('deep/src/a.sh', `curl -H 'X-Api-Key: ${LITERAL}'\n`);
      const { stdout } = await scan('deep', '--sarif');
      assert.match(stdout, /"uri":"deep\/src\/a\.sh"/);
    });

    it('is a log without results where nothing is found, and is no --json', async () => {
      assert.deepEqual((await log()).log.runs[0]?.results, []);
      const { code, stderr } = await scan('--sarif', '--json');
      assert.deepEqual([code, /--json or --sarif/.test(stderr)], [2, true]);
    });
  });
});
