import assert from 'node:assert/strict';
import { parseDocument } from '../../../../src/core/document/document';
import { ENVIRONMENTS } from '../../../../src/core/environments/environment';
import { locate } from '../../../../src/core/problems/anchor';
import { KEY, ORIGIN, created, type World } from '../../../support/ports';
import { batch, request } from '../../../support/requests';
import { A, B, Sending } from '../../../support/sendingWorld';

const OTHER_KEY = 'test_fedcba9876543210';

const KEYS_LOOKED_FOR = ENVIRONMENTS.map((environment) => `key ${environment}`);

describe('sending', () => {
  let sending: Sending;
  let world: World;
  beforeEach(() => {
    sending = new Sending();
    world = sending.world;
  });

  it('posts the text of the request with the key, once, and reports what came back', async () => {
    world.respond = () => created({ status: 'pending' });
    const [report, ...more] = await sending.reports();
    assert.deepEqual(more, []);
    assert.deepEqual(report, {
      file: '/shop/a.json',
      index: 0,
      environment: 'dev',
      origin: ORIGIN,
      outcome: 'created',
      at: '2026-01-02T03:04:05.678Z',
      status: 201,
      durationMs: 12.3,
      body: request(),
      invoice: { invoice_id: 'i-1', payment_link: 'https://pay.example/i-1', status: 'pending' },
      problems: [],
    });
    assert.deepEqual(world.requests, [
      {
        method: 'POST',
        url: `${ORIGIN}/api/v1/create-invoice`,
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-Api-Key': KEY },
        body: request(),
        timeoutMs: 30_000,
      },
    ]);
  });

  it('reads, looks for keys, resolves and sends in this order', async () => {
    await sending.send();
    assert.deepEqual(world.events, [
      `read ${A}`,
      ...KEYS_LOOKED_FOR,
      'key dev',
      'confirm',
      'journal',
      `POST ${ORIGIN}/api/v1/create-invoice`,
    ]);
  });

  it('writes each request down before it leaves, and again with what came of it', async () => {
    world.texts.set(A, batch({}, { amount: '5' }, {}));
    world.respond = ({ body }) => {
      assert.equal(world.journaled.at(-1)?.request.body, body);
      return created();
    };
    world.concurrent = 1;
    await sending.send();
    assert.deepEqual(
      world.journaled.map(({ request: { uri, index, environment, url }, report }) => [
        uri,
        index,
        environment,
        url,
        report?.outcome,
      ]),
      [0, 2].map((index) => [A, index, 'dev', `${ORIGIN}/api/v1/create-invoice`, 'created']),
    );
  });

  it('does not send what is stopped while it is written down', async () => {
    const abort = new AbortController();
    sending.options = { signal: abort.signal };
    const { begin } = world.journal;
    world.journal.begin = (departure) => {
      abort.abort();
      return begin(departure);
    };
    assert.deepEqual(await sending.outcomes(), ['0 cancelled']);
    assert.deepEqual(world.requests, []);
    assert.equal(world.journaled[0]?.report?.outcome, 'cancelled');
  });

  it('does not keep who stops it waiting for a slow disk, and takes it back once that is written', async () => {
    const abort = new AbortController();
    sending.options = { signal: abort.signal };
    let write: () => void = () => assert.fail();
    const { begin } = world.journal;
    world.journal.begin = async (departure) => {
      abort.abort();
      await new Promise<void>((resolve) => (write = resolve));
      return begin(departure);
    };
    assert.deepEqual(await sending.outcomes(), ['0 cancelled']);
    assert.deepEqual([world.requests, world.journaled], [[], []]);
    write();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(world.journaled[0]?.report?.outcome, 'cancelled');
  });

  it('resolves placeholders anew for each request', async () => {
    world.texts.set(A, batch({ external_id: '"{{$uuid}}"' }, { external_id: '"{{$uuid}}"' }));
    const bodies = (await sending.reports()).map(
      ({ body = '' }) => (JSON.parse(body) as Record<string, string>)['external_id'],
    );
    assert.deepEqual(bodies, ['uuid-1', 'uuid-2']);
  });

  it('sends a body that was sent before to the letter', async () => {
    const body = '{"external_id": "once", "n": 1.50}';
    await sending.send({ uri: A, index: 0, body });
    assert.equal(world.requests[0]?.body, body);
  });

  it('reports no key that the name of a file holds', async () => {
    const uri = `file:///shop/${OTHER_KEY}.json`;
    world.giveKey('prod', OTHER_KEY);
    world.texts.set(uri, request());
    assert.equal((await sending.reports({ uri }))[0]?.file, '/shop/••••3210.json');
  });

  for (const [how, held] of [
    ['as it is', KEY],
    ['with escapes', `\\u006c${KEY.slice(1)}`],
    ['in base64', Buffer.from(`shop:${KEY}`).toString('base64')],
    ['of another environment', OTHER_KEY],
  ] as const) {
    it(`does not send a body again that holds a stored key ${how}`, async () => {
      world.giveKey('prod', OTHER_KEY);
      const body = JSON.stringify({ amount: '1', purpose: 'PURPOSE' }).replace('PURPOSE', held);
      const [report] = await sending.reports({ uri: A, index: 0, body });
      assert.deepEqual(
        [report?.outcome, report?.problems.map(({ code, pointer }) => [code, pointer])],
        ['invalid', [['key-in-file', '/purpose']]],
      );
      assert.ok(!JSON.stringify(report).includes(held));
      assert.deepEqual(world.requests, []);
    });
  }

  it('sends what can be sent of a batch, and reports all of it in order', async () => {
    world.texts.set(A, batch({}, { amount: '5' }, {}, { fail_url: undefined }));
    assert.deepEqual(await sending.outcomes(), [
      '0 created',
      '1 invalid field-type',
      '2 created',
      '3 created urls-missing',
    ]);
    assert.equal(world.requests.length, 3);
  });

  it('reports files that cannot be read, and sends the others', async () => {
    const result = await sending.send([{ uri: B }, { uri: A }]);
    assert.deepEqual(result.unreadable, [{ uri: B, detail: 'no such file' }]);
    assert.deepEqual(
      result.reports.map(({ report }) => report.outcome),
      ['created'],
    );
  });

  it('names what is no file by its URI', async () => {
    world.texts.set('untitled:Untitled-1', request());
    assert.equal((await sending.reports({ uri: 'untitled:Untitled-1' }))[0]?.file, 'untitled:Untitled-1');
  });

  describe('what keeps a request from being sent', () => {
    const blocked: Readonly<Record<string, (world: World) => void>> = {
      'untrusted-workspace': (given) => (given.trusted = false),
      'url-unsafe': (given) => (given.baseUrls = { prod: 'http://api.example' }),
      'key-absent': (given) => given.stored.delete('prod'),
      'key-unreadable': (given) => given.stored.set('prod', { state: 'unreadable' }),
      'key-other-origin': (given) => given.giveKey('prod', KEY, 'https://evil.example'),
    };
    for (const [code, arrange] of Object.entries(blocked)) {
      it(`is ${code}, for each request`, async () => {
        arrange(world);
        world.texts.set(A, batch({}, {}));
        const all = await sending.reports({ uri: A }, 'prod');
        assert.deepEqual(
          all.map(({ index, outcome, problems, body, status }) => [
            index,
            outcome,
            problems[0]?.code,
            problems[0]?.pointer,
            body,
            status,
          ]),
          [0, 1].map((index) => [index, 'blocked', code, `/${index}`, undefined, undefined]),
        );
        assert.deepEqual(world.requests, []);
        // One key that is missing is one problem, whatever was to be sent.
        world.texts.set(B, batch({ external_id: '"b"' }, { external_id: '"c"' }));
        const { reports } = await sending.send([{ uri: A }, { uri: B }], 'prod');
        assert.deepEqual(
          reports.map(({ anchored }) => anchored.length),
          [1, 0, 0, 0],
        );
        assert.deepEqual(world.summaries, []);
      });
    }

    it('is a server on this machine that does not start', async () => {
      world.sandboxUrl = new Error('port in use');
      const [report] = await sending.reports({ uri: A }, 'sandbox');
      assert.equal(report?.problems[0]?.code, 'connection');
      assert.match(report.problems[0].message, /port in use.*Nothing was sent/);
    });

    it('is the key itself in the file', async () => {
      world.texts.set(A, request({ purpose: `"${KEY}"` }));
      const [report] = await sending.reports();
      assert.deepEqual(
        [report?.outcome, report?.problems.map(({ code }) => code)],
        ['invalid', ['key-in-file']],
      );
      assert.deepEqual(world.requests, []);
    });

    it('is the key of any environment, in the request of a batch that holds it', async () => {
      world.giveKey('staging', OTHER_KEY);
      world.texts.set(A, batch({}, { purpose: `"${OTHER_KEY}"` }, {}));
      assert.deepEqual(await sending.outcomes(), ['0 created', '1 invalid key-in-file', '2 created']);
      assert.equal(world.requests.length, 2);
    });

    it('is the key in what cannot be sent anyway', async () => {
      world.texts.set(A, `${batch({}, { purpose: `"${KEY}"` })} // later`);
      assert.deepEqual(await sending.outcomes(), ['0 invalid key-in-file json-comment']);
      world.texts.set(A, batch({}, { purpose: `"${KEY}"`, amount: '5' }));
      assert.deepEqual(await sending.outcomes(), ['0 created', '1 invalid key-in-file field-type']);
    });

    it('is shown where the key stands for as long as it stands there, and never told', async () => {
      const text = batch({}, { amount: `"a ${KEY}"`, [`x ${KEY}`]: '"b"' });
      world.texts.set(A, text);
      const [, second] = (await sending.send()).reports;
      assert.deepEqual(second?.report.problems.map(({ code, pointer }) => [code, pointer]).slice(0, 2), [
        ['key-in-file', '/1/amount'],
        ['key-in-file', '/1'],
      ]);
      assert.doesNotMatch(JSON.stringify(second.report), /live_|0123456789ab/);
      const shown = (now: string) =>
        second.anchored.flatMap((anchored) => {
          const { span } = locate(anchored, parseDocument(now)) ?? {};
          return span ? [now.slice(span.offset, span.offset + span.length)] : [];
        });
      assert.deepEqual(shown(text), [KEY, KEY]);
      assert.deepEqual(shown(text.replace(`a ${KEY}`, '1.00')), []);
      assert.deepEqual(shown(text.replace('[{', '[\n\n{')), [KEY, KEY]);
    });

    it('is nothing in a file beside one that holds the key', async () => {
      world.texts.set(B, request({ purpose: `"${KEY}"` }));
      assert.deepEqual(await sending.outcomes([{ uri: A }, { uri: B }]), [
        '0 created',
        '0 invalid key-in-file',
      ]);
    });

    it('is the key, not the missing confirmation, in a file that holds it', async () => {
      world.confirmed = false;
      world.texts.set(B, request({ purpose: `"${KEY}"` }));
      assert.deepEqual(await sending.outcomes([{ uri: A }, { uri: B }], 'prod'), [
        '0 cancelled',
        '0 invalid key-in-file',
      ]);
      assert.equal(world.summaries[0]?.count, 1);
    });
  });

  describe('to prod', () => {
    it('asks once, with host, count and totals, before anything leaves', async () => {
      world.concurrent = 1;
      world.texts.set(
        A,
        batch(
          { amount: '"0.10"' },
          { amount: '"0.20"' },
          { amount: '5' },
          { currency_code: '"EUR"', amount: '"7"' },
        ),
      );
      await sending.send({ uri: A }, 'prod');
      assert.deepEqual(world.summaries, [
        {
          environment: 'prod',
          host: 'api.example',
          count: 3,
          isReal: true,
          totals: [
            { currency: 'UAH', amount: '0.30' },
            { currency: 'EUR', amount: '7.00' },
          ],
          outside: [],
          cautions: [
            { kind: 'left-out', invalid: 1, total: 4 },
            { kind: 'same-key', environments: ['dev', 'staging'] },
          ],
        },
      ]);
      const asked = world.events.indexOf('confirm');
      assert.deepEqual(world.events.slice(asked, asked + 3), [
        'confirm',
        'journal',
        `POST ${ORIGIN}/api/v1/create-invoice`,
      ]);
    });

    it('asks for nothing where nothing is to be sent', async () => {
      world.texts.set(A, '{}');
      await sending.send({ uri: A }, 'prod');
      assert.deepEqual(world.summaries, []);
    });
  });
});
