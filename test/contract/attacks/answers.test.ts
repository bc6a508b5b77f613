import assert from 'node:assert/strict';
import { plainMarkdown, withoutLinks } from '../../../src/ui/shell/markdown';
import { HOSTILE_TEXTS } from '../../support/attacks';
import { request } from '../../support/requests';
import { jsonAnswer, startScriptedServer, textAnswer, type Script } from '../../support/scriptedServer';
import { Sending, sentProblem } from '../../support/sending';
import type { Report } from '../../../src/core/report/report';

const KEY = 'sk_live_0123456789abcdef';

function envelope(error: object, further: object = {}): Script {
  return jsonAnswer(422, { successful: false, request_id: 'r', error, ...further });
}

async function answered(script: Script): Promise<Report> {
  const server = await startScriptedServer(script);
  const sending = new Sending(server.baseUrl, KEY);
  try {
    return await sending.sendOne(request());
  } finally {
    sending.dispose();
    await server.stop();
  }
}

describe('an attacker’s server answers', function () {
  this.timeout(20_000);

  for (const [what, text] of Object.entries(HOSTILE_TEXTS)) {
    it(`with ${what} in message, code and details: no notification and no hover takes it for one`, async () => {
      const report = await answered(
        envelope({ code: text, message: text, details: { amount: text } }, { request_id: text }),
      );
      assert.equal(report.outcome, 'rejected');
      for (const { code, message, guidance } of report.problems) {
        const shown = [message, ...guidance];
        for (const line of shown) {
          assert.doesNotMatch(line, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
          // What VS Code takes for a link in a notification; source: its linkedText.ts.
          assert.doesNotMatch(withoutLinks(line), /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/i);
        }
        // A hover is Markdown: every sign that could mean something there is escaped.
        for (const line of [...shown, code])
          assert.doesNotMatch(plainMarkdown(line).replace(/\\./g, ''), /[!-/:-@[-`{-~]/);
      }
    });
  }

  it('with a page of HTML in place of an envelope: none of it is in the problem', async () => {
    const html = '<html><script>alert(1)</script><a href="command:x">Sign in</a></html>';
    for (const status of [200, 403, 502]) {
      const report = await answered(textAnswer(status, html, { 'Content-Type': 'text/html' }));
      assert.equal(report.outcome, 'unexpected');
      assert.doesNotMatch(JSON.stringify(report), /<|Sign in|command:/);
    }
  });

  it('with names that objects inherit: nothing is inherited', async () => {
    const body =
      '{"successful": false, "error": {"code": "X", "message": "no", "details": {"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}}, "__proto__": {"polluted": 1}}';
    await answered(textAnswer(422, body));
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('with a code of 9 MB: it is no longer than a line where it is shown', async () => {
    const report = await answered(envelope({ code: 'X'.repeat(9_000_000), message: '' }));
    assert.ok(sentProblem(report).message.length < 1000);
  });

  it('with JSON that nests a million times: it is no JSON', async () => {
    const report = await answered(textAnswer(200, '['.repeat(1_000_000)));
    assert.equal(sentProblem(report).code, 'not-json');
  });

  it('with a number that no computer counts to: the report says what was received', async () => {
    const report = await answered(
      textAnswer(201, '{"invoice_id": "i", "payment_link": "https://pay.example", "n": 1e999}'),
    );
    assert.equal(report.outcome, 'created');
  });

  it('that all went well, with an error envelope: it is an error', async () => {
    const report = await answered(
      jsonAnswer(200, { successful: false, error: { code: 'NOPE', message: '' }, invoice_id: 'i' }),
    );
    assert.equal(report.outcome, 'unexpected');
  });

  it('with the key in every place and form that it was sent in: the report holds none of it', async () => {
    const report = await answered((res, { headers }) => {
      const key = String(headers['x-api-key']);
      const error = { code: key, message: `${key} ${encodeURIComponent(key)}`, details: { [key]: [key] } };
      res.writeHead(422, { 'Content-Type': 'application/json', 'X-Request-Id': key });
      res.end(JSON.stringify({ successful: false, request_id: key, error }));
    });
    assert.ok(!JSON.stringify(report).includes(KEY));
  });
});
