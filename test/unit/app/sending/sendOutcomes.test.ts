import assert from 'node:assert/strict';
import { answer, created, Held, KEY, ORIGIN, refused, settled, type World } from '../../../support/ports';
import { batch, request, type Changes } from '../../../support/requests';
import { A, B, Sending } from '../../../support/sendingWorld';

const elements = (count: number): Changes[] => Array.from({ length: count }, () => ({}));

describe('what comes of a send', () => {
  let sending: Sending;
  let world: World;
  beforeEach(() => {
    sending = new Sending();
    world = sending.world;
  });

  describe('by what comes back', () => {
    const cases: readonly (readonly [name: string, respond: World['respond'], expected: string])[] = [
      ['an envelope', () => refused(422, 'VALIDATION_FAILED', 'amount'), 'rejected VALIDATION_FAILED'],
      ['an envelope with a 200', () => refused(200, 'ODD'), 'unexpected ODD'],
      ['HTML', () => answer(502, '<html>'), 'unexpected http-502'],
      ['a redirect', () => answer(302, '', '/login'), 'unexpected redirect'],
      ['what is not JSON', () => answer(200, 'ok'), 'unexpected not-json'],
      ['what is no invoice', () => answer(200, {}), 'unexpected not-an-invoice'],
      ['no answer in time', () => ({ kind: 'timeout' }), 'unanswered timeout'],
      ['a reset', () => ({ kind: 'reset', detail: 'ECONNRESET' }), 'unanswered connection'],
      ['what is no HTTP', () => ({ kind: 'not-http', detail: 'HPE_STRICT' }), 'unanswered connection'],
      ['half an answer', () => ({ kind: 'short', status: 200 }), 'unanswered truncated'],
      ['too much of an answer', () => ({ kind: 'too-large', status: 200 }), 'unanswered truncated'],
      ['a stop', () => ({ kind: 'stopped' }), 'unanswered connection'],
    ];
    for (const [name, respond, expected] of cases)
      it(`is ${expected} for ${name}`, async () => {
        world.respond = respond;
        assert.deepEqual(await sending.outcomes(), [`0 ${expected}`]);
        const [report] = await sending.reports();
        assert.equal(report?.body, request(), 'the body that was sent is kept');
        assert.equal(world.requests.length, 2, 'nothing is sent a second time by itself');
      });

    it('is unexpected where reading it fails here, and nobody else’s', async () => {
      // No server can send this: it stands for any fault of ours.
      const broken = {
        kind: 'answer',
        status: 201,
        location: undefined,
        body: null as unknown as string,
      } as const;
      world.course = { ...world.course, received: { status: 201, headers: [], size: 1, isUtf8: true } };
      world.texts.set(A, batch(...elements(4)));
      world.respond = ({ body = '' }) => (body.includes('order-1') ? broken : created());
      assert.deepEqual(await sending.outcomes(), [
        '0 created',
        '1 unexpected http-201',
        '2 created',
        '3 created',
      ]);
      const [, report] = await sending.reports();
      assert.match(report?.problems[0]?.message ?? '', /could not be read: TypeError/);
      assert.match(report?.body ?? '', /order-1/);
    });

    it('is cancelled where it was stopped before anything left', async () => {
      world.respond = () => ({ kind: 'cancelled' });
      assert.deepEqual(await sending.outcomes(), ['0 cancelled']);
    });

    it('is blocked connection where there is no way to the server: nothing was sent', async () => {
      world.respond = () => ({ kind: 'never-left', detail: 'ENOTFOUND' });
      const [report] = await sending.reports();
      assert.deepEqual(
        [report?.outcome, report?.body, report?.durationMs, report?.problems[0]?.fixes[0]],
        ['blocked', undefined, undefined, 'eccaex.sendInvoice'],
      );
    });

    it('is placed in the document, and tied to its text', async () => {
      world.texts.set(A, batch({}, {}));
      world.respond = () => refused(422, 'V', 'amount is low');
      const [, second] = (await sending.send()).reports;
      assert.equal(second?.report.problems[0]?.pointer, '/1/amount');
      assert.deepEqual(
        second.anchored.map(({ index, within }) => [index, within]),
        [[1, '/amount']],
      );
      assert.deepEqual(second.report.error, { code: 'V', message: 'amount is low' });
      assert.equal(second.report.requestId, 'r-1');
    });

    it('never brings the key back', async () => {
      const everywhere: readonly World['respond'][] = [
        () => refused(403, KEY, `no ${KEY}`),
        () =>
          answer(400, { successful: false, error: { code: 'X', message: '', details: { [KEY]: [KEY] } } }),
        () => created({ [KEY]: { echo: KEY } }),
        () => answer(302, '', `https://login.example/?key=${KEY}`),
        () => answer(200, KEY),
        () => ({ kind: 'reset', detail: `header X-Api-Key: ${KEY}` }),
        () => ({ kind: 'never-left', detail: KEY }),
      ];
      for (const respond of everywhere) {
        world.respond = respond;
        assert.doesNotMatch(JSON.stringify(await sending.send()), /live_|0123456789ab/);
      }
    });
  });

  describe('many at once', () => {
    it('keeps to the number that the settings allow', async () => {
      const held = new Held();
      world.respond = held.respond;
      world.concurrent = 3;
      world.texts.set(A, batch(...elements(7)));
      const all = sending.outcomes();
      await settled();
      assert.equal(held.count, 3);
      held.give();
      await settled();
      assert.equal(held.count, 3);
      for (let round = 0; round < 7; round++) {
        held.giveAll();
        await settled();
      }
      assert.deepEqual(
        await all,
        elements(7).map((_, index) => `${index} created`),
      );
    });

    for (const status of [401, 403]) {
      it(`sends no more once the key is refused with ${status}`, async () => {
        world.texts.set(A, batch(...elements(5)));
        world.concurrent = 1;
        world.respond = () => (world.requests.length < 2 ? created() : refused(status, 'API_KEY_INVALID'));
        assert.deepEqual(await sending.outcomes(), [
          '0 created',
          '1 rejected API_KEY_INVALID',
          '2 blocked key-refused',
          '3 blocked key-refused',
          '4 blocked key-refused',
        ]);
        assert.equal(world.requests.length, 2);
      });
    }

    it('goes on after any other refusal', async () => {
      world.texts.set(A, batch(...elements(3)));
      world.respond = () => refused(422, 'V');
      assert.deepEqual(await sending.outcomes(), ['0 rejected V', '1 rejected V', '2 rejected V']);
    });

    it('tells of the target first, and of each report as it comes', async () => {
      const told: string[] = [];
      const held = new Held();
      world.respond = held.respond;
      world.texts.set(A, batch({}, { amount: '5' }, {}));
      world.texts.set(B, request());
      sending.options = {
        ...sending.options,
        onTarget: ({ origin }, count) => told.push(`${count} to ${origin}`),
        onReport: ({ report }, place) => told.push(`${place}: ${report.index} ${report.outcome}`),
      };
      const all = sending.send([{ uri: A }, { uri: B }]);
      await settled();
      const before = ['1: 1 invalid', `3 to ${ORIGIN}`];
      assert.deepEqual(told, before);
      held.give(refused(422, 'V'));
      await settled();
      assert.deepEqual(told, [...before, '0: 0 rejected']);
      held.give();
      held.give();
      await all;
      assert.deepEqual(told, [...before, '0: 0 rejected', '2: 2 created', '3: 0 created']);
    });
  });

  describe('that is stopped', () => {
    it('before anything left, is cancelled', async () => {
      sending.options = { signal: AbortSignal.abort() };
      world.texts.set(A, batch({}, {}));
      assert.deepEqual(await sending.outcomes(), ['0 cancelled', '1 cancelled']);
      assert.deepEqual(world.requests, []);
    });

    it('leaves what is under way to end, and cancels the rest', async () => {
      const controller = new AbortController();
      sending.options = { signal: controller.signal };
      world.concurrent = 1;
      world.texts.set(A, batch(...elements(3)));
      world.respond = (_, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' })));
      const all = sending.outcomes();
      await settled();
      controller.abort();
      assert.deepEqual(await all, ['0 unanswered connection', '1 cancelled', '2 cancelled']);
    });
  });
});
