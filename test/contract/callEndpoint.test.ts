import assert from 'node:assert/strict';
import { callEndpoint, type CallResult } from '../../src/app/endpoints/callEndpoint';
import { ENDPOINT_NAMES } from '../../src/core/contract/endpoints';
import type { Call } from '../../src/core/endpoints/call';
import { pagesOf } from '../../src/core/endpoints/pages';
import { tableOf } from '../../src/core/endpoints/table';
import type { Environment } from '../../src/core/environments/environment';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import {
  jsonAnswer,
  startScriptedServer,
  textAnswer,
  type Script,
  type ScriptedServer,
} from '../support/scriptedServer';
import { Sending } from '../support/sending';

const ID = '00000000-0000-4000-8000-000000000007';

describe('a call of an endpoint that reads', function () {
  this.timeout(20_000);
  let sandbox: Sandbox;
  let servers: ScriptedServer[];
  let sending: Sending;
  beforeEach(async () => {
    servers = [];
    sandbox = await startSandbox();
    sending = new Sending(sandbox.baseUrl);
  });
  afterEach(async () => {
    sending.dispose();
    await sandbox.stop();
    await Promise.all(servers.map((server) => server.stop()));
  });

  const call = (
    endpoint: Call['endpoint'],
    query: Record<string, string> = {},
    environment: Environment = 'dev',
    signal = new AbortController().signal,
  ): Promise<CallResult> => callEndpoint({ endpoint, query }, environment, sending.ports, signal);

  const column = (result: CallResult, name: string): (string | undefined)[] => {
    const { columns, rows } = tableOf(result.endpoint, result.data);
    const place = columns.findIndex((one) => one.name === name);
    return rows.map((row) => row[place]?.text);
  };

  for (const environment of ['sandbox', 'dev', 'prod'] as const) {
    it(`lists the currencies of ${environment}, without a question`, async () => {
      sending.confirm = () => assert.fail('Nobody is asked.');
      const result = await call('currencies', {}, environment);
      const { data, text = '', at, durationMs = 0, ...others } = result;
      assert.deepEqual(others, {
        endpoint: 'currencies',
        query: {},
        environment,
        origin: sandbox.origin,
        outcome: 'answered',
        status: 200,
        paging: {},
      });
      assert.ok(Array.isArray(data) && durationMs > 0);
      assert.deepEqual((JSON.parse(text) as { data: unknown }).data, data);
      assert.ok(Math.abs(Date.now() - Date.parse(at)) < 60_000);
      assert.deepEqual(column(result, 'currency'), ['UAH', 'TRY', 'EUR', 'JPY']);
      assert.deepEqual(column(result, 'rate'), ['41.35', '39.80', '0.91', '149.07']);
      assert.deepEqual(
        sandbox.received().map(({ method, path, key }) => [method, path, key]),
        [['GET', '/api/v1/currencies', 'sandbox_active']],
      );
    });
  }

  it('lists the payment methods, of one currency or of all', async () => {
    assert.equal(column(await call('payment-methods'), 'name').length, 5);
    const uah = await call('payment-methods', { currency: 'uah' });
    assert.deepEqual(column(uah, 'currency.code'), ['UAH', 'UAH']);
    assert.deepEqual(column(uah, 'max_sum'), ['29000.00', '150000.00']);
    assert.deepEqual((await call('payment-methods', { currency: 'SEK' })).data, []);
  });

  it('goes through the withdrawals page by page, and back', async () => {
    const seen: (string | undefined)[] = [];
    let page: number | undefined = 1;
    for (let turns = 0; page !== undefined; turns++) {
      assert.ok(turns < 10, 'it has an end');
      const result = await call('withdrawals', { page: String(page), order: 'asc' });
      seen.push(...column(result, 'withdraw_uuid'));
      const pages = pagesOf(result, result.paging ?? {}, column(result, 'status').length);
      assert.equal(pages?.previous, page > 1 ? page - 1 : undefined);
      page = pages?.next;
    }
    assert.equal(new Set(seen).size, 45);
    const failed = await call('withdrawals', { status: 'failed', per_page: '500' });
    assert.deepEqual(new Set(column(failed, 'status')), new Set(['failed']));
    assert.equal(failed.paging?.total, 11);
  });

  it('shows one withdrawal, and says of an unknown one what the API says', async () => {
    const found = await call('withdrawal', { withdraw_uuid: ID });
    assert.deepEqual(tableOf('withdrawal', found.data).rows[0]?.[1], { text: 'failed', kind: 'status' });
    const unknown = await call('withdrawal', { withdraw_uuid: 'none' });
    assert.deepEqual(
      [unknown.outcome, unknown.status, unknown.problem?.code],
      ['rejected', 404, 'WITHDRAWAL_NOT_FOUND'],
    );
    assert.match(unknown.requestId ?? '', /^[0-9a-f-]{36}$/);
    assert.deepEqual(unknown.problem?.guidance, ['Check the id, if one was given, and the base URL.']);
  });

  describe('with a key that is refused', () => {
    for (const [key, status, code] of [
      ['sandbox_revoked', 403, 'API_KEY_INVALID'],
      ['sandbox_merchant_blocked', 403, 'MERCHANT_BLOCKED'],
      [undefined, 401, 'API_KEY_MISSING'],
    ] as const) {
      it(`${key ?? 'none at all'} says ${code}, and that a key is what to set`, async () => {
        sending.giveKey('sandbox', key);
        for (const endpoint of ENDPOINT_NAMES) {
          const result = await call(endpoint, { withdraw_uuid: ID }, 'sandbox');
          assert.deepEqual([result.outcome, result.status, result.problem?.code], ['rejected', status, code]);
          assert.equal(result.problem?.fixes[0]?.id, 'eccaex.setApiKey');
          assert.equal(result.data, undefined);
        }
      });
    }
  });

  describe('that must not leave', () => {
    const obstacles: Record<string, (sending: Sending) => void> = {
      'key-absent': ({ keys }) => keys.clear(),
      'key-unreadable': ({ keys }) => keys.set('dev', { state: 'unreadable' }),
      'key-other-origin': (it) => it.giveKey('dev', 'sandbox_active', 'https://api.ecca-ex.com'),
      'untrusted-workspace': (it) => (it.isTrusted = false),
      'url-unsafe': (it) => (it.baseUrl = it.baseUrl.replace('127.0.0.1', 'shop.example')),
    };
    for (const [code, obstruct] of Object.entries(obstacles)) {
      it(`is blocked: ${code}`, async () => {
        obstruct(sending);
        const result = await call('currencies');
        assert.deepEqual([result.outcome, result.problem?.code], ['blocked', code]);
        assert.ok((result.problem?.fixes.length ?? 0) > 0);
        assert.equal(sandbox.stats().requests, 0);
      });
    }

    for (const [endpoint, query] of [
      ['withdrawals', { per_page: '501' }],
      ['withdrawals', { status: 'lost' }],
      ['payment-methods', { currency: 'hryvnia' }],
      ['withdrawal', {}],
      ['withdrawal', { withdraw_uuid: '..' }],
    ] as const) {
      it(`is invalid: ${endpoint} with ${JSON.stringify(query)}`, async () => {
        const result = await call(endpoint, query);
        assert.deepEqual([result.outcome, result.problem?.code], ['invalid', 'parameter']);
        assert.equal(sandbox.stats().requests, 0);
      });
    }
  });

  describe('that goes wrong', () => {
    const odd: Record<string, { script: Script; outcome: CallResult['outcome']; code: string }> = {
      'the page of a gateway': {
        script: textAnswer(502, '<html>'),
        outcome: 'unexpected',
        code: 'http-502',
      },
      'an empty body': { script: textAnswer(200, ''), outcome: 'unexpected', code: 'not-json' },
      'half of a body': {
        script: textAnswer(200, '{"successful": true, "data": ['),
        outcome: 'unexpected',
        code: 'not-json',
      },
      'a bare list': { script: jsonAnswer(200, []), outcome: 'unexpected', code: 'not-data' },
      'no data': { script: jsonAnswer(200, { successful: true }), outcome: 'unexpected', code: 'not-data' },
      'data that is no success': {
        script: jsonAnswer(200, { successful: 'yes', data: [] }),
        outcome: 'unexpected',
        code: 'not-data',
      },
      'an envelope with 200': {
        script: jsonAnswer(200, { successful: false, error: { code: 'RATES_INVALID', message: '' } }),
        outcome: 'unexpected',
        code: 'RATES_INVALID',
      },
      'a documented refusal': {
        script: jsonAnswer(503, { successful: false, error: { code: 'RATES_UNAVAILABLE', message: '' } }),
        outcome: 'rejected',
        code: 'RATES_UNAVAILABLE',
      },
      'a redirect': {
        script: (res) => res.writeHead(302, { Location: 'https://elsewhere.example/' }).end(),
        outcome: 'unexpected',
        code: 'redirect',
      },
      'a connection that breaks': {
        script: (res) => res.socket?.destroy(),
        outcome: 'unanswered',
        code: 'connection',
      },
      'an answer that breaks off': {
        script: (res) => {
          res.writeHead(200, { 'Content-Length': '100' }).write('{"successful": true');
          setImmediate(() => res.socket?.destroy());
        },
        outcome: 'unanswered',
        code: 'truncated',
      },
      'no answer': { script: () => undefined, outcome: 'unanswered', code: 'timeout' },
    };
    for (const [name, { script, outcome, code }] of Object.entries(odd)) {
      it(`with ${name} is ${outcome}: ${code}, and nobody is told that something was created`, async () => {
        const server = await startScriptedServer(script);
        servers.push(server);
        sending = new Sending(server.baseUrl);
        sending.timeoutSeconds = code === 'timeout' ? 3 : 10;
        const result = await call('currencies');
        assert.deepEqual([result.outcome, result.problem?.code], [outcome, code]);
        const { message = '', guidance = [] } = result.problem ?? {};
        assert.ok(message !== '' && guidance.length > 0);
        assert.doesNotMatch([message, ...guidance].join(' '), /created|invoice|external_id/);
        assert.equal(server.received.length, 1, 'it is asked once');
      });
    }

    it('because a person stopped it says so', async () => {
      const server = await startScriptedServer(() => abort.abort());
      servers.push(server);
      const abort = new AbortController();
      sending = new Sending(server.baseUrl);
      const result = await call('currencies', {}, 'dev', abort.signal);
      assert.equal(result.outcome, 'unanswered');
      assert.equal(result.problem?.message, 'You canceled before the response arrived.');
    });

    it('gives the body as it came, whatever it is, without the key', async () => {
      const key = 'sk_live_0123456789abcdef';
      const server = await startScriptedServer(textAnswer(502, `<html>1.10 ${key}</html>`));
      servers.push(server);
      sending = new Sending(server.baseUrl, key);
      assert.equal((await call('currencies')).text, '<html>1.10 ••••cdef</html>');
    });

    it('gives any data as it came, and the key nowhere', async () => {
      const key = 'sk_live_0123456789abcdef';
      const data = [5, null, { currency: [1], rate: { a: key }, [key]: `x${key}y` }, key, [[]]];
      const server = await startScriptedServer(
        jsonAnswer(200, { successful: true, data, page: key, total: -1 }),
      );
      servers.push(server);
      sending = new Sending(server.baseUrl, key);
      const result = await call('currencies');
      assert.equal(result.outcome, 'answered');
      assert.equal((result.data as unknown[]).length, 5);
      assert.deepEqual(result.paging, {});
      assert.ok(!JSON.stringify([result, tableOf('currencies', result.data)]).includes(key));
    });
  });
});
