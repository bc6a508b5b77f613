import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { request } from '../support/requests';
import {
  jsonAnswer,
  startScriptedServer,
  textAnswer,
  type Script,
  type ScriptedServer,
} from '../support/scriptedServer';
import { Sending, sentProblem, shownAt } from '../support/sending';

const INVOICE = { invoice_id: 'i-1', payment_link: 'https://pay.example/i-1' };

describe('what servers and gateways answer to a create', function () {
  this.timeout(20_000);
  let server: ScriptedServer | undefined;
  let sending: Sending;

  async function serve(script: Script): Promise<void> {
    server = await startScriptedServer(script);
    sending = new Sending(server.baseUrl);
  }
  afterEach(async () => {
    sending.dispose();
    await server?.stop();
  });

  it('an invoice as the data of a success is created', async () => {
    await serve(jsonAnswer(200, { successful: true, data: INVOICE }));
    const report = await sending.sendOne(request());
    assert.deepEqual([report.outcome, report.invoice, report.problems], ['created', INVOICE, []]);
  });

  it('numbers of an invoice are in the report digit by digit', async () => {
    const body = '{"invoice_id":"i","payment_link":"p","big":12345678901234567890,"fee":1.10,"n":2}';
    await serve(textAnswer(201, body));
    const { invoice } = await sending.sendOne(request());
    assert.deepEqual(invoice, {
      invoice_id: 'i',
      payment_link: 'p',
      big: '12345678901234567890',
      fee: '1.10',
      n: 2,
    });
  });

  it('an invoice with other values is created, with a warning at each field', async () => {
    await serve(jsonAnswer(201, { ...INVOICE, amount: '15000.00', currency: 'EUR', external_id: 'other' }));
    const text = request();
    const report = await sending.sendOne(text);
    assert.equal(report.outcome, 'created');
    assert.deepEqual(
      report.problems.map((problem) => [problem.code, problem.severity, shownAt(text, problem)]),
      [
        ['invoice-differs', 'warning', '"1500.00"'],
        ['invoice-differs', 'warning', '"UAH"'],
        ['invoice-differs', 'warning', '"order-1"'],
      ],
    );
  });

  it('a number as the code of an error is its text, and a conflict is about the external_id', async () => {
    await serve(jsonAnswer(409, { error: { code: 1001, message: 'external_id is taken' } }));
    const report = await sending.sendOne(request());
    const problem = sentProblem(report);
    assert.deepEqual([report.outcome, report.error?.code, problem.code], ['rejected', '1001', '1001']);
    assert.deepEqual([problem.pointer, problem.message], ['/external_id', 'external_id is taken.']);
  });

  it('a problem of RFC 9457 is shown, at the field that it names', async () => {
    const body = JSON.stringify({ title: 'Bad Request', detail: 'purpose must not be empty' });
    await serve(textAnswer(400, body, { 'Content-Type': 'application/problem+json' }));
    const report = await sending.sendOne(request());
    const { code, pointer, message } = sentProblem(report);
    assert.deepEqual([report.outcome, code, pointer], ['unexpected', 'http-400', '/purpose']);
    assert.match(message, /purpose must not be empty/);
  });

  it('an error in the charset of its header is text', async () => {
    const body = Buffer.concat([
      Buffer.from('{"message":"'),
      Buffer.from([0xd1, 0xf3, 0xec, 0xec, 0xe0]),
      Buffer.from('"}'),
    ]);
    await serve(textAnswer(422, body, { 'Content-Type': 'application/json; charset=windows-1251' }));
    assert.match(sentProblem(await sending.sendOne(request())).message, /Сумма/);
  });

  it('101 is told at once', async () => {
    await serve(({ socket }) =>
      socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
    );
    sending.timeoutSeconds = 3600;
    const report = await sending.sendOne(request());
    assert.deepEqual([report.outcome, sentProblem(report).code], ['unexpected', 'http-101']);
  });

  it('no valid HTTP is said to be that, and why', async () => {
    await serve(({ socket }) => socket?.end(`HTTP/1.1 201 Created\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`));
    const report = await sending.sendOne(request());
    assert.deepEqual(
      [report.outcome, sentProblem(report).message],
      ['unanswered', 'The server’s response is not valid HTTP: its headers are longer than 16 KB.'],
    );
  });

  it('a connection that ends in its TLS handshake leaves nothing: blocked', async () => {
    const tcp = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy());
    }).listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    sending = new Sending(`https://127.0.0.1:${(tcp.address() as AddressInfo).port}/api/v1`);
    const report = await sending.sendOne(request());
    const { code, retryable, message } = sentProblem(report);
    assert.deepEqual([report.outcome, code, retryable], ['blocked', 'connection', true]);
    assert.match(message, /TLS handshake/);
    tcp.close();
  });

  describe('429', () => {
    const limited =
      (retryAfter?: string): Script =>
      (res, sent) => {
        if (retryAfter !== undefined) res.setHeader('Retry-After', retryAfter);
        const isFirst = (server?.received.length ?? 0) === 1;
        jsonAnswer(
          isFirst ? 201 : 429,
          isFirst
            ? INVOICE
            : { successful: false, error: { code: 'SLOW_DOWN', message: 'Too many requests' } },
        )(res, sent);
      };
    const five = () => Array.from({ length: 5 }, (_, place) => request({ external_id: `"order-${place}"` }));

    it('stops the rest of a batch, and tells for how long', async () => {
      await serve(limited('120'));
      sending.concurrency = 1;
      const reports = await sending.send(five());
      assert.equal(server?.received.length, 2);
      assert.deepEqual(
        reports.map(({ outcome, problems }) => `${outcome} ${problems[0]?.code ?? ''}`),
        ['created ', 'rejected SLOW_DOWN', ...new Array<string>(3).fill('blocked rate-limited')],
      );
      for (const { problems } of reports.slice(1)) {
        const [{ guidance, retryable } = assert.fail()] = problems;
        assert.match(guidance[0] ?? '', /^Wait 2 min \(until \d\d:\d\d\), then send/);
        assert.ok(retryable);
      }
    });

    it('tells the same by a date', async () => {
      await serve(limited(new Date(Date.now() + 90_000).toUTCString()));
      sending.concurrency = 1;
      const [, refused] = await sending.send(five());
      assert.match(refused?.problems[0]?.guidance[0] ?? '', /^Wait 2 min \(until/);
    });

    it('of a gateway does so as well', async () => {
      await serve(textAnswer(429, '<html>', { 'Retry-After': '30' }));
      sending.concurrency = 1;
      const [first, ...rest] = await sending.send(five());
      assert.deepEqual([first?.outcome, first?.problems[0]?.code], ['unexpected', 'http-429']);
      for (const { outcome, problems } of rest) {
        assert.equal(outcome, 'blocked');
        assert.match(problems[0]?.guidance[0] ?? '', /^Wait 30 s \(until/);
      }
    });
  });

  it('a poisoned response is the problem of its own request alone', async () => {
    const poison = JSON.stringify({
      successful: false,
      error: { code: 'X', message: 'm', details: [`a${'.a'.repeat(4_000_000)}`] },
    });
    await serve((res, sent) => {
      const isPoisoned = sent.body.includes('"order-7"');
      (isPoisoned ? textAnswer(422, poison) : jsonAnswer(201, INVOICE))(res, sent);
    });
    const texts = Array.from({ length: 40 }, (_, place) => request({ external_id: `"order-${place}"` }));
    const outcomes = (await sending.send(texts)).map(({ outcome }) => outcome);
    assert.deepEqual(
      outcomes,
      texts.map((_, place) => (place === 7 ? 'rejected' : 'created')),
    );
  });
});
