import assert from 'node:assert/strict';
import manifest from '../../package.json';
import { buildCli, CliWorkspace, reportsIn, type Ran } from '../support/cli';
import { batch, request } from '../support/requests';
import { jsonAnswer, startScriptedServer, type Script, type ScriptedServer } from '../support/scriptedServer';

const CREATED = jsonAnswer(201, {
  invoice_id: 'i-1',
  amount: '1500.00',
  currency: 'UAH',
  payment_link: 'https://pay.example/i-1',
});
const KEYS = { ECCAEX_API_KEY_DEV: 'key-of-dev' };
const ESCAPE = '\u001b';

/** What can do something to a terminal, or lie about the order of what it shows. */
const HARMFUL = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

describe('eccaex in a terminal', function () {
  this.timeout(60_000);
  let cli: CliWorkspace;
  let server: ScriptedServer;
  let script: Script;
  before(buildCli);
  beforeEach(async () => {
    cli = await CliWorkspace.create();
    script = CREATED;
    server = await startScriptedServer((res, sent) => script(res, sent));
    cli.write('a.json', request());
  });
  afterEach(async () => {
    await cli.remove();
    await server.stop();
  });

  const sendToDev = (file: string) => ['send', file, '--env', 'dev', '--base-url', server.baseUrl];

  describe('what comes from files and servers', () => {
    const EVIL = `${ESCAPE}]0;title\u0007${ESCAPE}[2J\u009b31m\r\na.json:1:1: error X y\u202e\u2028\u007f`;

    beforeEach(() => {
      const error = { code: `BAD${EVIL}`, message: EVIL, details: { amount: EVIL, [EVIL]: EVIL } };
      const answers: Record<string, Script> = {
        refused: jsonAnswer(422, { successful: false, request_id: EVIL, error }),
        created: jsonAnswer(201, { invoice_id: EVIL, amount: EVIL, currency: EVIL, payment_link: EVIL }),
        redirected: (res) => res.writeHead(307, { Location: 'https://x.example/\u0085\u009b2J' }).end(),
      };
      script = (res, sent) => {
        const { customer_id } = JSON.parse(sent.body) as { customer_id: string };
        (answers[customer_id] ?? CREATED)(res, sent);
      };
    });

    const text = () =>
      batch(
        ...['refused', 'created', 'redirected'].map((id) => ({ customer_id: `"${id}"` })),
        { currency_code: JSON.stringify(EVIL), [EVIL]: '1', purpose: JSON.stringify(`{{${EVIL}}}`) },
        { external_id: JSON.stringify(EVIL) },
      );

    for (const [how, variables, ours] of [
      ['plain', KEYS, /\n/g],
      ['coloured', { ...KEYS, FORCE_COLOR: '1' }, new RegExp(`\n|${ESCAPE}\\[\\d+m`, 'g')],
    ] as const) {
      it(`is shown and does nothing, ${how}`, async () => {
        const file = cli.write(`b${ESCAPE}]0;\u202e\n.json`, text());
        const { code, stdout, stderr } = await cli.run(sendToDev(file), { variables });
        assert.equal(code, 3);
        const theirs = (stdout + stderr).replace(ours, '');
        assert.ok(!HARMFUL.test(theirs), JSON.stringify(theirs));
        assert.match(theirs, /BAD\\u001b\]0;title\\u0007/);
        for (const outcome of ['created', 'rejected', 'unexpected', 'invalid'])
          assert.ok(theirs.includes(outcome), outcome);
      });
    }

    it('is JSON with --json, and does nothing', async () => {
      cli.write('b.json', text());
      const ran = await cli.run([...sendToDev('b.json'), '--json'], { variables: KEYS });
      assert.ok(!HARMFUL.test(ran.stdout.replaceAll('\n', '')), JSON.stringify(ran.stdout));
      const reports = reportsIn(ran);
      assert.equal(reports[0]?.error?.message, EVIL);
      assert.equal(reports[1]?.invoice?.['invoice_id'], EVIL);
    });

    it('does nothing in what is said of wrong usage', async () => {
      for (const [exit, ...args] of [
        [3, 'send', `no${EVIL}`],
        [2, `no${EVIL}`],
        [2, 'send', `--no${EVIL}`],
      ] as const) {
        const { code, stderr } = await cli.run(args);
        assert.equal(code, exit);
        assert.ok(!HARMFUL.test(stderr.replaceAll('\n', '')), JSON.stringify(stderr));
      }
    });
  });

  describe('a log of a CI, and a problem matcher', () => {
    const [matcher] = manifest.contributes.problemMatchers;
    const matched = new RegExp(matcher?.pattern.regexp ?? '');
    /** What GitHub, Azure and TeamCity take for a command. */
    const COMMAND = /^\s*::|##\[|##vso\[|##teamcity\[/i;
    const plain = (text: string) => text.replace(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '').split('\n');

    const FORGERIES = [
      '::error file=b.json::forged',
      ' \t::warning::forged',
      '\u00a0::stop-commands::x',
      '##[error]forged',
      '##vso[task.setvariable variable=x]y',
      '##teamcity[buildProblem description=x]',
      'x#',
      '\r::error::forged',
      '\n##[command]forged',
      'b.json:1:1: error FORGED text',
      'b.json:1:1:',
      'b.json:1:1',
      'error FORGED text',
      '\nb.json:1:1: warning FORGED text',
    ];
    const forged = (forgery: string): Script => {
      const error = { code: forgery, message: forgery, details: { amount: forgery, [forgery]: forgery } };
      const refuse = jsonAnswer(422, { successful: false, request_id: forgery, error });
      const invoice = { invoice_id: forgery, amount: forgery, currency: forgery, payment_link: forgery };
      const create = jsonAnswer(201, invoice);
      return (res, sent) => (sent.body.includes('"refused"') ? refuse : create)(res, sent);
    };
    const writeForged = (forgery: string) =>
      cli.write(
        forgery.replaceAll('/', ''),
        batch(
          { customer_id: '"refused"' },
          { external_id: JSON.stringify(forgery) },
          { [forgery]: '1', currency_code: JSON.stringify(forgery) },
        ),
      );
    const tellsNothing = ({ stdout, stderr }: Ran): void => {
      for (const line of [...plain(stdout), ...plain(stderr)]) {
        assert.doesNotMatch(line, COMMAND);
        // Problems are at the file that was sent, whose name stands first.
        const [, found = ''] = matched.exec(line) ?? [];
        assert.notEqual(found.split(/[/ ]/).at(-1), 'b.json', line);
      }
    };

    for (const forgery of FORGERIES)
      it(`cannot be told anything by ${JSON.stringify(forgery)}`, async () => {
        script = forged(forgery);
        const file = writeForged(forgery);
        const colored = { ...KEYS, FORCE_COLOR: '1' };
        const [asJson, ...others] = await Promise.all([
          cli.run([...sendToDev(file), '--json'], { variables: KEYS }),
          cli.run(sendToDev(file), { variables: KEYS }),
          cli.run(sendToDev(file), { variables: colored }),
          cli.run([forgery], { variables: colored }),
        ]);
        for (const ran of [asJson, ...others]) tellsNothing(ran);
        assert.equal(reportsIn(asJson)[0]?.error?.message, forgery);
      });

    for (const command of ['send', 'scan'])
      it(`cannot be told anything by files that ${command} does not find`, async () => {
        const args = [command, ...FORGERIES.map((forgery) => `no${forgery}`)];
        for (const more of [{}, { FORCE_COLOR: '1' }]) {
          const ran = await cli.run(args, { variables: { ...KEYS, ...more } });
          assert.notEqual(ran.code, 0);
          tellsNothing(ran);
        }
      });

    it('cannot be told anything by what begins with a name that is not found', async () => {
      const args = ['send', ...FORGERIES.map((forgery) => forgery.trim()), 'no.json'];
      tellsNothing(await cli.run(args, { variables: KEYS }));
    });
  });

  describe('colours', () => {
    const isColoured = ({ stdout }: { stdout: string }) => stdout.includes(`${ESCAPE}[32m`);

    for (const [where, variables, coloured] of [
      ['a pipe', {}, false],
      ['a pipe', { FORCE_COLOR: '1' }, true],
      ['a pipe', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
      ['a terminal', {}, true],
      ['a terminal', { NO_COLOR: '1' }, false],
      ['a terminal', { FORCE_COLOR: '0' }, false],
      ['a terminal', { TERM: 'dumb' }, false],
    ] as const) {
      it(`are ${coloured ? '' : 'not '}in ${where} with ${JSON.stringify(variables)}`, async () => {
        const args = ['validate', 'a.json'];
        const begin =
          where === 'a pipe' ? cli.start(args, { variables }) : cli.startInTerminal(args, { variables });
        const ran = await begin.done;
        assert.deepEqual([ran.code, isColoured(ran)], [0, coloured], JSON.stringify(ran.stdout));
      });
    }

    it('come with columns in a terminal alone', async () => {
      cli.write('longer.json', request({ amount: '1' }));
      const files = ['validate', 'a.json', 'longer.json'];
      const inPipe = await cli.run(files);
      const inTerminal = await cli.startInTerminal(files).done;
      assert.match(inPipe.stdout, /^valid a\.json\ninvalid longer\.json\n/);
      assert.ok(
        inTerminal.stdout.includes(`${ESCAPE}[32mvalid  ${ESCAPE}`),
        JSON.stringify(inTerminal.stdout),
      );
    });
  });
});
