import assert from 'node:assert/strict';
import type { Outcomes } from '../../src/app/outcomes/outcomes';
import type { ServerResponse } from 'node:http';
import type { Sender } from '../../src/app/sending/sender';
import { emptyOutcomes, senderOf } from '../support/senderOf';
import { sendInvoices } from '../../src/app/sending/sendInvoices';
import type { Environment } from '../../src/core/environments/environment';
import type { Report } from '../../src/core/report/report';
import { batch, request } from '../support/requests';
import { jsonAnswer, startScriptedServer, type Script, type ScriptedServer } from '../support/scriptedServer';
import { Sending, sentProblem, shownAt } from '../support/sending';

const CREATED = jsonAnswer(201, { invoice_id: 'i-1', payment_link: 'https://pay.example/i-1' });
const NEVER = { signal: new AbortController().signal };

function refuse(status: number, code: string): Script {
  return jsonAnswer(status, { successful: false, request_id: 'r-1', error: { code, message: 'No.' } });
}

function outcomes(reports: readonly Report[]): string[] {
  return reports.map(({ index, outcome }) => `${index} ${outcome}`);
}

describe('a send of several', function () {
  this.timeout(20_000);
  let server: ScriptedServer;
  let sending: Sending;
  let script: Script;
  beforeEach(async () => {
    script = CREATED;
    server = await startScriptedServer((res, sent) => script(res, sent));
    sending = new Sending(server.baseUrl);
  });
  afterEach(async () => {
    sending.dispose();
    await server.stop();
  });

  const externalIds = () =>
    server.received.map(({ body }) => (JSON.parse(body) as { external_id: string }).external_id).sort();

  describe('of which one is bad', () => {
    it('sends the others, and says each by its place', async () => {
      const reports = await sending.send(batch({}, { amount: '"-1"' }, {}));
      assert.deepEqual(outcomes(reports), ['0 created', '1 invalid', '2 created']);
      assert.deepEqual(externalIds(), ['order-0', 'order-2']);
      const places = reports.map(({ problems }) => problems.map(({ pointer }) => pointer));
      assert.deepEqual(places, [[], ['/1/amount'], []]);
    });

    it('sends the others where it is no object at all', async () => {
      const reports = await sending.send(`[${request()}, 7]`);
      assert.deepEqual(outcomes(reports), ['0 created', '1 invalid']);
      assert.deepEqual(
        reports[1]?.problems.map(({ code }) => code),
        ['root-type'],
      );
    });

    it('sends none of a text that is no JSON', async () => {
      const reports = await sending.send(batch({}, {}).replace('}, {', '} {'));
      assert.deepEqual(outcomes(reports), ['0 invalid']);
      assert.deepEqual(
        reports[0]?.problems.map(({ code }) => code),
        ['json-syntax'],
      );
      assert.deepEqual(server.received, []);
    });

    it('sends the first of two with the same external_id', async () => {
      const reports = await sending.send(batch({ external_id: '"a"' }, { external_id: '"a"' }));
      assert.deepEqual(outcomes(reports), ['0 created', '1 invalid']);
    });

    it('sends the other files', async () => {
      const [bad, good] = ['{"amount": }', request()];
      assert.deepEqual(outcomes(await sending.send([bad, good])), ['0 invalid', '0 created']);
    });
  });

  describe('that are refused', () => {
    for (const [status, code] of [
      [401, 'API_KEY_MISSING'],
      [403, 'MERCHANT_BLOCKED'],
      [403, 'NEVER_HEARD_OF'],
    ] as const) {
      it(`stops at the first ${status} ${code}`, async () => {
        sending.concurrency = 1;
        script = refuse(status, code);
        const reports = await sending.send(batch({}, {}, {}));
        assert.deepEqual(outcomes(reports), ['0 rejected', '1 blocked', '2 blocked']);
        assert.equal(server.received.length, 1);
        assert.deepEqual(reports[1]?.origin, server.origin);
      });
    }

    it('has no more under way than it may when it stops', async () => {
      sending.concurrency = 3;
      script = refuse(403, 'API_KEY_INVALID');
      await sending.send(batch(...Array.from({ length: 20 }, () => ({}))));
      assert.ok(server.received.length <= 3, String(server.received.length));
    });

    it('goes on after any other refusal', async () => {
      sending.concurrency = 1;
      script = refuse(422, 'LIMIT_EXCEEDED');
      assert.deepEqual(outcomes(await sending.send(batch({}, {}))), ['0 rejected', '1 rejected']);
      script = (res) => res.writeHead(502).end('<html>');
      assert.deepEqual(outcomes(await sending.send(batch({}, {}))), ['0 unexpected', '1 unexpected']);
    });
  });

  it('has as many under way at once as it may, and answers in order', async () => {
    sending.concurrency = 3;
    const waiting: ServerResponse[] = [];
    let most = 0;
    script = (res, sent) => {
      most = Math.max(most, waiting.push(res));
      // Answered in threes, the last first: fewer under way would wait for ever.
      if (waiting.length === 3) for (const each of waiting.splice(0).reverse()) CREATED(each, sent);
    };
    const reports = await sending.send(batch(...Array.from({ length: 9 }, () => ({}))));
    assert.deepEqual(
      outcomes(reports),
      reports.map((_, index) => `${index} created`),
    );
    assert.deepEqual([reports.length, most], [9, 3]);
  });

  describe('that is stopped', () => {
    it('leaves what was sent unanswered and the rest cancelled', async () => {
      const stop = new AbortController();
      sending.concurrency = 2;
      script = () => {
        if (server.received.length === 2) stop.abort();
      };
      const reports = await sending.send(batch({}, {}, {}, {}), 'dev', {
        signal: stop.signal,
      });
      assert.deepEqual(outcomes(reports), ['0 unanswered', '1 unanswered', '2 cancelled', '3 cancelled']);
      assert.equal(server.received.length, 2);
      const [first, , third] = reports;
      assert.ok(first && third);
      assert.equal(first.body, server.received.find(({ body }) => body.includes('order-0'))?.body);
      assert.match(sentProblem(first).guidance.join(), /may have been created/);
      assert.deepEqual([third.body, third.durationMs, third.problems], [undefined, undefined, []]);
    });

    it('before it begins sends nothing', async () => {
      const reports = await sending.send(batch({}, {}), 'dev', { signal: AbortSignal.abort() });
      assert.deepEqual(outcomes(reports), ['0 cancelled', '1 cancelled']);
      assert.equal(server.connections(), 0);
    });
  });

  describe('with placeholders', () => {
    it('gives each its own values, and keeps what it sent', async () => {
      sending.variables = { shop: 'a "quoted" \\ shop' };
      const changes = {
        external_id: '"{{$uuid}}-{{$timestamp}}"',
        customer_id: '"{{$randomInt 5 5}} {{shop}}"',
        purpose: '"{{$isoTimestamp}}"',
        meta: '[1.50, 1e400, "\\u00e9"]',
      };
      const reports = await sending.send(batch(changes, changes));
      assert.deepEqual(outcomes(reports), ['0 created', '1 created']);
      assert.deepEqual(
        reports.map(({ body }) => body).sort(),
        server.received.map(({ body }) => body).sort(),
      );
      const [one, other] = externalIds();
      assert.notEqual(one, other);
      assert.match(one ?? '', /^[0-9a-f-]{36}-\d{10}$/);
      const { body = '' } = reports[0] ?? {};
      const { customer_id, purpose } = JSON.parse(body) as Record<string, string>;
      assert.equal(customer_id, '5 a "quoted" \\ shop');
      assert.match(purpose ?? '', /^\d{4}-\d\d-\d\dT.*Z$/);
      assert.ok(body.includes('"meta": [1.50, 1e400, "\\u00e9"]'), body);
    });

    it('leaves out whose external_id is that of an earlier one once it is resolved', async () => {
      sending.variables = { shop: 'kyiv' };
      const text = batch(
        { external_id: '"{{shop}}-1"' },
        { external_id: '"{{shop}}-{{$randomInt 1 1}}"' },
        { external_id: '"kyiv-1"' },
        { external_id: '"{{shop}}-2"' },
      );
      const reports = await sending.send(text);
      assert.deepEqual(outcomes(reports), ['0 created', '1 invalid', '2 invalid', '3 created']);
      assert.deepEqual(externalIds().sort(), ['kyiv-1', 'kyiv-2']);
      for (const place of [1, 2]) {
        const [problem, ...more] = reports[place]?.problems ?? [];
        assert.ok(problem);
        assert.deepEqual(
          [problem.code, problem.pointer, more],
          ['external-id-repeated', `/${place}/external_id`, []],
        );
      }
      const [second] = reports[1]?.problems ?? [];
      assert.equal(second && shownAt(text, second), '"{{shop}}-{{$randomInt 1 1}}"');
    });

    it('sends half of a surrogate pair as an escape, and keeps what it sent', async () => {
      const report = await sending.sendOne(request({ purpose: '"a\ud800b💶"' }));
      assert.equal(server.received[0]?.body, request({ purpose: '"a\\ud800b💶"' }));
      assert.equal(report.body, server.received[0].body);
    });

    it('sends a body again as it was', async () => {
      script = ({ socket }) => socket?.destroy();
      const text = request({ external_id: '"{{$uuid}}"' }, { eol: '\r\n', indent: '\t' });
      const { body = '' } = await sending.sendOne(text);
      script = CREATED;
      const [item] = sending.write(text);
      assert.ok(item);
      const again = [{ ...item, index: 0, body }];
      const { reports } = await sendInvoices(again, 'dev', sending.ports, NEVER);
      assert.deepEqual(outcomes(reports.map(({ report }) => report)), ['0 created']);
      assert.deepEqual(
        server.received.map((received) => received.body),
        [body, body],
      );
      assert.ok(body.includes('\r\n\t'));
    });
  });

  describe('at the same time', () => {
    let store: Outcomes;
    let sender: Sender;
    beforeEach(() => {
      store = emptyOutcomes();
      sender = senderOf(sending.ports, store);
    });

    const send = async (environment: Environment, index?: number) => {
      const item = { uri: 'file:///orders/0.invoice.json', ...(index === undefined ? {} : { index }) };
      const { reports } = await sender.send([item], environment, NEVER);
      return outcomes(reports.map(({ report }) => report));
    };

    it('is one send for all who ask for the same', async () => {
      sending.write(request());
      const both = await Promise.all([send('dev'), send('dev'), send('dev', 0)]);
      assert.deepEqual(both, [['0 created'], ['0 created'], ['0 created']]);
      assert.equal(server.received.length, 1);
      assert.equal(store.latest('file:///orders/0.invoice.json')[0]?.report.outcome, 'created');
    });

    it('is one send for who asks for all and who asks for a part', async () => {
      sending.write(batch({}, {}));
      const [all, part] = await Promise.all([send('dev'), send('dev', 1)]);
      assert.deepEqual([all, part], [['0 created', '1 created'], ['1 created']]);
      assert.deepEqual(externalIds(), ['order-0', 'order-1']);
    });

    it('is two sends to two environments, and for two elements', async () => {
      sending.write(batch({}, {}));
      await Promise.all([send('dev', 0), send('staging', 0), send('dev', 1)]);
      assert.deepEqual(externalIds(), ['order-0', 'order-0', 'order-1']);
    });

    it('is over when it is answered: who asks then, sends again', async () => {
      sending.write(request());
      await send('dev');
      await send('dev');
      assert.equal(server.received.length, 2);
    });
  });
});
