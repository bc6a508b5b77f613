import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../package.json';
import { buildCli, CliWorkspace, reportsIn } from '../support/cli';
import { batch, request, type Changes } from '../support/requests';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../support/scriptedServer';

describe('eccaex, its arguments and its files', function () {
  this.timeout(60_000);
  let cli: CliWorkspace;
  let server: ScriptedServer;
  before(buildCli);
  beforeEach(async () => {
    cli = await CliWorkspace.create();
    server = await startScriptedServer(jsonAnswer(201, { invoice_id: 'i', payment_link: 'l' }));
  });
  afterEach(async () => {
    await cli.remove();
    await server.stop();
  });

  const variables = { ECCAEX_API_KEY_DEV: 'key-of-dev' };
  const toDev = () => ['--env', 'dev', '--base-url', server.baseUrl];

  it('tells its version', async () => {
    for (const option of ['--version', '-v']) {
      assert.deepEqual(await cli.run([option]), { code: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  it('tells what it can do', async () => {
    const { code, stdout, stderr } = await cli.run(['--help']);
    assert.deepEqual([code, stderr], [0, '']);
    for (const command of ['send', 'validate', 'scan', 'sandbox'])
      assert.match(stdout, new RegExp(`^  ${command} `, 'm'));
    assert.deepEqual((await cli.run(['-h'])).stdout, stdout);
  });

  for (const [command, options] of Object.entries({
    send: ['--env', '--base-url', '--var', '--yes', '--json', '--concurrency', '--timeout', '--help'],
    validate: ['--env', '--var', '--json', '--help'],
    scan: ['--staged', '--json', '--sarif', '--help'],
    sandbox: ['--port', '--deliver-to', '--help'],
  })) {
    it(`tells what ${command} can do`, async () => {
      const { code, stdout, stderr } = await cli.run([command, '--help']);
      assert.deepEqual([code, stderr], [0, '']);
      assert.ok(stdout.startsWith(`Usage: eccaex ${command}`));
      assert.deepEqual(stdout.match(/(?<=^ +(?:-\w, )?)--[a-z-]+/gm), options);
      for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
      if (options.includes('--json')) assert.match(stdout, /^Usage: .* \[--\] /);
    });
  }

  describe('is used wrongly', () => {
    const WRONG: [args: string[], says: RegExp][] = [
      [[], /No command given/],
      [['sned', 'a.json'], /Unknown command "sned"\. Did you mean "send"\?/],
      [['send'], /No file given/],
      [['validate', '--json'], /No file given/],
      [['send', 'a.json', '--nope'], /Unknown option --nope for send\.$/m],
      [['validate', 'a.json', '--concurrency', '3'], /Unknown option --concurrency for validate/],
      [['send', 'a.json', '--env', 'production'], /--env must be sandbox, dev, staging or prod/],
      [['scann'], /Unknown command "scann"\. Did you mean "scan"\?/],
      [['xyz'], /Unknown command "xyz"\.$/m],
      [['send', 'a.json', '--jsn'], /Unknown option --jsn for send\. Did you mean "--json"\?/],
      [['send', 'a.json', '--base_url', 'x'], /Did you mean "--base-url"\?/],
      [['--json', 'x'], /Unknown option --json before the command/],
      [['send', 'a.json', '--env', 'dev', '--env=dev'], /--env is given twice/],
      [['send', 'a.json', '--json', '--json'], /--json is given twice/],
      [['send', 'a.json', '--var', 'a=1', '--var=a=2'], /--var a is given twice/],
      [['send', 'a.json', '--json', 'b.json'], /all options before the files or all after/],
      [['send', 'a.json', '--help', 'b.json'], /all options before the files or all after/],
      [['send', '--json', 'a.json', '--yes'], /all options before the files or all after/],
      [['send', 'a.json', '--json', '--', 'b.json'], /all options before the files or all after/],
      [['send', 'a.json', '--env'], /--env needs a value/],
      [['send', 'a.json', '--env', '--json'], /--env needs a value/],
      [['send', 'a.json', '--json=yes'], /--json takes no value/],
      [['send', 'a.json', '--concurrency', '0'], /--concurrency must be a whole number from 1 to 50/],
      [['send', 'a.json', '--concurrency', '1.5'], /--concurrency/],
      [['send', 'a.json', '--timeout', 'soon'], /--timeout must be a number from .* to 600/],
      [['send', 'a.json', '--timeout=-1'], /--timeout/],
      [['send', 'a.json', '--timeout', '1e99'], /--timeout/],
      [
        ['send', 'a.json', '--base-url', 'https://api.ecca-ex.com/api/v1'],
        /--base-url must be on this machine/,
      ],
      [['sandbox', '--port', '70000'], /--port must be a whole number from 0 to 65535/],
      [['sandbox', 'a.json'], /takes no files/],
      ...[
        'shop.example',
        'ftp://shop.example',
        'http:shop.example',
        'http://a@shop.example',
        'http://shop.example/hooks',
        'http://shop.example?x',
        'http://',
      ].map((origin): [args: string[], says: RegExp] => [
        ['sandbox', '--deliver-to', origin],
        /--deliver-to takes an origin, such as http:\/\/127\.0\.0\.1:3000/,
      ]),
      [
        ['sandbox', '--deliver-to', 'http://a.example', '--deliver-to', 'http://A.example:80/'],
        /--deliver-to http:\/\/a\.example is given twice/,
      ],
      [['scan', 'a', 'b'], /takes one folder/],
      [['scan', 'a.json'], /a\.json is not a folder/],
      [['scan', '--env', 'dev'], /Unknown option --env for scan/],
    ];
    for (const [args, says] of WRONG) {
      it(`with ${JSON.stringify(args)}`, async () => {
        cli.write('a.json', request());
        const { code, stdout, stderr } = await cli.run(args);
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(stderr, says);
        assert.match(stderr, /^eccaex: .*\nTry: eccaex .*--help\n$/);
      });
    }

    it('with a key as an argument, which it does not repeat', async () => {
      for (const args of [['--api-key=sk_live_1'], ['--key', 'sk_live_1'], ['--token=sk_live_1']]) {
        const { code, stdout, stderr } = await cli.run(['send', 'a.json', ...args]);
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(stderr, /ECCAEX_API_KEY_DEV/);
        assert.ok(!stderr.includes('sk_live_1'), stderr);
      }
    });

    it('with files that cannot be read: each is named, and none is sent', async () => {
      cli.write('good.json', request());
      mkdirSync(path.join(cli.folder, 'folder'));
      const files = ['good.json', 'missing.json', 'folder', 'good.json/x'];
      const { code, stdout, stderr } = await cli.run(['send', ...files, ...toDev()], { variables });
      assert.deepEqual([code, stdout], [3, '']);
      assert.deepEqual(stderr.trimEnd().split('\n'), [
        'eccaex: Cannot read missing.json: it does not exist.',
        'eccaex: Cannot read folder: it is a folder.',
        'eccaex: Cannot read good.json/x: it does not exist.',
      ]);
      assert.equal(server.connections(), 0);
      assert.equal((await cli.run(['validate', ...files])).code, 3);
    });
  });

  describe('reads a file', () => {
    it('with a byte order mark and CRLF, and sends what stands in it', async () => {
      const text = request({}, { eol: '\r\n', indent: '\t' });
      cli.write('a.json', Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(text)]));
      assert.equal((await cli.run(['send', 'a.json', ...toDev()], { variables })).code, 0);
      assert.deepEqual(
        server.received.map(({ body }) => body),
        [text],
      );
    });

    it('that is not UTF-8, and sends nothing', async () => {
      cli.write('a.json', Buffer.from(request({ purpose: '"Grüße"' }), 'latin1'));
      const ran = await cli.run(['send', 'a.json', '--json', ...toDev()], { variables });
      const [report] = reportsIn(ran);
      assert.deepEqual([ran.code, report?.outcome, report?.problems[0]?.code], [1, 'invalid', 'json-syntax']);
      assert.equal(server.connections(), 0);
    });

    it('once, though it is named twice', async () => {
      cli.write('a.json', request());
      const ran = await cli.run(['send', 'a.json', './a.json', path.join(cli.folder, 'a.json'), ...toDev()], {
        variables,
      });
      assert.deepEqual([ran.code, server.received.length], [0, 1]);
    });

    it('whose name begins with a dash, after two of them', async () => {
      cli.write('-a.json', request());
      assert.equal((await cli.run(['validate', '--', '-a.json'])).code, 0);
    });

    it('in another folder, with any characters in its name', async () => {
      const name = cli.write('a b%20#ü😀?.json', request());
      const ran = await cli.run(['validate', name, path.join(cli.folder, name)]);
      assert.deepEqual(ran, { code: 0, stdout: `valid ${name}\n`, stderr: '' });
    });
  });

  describe('validates', () => {
    it('a line of 20 MB, and finds what is wrong at its end', async () => {
      const oneLine = (changes: Changes) => request(changes, { eol: '', indent: '' });
      const good = oneLine({ customer_id: `"${'💶'.repeat(60)}"`, external_id: '"ID"' });
      const count = Math.ceil(20_000_000 / Buffer.byteLength(good));
      const before = Array.from({ length: count }, (_, place) => good.replace('ID', `line-${place}`));
      const text = `[${[...before, oneLine({ amount: '1500', external_id: '"last"' })].join()}]`;
      cli.write('line.json', text);
      const { code, stdout } = await cli.run(['validate', 'line.json']);
      assert.equal(code, 1);
      assert.deepEqual(stdout.match(/^line\.json:.*: error \S+/gm), [
        `line.json:1:${text.lastIndexOf('1500') + 1}: error field-type`,
      ]);
    });

    it('without a word to any server', async () => {
      cli.write('good.json', request());
      cli.write('bad.json', batch({}, { amount: '1500.5', currency_code: '"uah"' }));
      const { code, stdout, stderr } = await cli.run(['validate', 'good.json', 'bad.json']);
      assert.deepEqual([code, stderr], [1, '']);
      assert.deepEqual(
        stdout.split('\n').filter((line) => !line.startsWith('    ')),
        [
          'valid good.json',
          'valid bad.json · request 1',
          'invalid bad.json · request 2',
          'bad.json:10:13: error field-type "amount" must be a string, not a number. Put the number in quotes.',
          'bad.json:11:20: error currency-format "uah" is not a currency code (3 uppercase letters, such as UAH). Write the ISO 4217 code of the currency.',
          '3 requests: 2 valid, 1 invalid',
          '',
        ],
      );
    });

    it('for an environment', async () => {
      cli.write('a.json', request({ callback_url: '"http://127.0.0.1/x"' }));
      const forSandbox = await cli.run(['validate', 'a.json']);
      const forDev = await cli.run(['validate', 'a.json', '--env', 'dev']);
      assert.deepEqual([forSandbox.code, forSandbox.stdout], [0, 'valid a.json\n']);
      assert.equal(forDev.code, 0);
      assert.match(forDev.stdout, /^a\.json:\d+:\d+: info url-unreachable /m);
    });

    it('with one JSON report a line', async () => {
      cli.write('a.json', batch({}, { purpose: undefined, fail_url: undefined }, { amount: '1' }));
      const ran = await cli.run(['validate', 'a.json', '--json']);
      assert.deepEqual([ran.code, ran.stderr], [1, '']);
      const reports = reportsIn(ran).map(({ file, index, environment, outcome, at, problems, ...others }) => {
        assert.match(at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
        assert.deepEqual([file, environment, others], [path.join(cli.folder, 'a.json'), 'sandbox', {}]);
        return [index, outcome, ...problems.map(({ code }) => code)];
      });
      assert.deepEqual(reports, [
        [0, 'valid'],
        [1, 'valid', 'urls-missing'],
        [2, 'invalid', 'field-type'],
      ]);
    });

    it('that no key of any environment stands in a file', async () => {
      cli.write('a.json', batch({}, { purpose: '"key-of-prod"' }));
      const ran = await cli.run(['validate', 'a.json', '--json'], {
        variables: { ...variables, ECCAEX_API_KEY_PROD: 'key-of-prod' },
      });
      const reports = reportsIn(ran).map(({ problems }) => problems.map(({ code }) => code));
      assert.deepEqual([ran.code, reports], [1, [[], ['key-in-file']]]);
    });
  });
});
