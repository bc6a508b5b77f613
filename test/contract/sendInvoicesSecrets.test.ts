import assert from 'node:assert/strict';
import type { SentReport } from '../../src/app/outcomes/sentReport';
import { parseJson } from '../../src/core/response/answer';
import { request } from '../support/requests';
import {
  jsonAnswer,
  startScriptedServer,
  textAnswer,
  type Script,
  type ScriptedServer,
} from '../support/scriptedServer';
import { shownAt, Sending, sentProblem } from '../support/sending';

/** Keys whose form could get them past whoever looks for them; the vendor documents none. */
const KEYS = {
  plain: 'sk_live_0123456789abcdef',
  short: 'k9',
  'of digits': '90071992547409931234',
  'of patterns for a replacement': 'sk_live_0123456789$&$1',
  'of patterns for an expression': 'sk.*_(live)+[0-9]{4}^\\d|?',
  'that JSON escapes': 'sk"live\\0123456789/abcdef',
  'that a URL escapes': 'sk live<0123>456789%+|',
};

/** Answers with the key in them. */
const ECHOES: Record<string, (key: string) => Script> = {
  'the code': (key) => envelope({ code: key }),
  'the middle of the code': (key) => envelope({ code: `BAD_${key}_KEY` }),
  'the message': (key) => envelope({ message: `No ${key}, and again: ${key}` }),
  'the message, twice in a row': (key) => envelope({ message: key + key }),
  'the request id': (key) => envelope({}, key),
  'a header': (key) => textAnswer(422, '{}', { 'X-Echo': key, [`X-${key.replace(/\W/g, '')}`]: key }),
  'a message with escapes': (key) =>
    textAnswer(422, `{"successful": false, "error": {"code": "C", "message": "No ${escaped(key)}"}}`),
  'an invoice with escapes': (key) =>
    textAnswer(201, `{"invoice_id": "i", "payment_link": "l", "${escaped(key)}": ["${escaped(key)}"]}`),
  details: (key) => envelope({ details: { amount: `not with ${key}`, list: [[key]] } }),
  'a name in details': (key) => envelope({ details: { [key]: 'is no field', amount: { [key]: key } } }),
  'a path in details': (key) => envelope({ details: [{ field: `amount.${key}`, message: key }] }),
  'an invoice': (key) =>
    jsonAnswer(201, {
      invoice_id: key,
      payment_link: `https://pay.example/?k=${key}`,
      [key]: { [key]: [key] },
    }),
  'an envelope with 200': (key) => jsonAnswer(200, { successful: false, error: { code: key, message: key } }),
  'the address of a redirect': (key) => (res) => {
    res.socket?.end(
      `HTTP/1.1 307 R\r\nLocation: https://x.example/${key}?${key}\r\nContent-Length: 0\r\n\r\n`,
    );
  },
  'the address of a redirect, escaped': (key) => (res) => {
    res.writeHead(307, { Location: `https://x.example/?k=${encodeURIComponent(key)}` }).end();
  },
  'the page of a gateway': (key) => textAnswer(502, `<html>${key}</html>`, { 'Content-Type': 'text/html' }),
  'what is no JSON': (key) => textAnswer(200, `{"${key}`),
  'the status line': (key) => (res) => {
    res.socket?.end(`HTTP/1.1 500 ${key}\r\nX-Echo: ${key}\r\nContent-Length: 0\r\n\r\n`);
  },
  'what is no HTTP': (key) => (res) => {
    res.socket?.end(`${key}\r\n\r\n`);
  },
};

function envelope(error: object, requestId = 'r-1'): Script {
  const whole = { code: 'VALIDATION_ERROR', message: 'No.', ...error };
  return jsonAnswer(422, { successful: false, request_id: requestId, error: whole });
}

/** A text as JSON can spell it: each character by its number. */
function escaped(text: string): string {
  return Array.from(text, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** Neither in what is kept of a send, nor in what the answer's text says when it is read. */
function assertNowhere(key: string, sent: SentReport): void {
  const body = sent.exchange?.response?.body ?? '';
  const forms = [
    key,
    JSON.stringify(key).slice(1, -1),
    encodeURI(key),
    encodeURIComponent(key),
    escaped(key),
  ];
  for (const text of [JSON.stringify(sent), body, JSON.stringify(parseJson(body) ?? '')])
    for (const form of forms) assert.ok(!text.includes(form), `${form} is in ${text}`);
}

describe('the key of a send', function () {
  this.timeout(20_000);
  let server: ScriptedServer;
  let sending: Sending;
  afterEach(async () => {
    sending.dispose();
    await server.stop();
  });

  async function serve(key: string, script: Script): Promise<void> {
    server = await startScriptedServer(script);
    sending = new Sending(server.baseUrl, key);
  }

  for (const [what, key] of Object.entries(KEYS)) {
    describe(what, () => {
      for (const [place, echo] of Object.entries(ECHOES)) {
        it(`goes to the server, and is nowhere in the report though it comes back in ${place}`, async () => {
          await serve(key, echo(key));
          const sent = await sending.sendWhole(request());
          assert.equal(server.received[0]?.headers['x-api-key'], key);
          assertNowhere(key, sent);
        });
      }
    });
  }

  it('is not told by a number either', async () => {
    const key = '90071992547409';
    await serve(key, envelope({ details: { [key]: Number(key) } }));
    assertNowhere(key, await sending.sendWhole(request()));
  });

  it('stands as its fingerprint where it was', async () => {
    await serve(KEYS.plain, envelope({ message: `No ${KEYS.plain}!`, details: { amount: 12 } }));
    const { error } = await sending.sendOne(request());
    assert.equal(error?.message, 'No ••••cdef!');
    assert.deepEqual(error.details, { amount: 12 });
  });

  for (const [way, written] of Object.entries({
    'as it is': KEYS.plain,
    'with escapes': KEYS.plain.replace('s', '\\u0073'),
    'by a variable': 'with {{secret}}',
    'by a variable for a part of it': 'sk_live_{{rest}}',
  })) {
    for (const changes of [{ purpose: `"${written}"` }, { meta: `[{ "a": ["${written}"] }]` }]) {
      it(`is found where it stands ${way} in ${Object.keys(changes).join()}`, async () => {
        await serve(KEYS.plain, jsonAnswer(201, { invoice_id: 'i', payment_link: 'l' }));
        sending.variables = { secret: KEYS.plain, rest: KEYS.plain.slice('sk_live_'.length) };
        const text = request(changes);
        const report = await sending.sendOne(text);
        assert.deepEqual([report.outcome, report.problems[0]?.code], ['invalid', 'key-in-file']);
        const [problem] = report.problems.filter(({ code }) => code === 'key-in-file');
        assert.ok(problem && shownAt(text, problem).replaceAll('"', '') === written);
        assert.deepEqual(server.received, []);
      });
    }
  }

  it('does not follow the base URL to another origin', async () => {
    const known = await startScriptedServer(envelope({}));
    await serve(KEYS.plain, envelope({}));
    sending.giveKey('dev', KEYS.plain, known.origin);
    const report = await sending.sendOne(request());
    const problem = sentProblem(report);
    assert.deepEqual([report.outcome, problem.code], ['blocked', 'key-other-origin']);
    assert.ok(problem.message.includes(known.origin) && problem.message.includes(server.origin));
    assert.deepEqual([known.connections(), server.connections()], [0, 0]);
    await known.stop();
  });
});
