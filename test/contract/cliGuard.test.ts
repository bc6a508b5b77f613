import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { selfSignedCertificate } from '../support/certificate';
import { buildCli, CliWorkspace, reportsIn } from '../support/cli';
import { batch, request } from '../support/requests';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../support/scriptedServer';

const KEYS = { ECCAEX_API_KEY_DEV: 'key-of-dev', ECCAEX_API_KEY_PROD: 'key-of-prod' };

describe('eccaex creates no invoice that nobody asked for', function () {
  this.timeout(60_000);
  const certificate = selfSignedCertificate();
  let cli: CliWorkspace;
  /** What a key of prod, or of dev, belongs to: it is this machine, by an address that is not loopback. */
  let real: ScriptedServer;
  let variables: Record<string, string>;
  let baseUrl: string;
  before(buildCli);
  beforeEach(async () => {
    cli = await CliWorkspace.create();
    const created = jsonAnswer(201, { invoice_id: 'i-1', payment_link: 'https://pay.example/i-1' });
    real = await startScriptedServer(created, certificate);
    baseUrl = real.baseUrl.replace('127.0.0.1', '0.0.0.0');
    cli.write('a.json', request());
    cli.write('batch.json', batch({ amount: '"0.10"' }, { amount: '"0.20"' }, { currency_code: '"EUR"' }));
    cli.write('ca.pem', certificate.cert);
    variables = {
      ...KEYS,
      NODE_EXTRA_CA_CERTS: path.join(cli.folder, 'ca.pem'),
      ECCAEX_BASE_URL_DEV: baseUrl,
      ECCAEX_BASE_URL_PROD: baseUrl,
    };
  });
  afterEach(async () => {
    await cli.remove();
    await real.stop();
  });

  const send = (...args: string[]) => cli.run(['send', ...args], { variables });
  const keysReceived = () => real.received.map(({ headers }) => headers['x-api-key']);

  describe('without a yes', () => {
    const QUESTION =
      /Create 3 real invoices in prod \((\S+)\), 0\.30 UAH and 1500\.00 EUR in total\? \[y\/N\] $/;

    for (const [response, code] of [
      ['y\n', 0],
      ['YES\n', 0],
      ['n\n', 1],
      ['\n', 1],
      ['yesterday\n', 1],
      ['\u0004', 1],
    ] as const) {
      it(`which a person is asked for, who types ${JSON.stringify(response)}`, async () => {
        const run = cli.startInTerminal(['send', 'batch.json', '--env', 'prod'], { variables });
        const [, host] = await run.saying(QUESTION);
        assert.equal(host, new URL(baseUrl).host);
        assert.equal(real.connections(), 0);
        run.child.stdin?.write(response);
        assert.equal((await run.done).code, code);
        assert.equal(real.received.length, code === 0 ? 3 : 0);
      });
    }

    it('where a person interrupts', async () => {
      const run = cli.startInTerminal(['send', 'batch.json', '--env', 'prod'], { variables });
      await run.saying(QUESTION);
      run.child.stdin?.write('\u0003');
      assert.equal((await run.done).code, 130);
      assert.equal(real.connections(), 0);
    });

    for (const args of [
      ['--env', 'prod', '--json'],
      ['--env', 'dev'],
    ])
      it(`which is asked for with ${args.join(' ')}, too`, async () => {
        const run = cli.startInTerminal(['send', 'a.json', ...args], { variables });
        await run.saying(/Create 1 real invoice in (dev|prod) .*\[y\/N\] $/);
        assert.equal(real.connections(), 0);
        run.child.stdin?.write('n\n');
        assert.equal((await run.done).code, 1);
        assert.equal(real.connections(), 0);
      });

    for (const environment of ['dev', 'prod']) {
      it(`in a pipe to ${environment}, unless --yes gives it`, async () => {
        const { code, stdout, stderr } = await send('a.json', '--env', environment);
        assert.deepEqual([code, stdout, real.connections()], [2, '', 0]);
        assert.match(stderr, /add --yes/);
        assert.equal((await send('a.json', '--env', environment, '--yes')).code, 0);
        assert.deepEqual(keysReceived(), [`key-of-${environment}`]);
      });
    }
  });

  describe('with a key for another server', () => {
    for (const url of [
      'https://evil.example/api/v1',
      'https:evil.example',
      'https:/evil.example',
      'https:\\\\evil.example',
      'https://api.ecca-ex.com\\@evil.example',
      'https://api.ecca-ex.com@evil.example',
      'https://api.ecca-ex.com.evil.example',
      'https://api.ecca-ex.com:8443',
      'http://api.ecca-ex.com',
      'http:127.0.0.1',
      'https://127.0.0.1@evil.example',
      'https://localhost.evil.example',
      '//evil.example',
      'file:///etc/passwd',
      '',
    ])
      it(`${JSON.stringify(url)} is wrong usage, and nothing is sent`, async () => {
        const ran = await send('a.json', '--env', 'prod', '--yes', `--base-url=${url}`);
        assert.deepEqual([ran.code, ran.stdout, real.connections()], [2, '', 0]);
        assert.match(ran.stderr, /^eccaex: (--base-url must be|The key for prod belongs to)/);
        assert.doesNotMatch(ran.stderr, /key-of-prod/);
      });

    it('another path of the same server, and this machine, are not another one', async () => {
      const local = await startScriptedServer(jsonAnswer(201, { invoice_id: 'i', payment_link: 'l' }));
      const other = baseUrl.replace('/api/v1', '/api/v2');
      const yes = ['--env', 'prod', '--yes', '--base-url'];
      assert.equal((await send('a.json', ...yes, other)).code, 0);
      assert.deepEqual(
        real.received.map(({ url }) => url),
        ['/api/v2/create-invoice'],
      );
      assert.equal((await send('a.json', '--env', 'prod', '--base-url', local.baseUrl)).code, 0);
      assert.equal(local.received[0]?.headers['x-api-key'], 'key-of-prod');
      await local.stop();
    });

    it('the variable of a base URL is as strict', async () => {
      for (const url of ['https:evil.example', 'http://evil.example', 'evil.example']) {
        variables['ECCAEX_BASE_URL_PROD'] = url;
        const { code, stderr } = await send('a.json', '--env', 'prod', '--yes');
        assert.equal(code, 2);
        assert.match(stderr, /ECCAEX_BASE_URL_PROD must be a full https:/);
      }
    });
  });

  describe('by the name of a file', () => {
    /** Runs a real shell in the folder; `eccaex` is the built CLI. */
    const shell = (line: string) => cli.runInShell(line, { variables });

    for (const name of ['--json', '--yes', '--help', '-h', '--env=prod', '--var=a=b', '--', '-a.json'])
      it(`${name}, with a shell's *`, async () => {
        writeFileSync(path.join(cli.folder, name), request());
        const { code, stdout, stderr } = await shell('eccaex send *');
        assert.deepEqual([code, stdout, real.connections()], [2, '', 0]);
        assert.match(stderr, /is a file's name, or part of one/);
      });

    it('--json, at a terminal, silences no question', async () => {
      cli.write('--json', request());
      const { code } = await cli.startInTerminal(['send', '--env', 'prod', '--json', 'a.json'], { variables })
        .done;
      assert.deepEqual([code, real.connections()], [2, 0]);
    });

    it('of a folder, or a broken link, with a shell’s */*', async () => {
      mkdirSync(path.join(cli.folder, '--base-url=https:', 'evil.example'), { recursive: true });
      writeFileSync(path.join(cli.folder, '--base-url=https:', 'evil.example', 'x.json'), request());
      assert.equal((await shell('eccaex send a.json --base-url=*/*/*.json --env prod --yes')).code, 2);
      symlinkSync('nowhere', path.join(cli.folder, '--env=dev'));
      assert.equal((await shell('eccaex send a.json --env=*')).code, 2);
      assert.equal(real.connections(), 0);
    });

    for (const [name, line] of [
      ['a.json --env=prod --yes', "printf '%s\\n' a.json* | xargs eccaex send"],
      ['a.json --yes', "printf '%s\\n' a.json* | xargs eccaex send --env prod"],
      ['a.json --env=prod --yes b.json', 'ls a.json* | xargs eccaex send'],
      ['--env=prod --yes a.json', 'ls -- --env* | xargs eccaex send'],
      ['a.json --env=prod --yes', "find . -name 'a.json*' | sort | xargs eccaex send"],
      ['a.json\t--env=prod\n--yes', "printf '%s\\n' a.json* | xargs eccaex send"],
    ] as const)
      it(`${JSON.stringify(name)}, with ${line}`, async () => {
        writeFileSync(path.join(cli.folder, name), request());
        cli.write('b.json', request());
        const { code, stdout } = await shell(line);
        // xargs ends with 123 where its command ends with 1 to 125.
        assert.deepEqual([code, stdout, real.connections()], [123, '', 0]);
      });

    it('in a folder below, with find and xargs', async () => {
      const folder = path.join(cli.folder, 'orders --env=prod --yes --var x=');
      mkdirSync(folder);
      writeFileSync(path.join(folder, 'a.json'), request());
      cli.write('orders', request());
      assert.equal((await shell("find . -name a.json -path '*/*/*' | xargs eccaex send")).code, 123);
      assert.equal(real.connections(), 0);
    });

    it('such files are sent after --, and by xargs -0', async () => {
      writeFileSync(path.join(cli.folder, '--json'), request());
      assert.equal((await shell('eccaex validate -- --json')).code, 0);
      writeFileSync(path.join(cli.folder, 'a.json --yes'), request());
      const { code, stdout } = await shell("printf '%s\\0' a.json* | xargs -0 eccaex validate");
      assert.deepEqual([code, stdout], [0, 'valid a.json\nvalid a.json --yes\n2 requests: 2 valid\n']);
    });
  });

  describe('with a key as people have it', () => {
    for (const [text, says] of [
      ['"key-of-dev"', 'ECCAEX_API_KEY_DEV: Removed quotes around the key.\n'],
      ['Bearer key-of-dev', 'ECCAEX_API_KEY_DEV: Removed “Bearer” around the key.\n'],
      ['X-Api-Key: key-of-dev', 'ECCAEX_API_KEY_DEV: Removed “X-Api-Key” around the key.\n'],
      ['key-of-dev', ''],
    ] as const)
      it(`${text} is sent without what is around it`, async () => {
        variables['ECCAEX_API_KEY_DEV'] = text;
        const { code, stderr } = await send('a.json', '--env', 'dev', '--yes');
        assert.deepEqual([code, stderr.replace(/Sending.*\n/, '')], [0, says]);
        assert.deepEqual(keysReceived(), ['key-of-dev']);
      });

    it('a placeholder is refused with the reason, in JSON too', async () => {
      variables['ECCAEX_API_KEY_DEV'] = '<your key>';
      const ran = await send('a.json', '--env', 'dev', '--yes', '--json');
      const [report] = reportsIn(ran);
      assert.deepEqual([ran.code, report?.outcome, real.connections()], [1, 'blocked', 0]);
      assert.match(report?.problems[0]?.guidance.join() ?? '', /This is a placeholder, not a key/);
    });
  });
});
