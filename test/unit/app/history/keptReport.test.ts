import assert from 'node:assert/strict';
import fc from 'fast-check';
import { archived, obstacleToResend, reported, sentReportOf } from '../../../../src/app/outcomes/keptReport';
import { bugReportOf } from '../../../../src/core/export/bugReport';
import { harOf } from '../../../../src/core/export/har';
import { decodeRecord } from '../../../../src/core/journal/decode';
import { shownAnswer } from '../../../../src/ui/response/shownAnswer';
import { redactor } from '../../../../src/core/leaks/redactor';
import { departed, REPORT } from '../../../support/journal';
import { apiKey } from '../../../support/keys';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const PROGRAMS = { extension: '1.2.3', editor: 'VS Code 1.96.0', system: 'linux' };

const SENT = { kind: 'sent', id: ID, at: '2026-01-02T03:04:05.678Z', ...departed() };

const ANSWERED = {
  kind: 'answered',
  id: ID,
  report: {
    ...REPORT,
    requestId: 'r-1',
    invoice: { invoice_id: 'i-1', amount: '1.00', payment_link: 'https://pay.example/i-1' },
    error: { code: 'CODE', message: 'Message', details: { amount: ['no'] } },
    problems: [
      {
        ...{ code: 'CODE', severity: 'error', source: 'api', pointer: '/amount', message: 'Message' },
        range: { start: { line: 1, character: 2 }, end: { line: 1, character: 4 } },
        ...{ guidance: ['Do this.'], docs: 'https://docs.example', retryable: false, fixes: ['send-again'] },
      },
    ],
  },
  exchange: {
    request: { method: 'POST', url: SENT.url, headers: [{ name: 'X-Api-Key', value: '••••' }] },
    response: { status: 201, headers: [{ name: 'A', value: 'b' }], size: 2, body: '{}', isUtf8: true },
    timings: { dns: 1, connect: 2, tls: 3, waiting: 4, receiving: 5, total: 15 },
  },
};

const same = (text: string) => text;

/** What somebody writes who wants to see what happens. */
const HOSTILE = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    'javascript:alert(1)',
    'https://',
    '[title](command:x)',
    '<img src=x onerror=alert(1)>',
  ),
  fc.constantFrom(-1, 0, 1e308, 0.5, null, true, [], {}, [[]], [null], { toString: 1 }),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);

/** A record with one value in it replaced, wherever that is. */
function edited(record: object): fc.Arbitrary<unknown> {
  const places = placesIn(record);
  return fc.tuple(fc.constantFrom(...places), HOSTILE).map(([place, value]) => {
    const copy: unknown = structuredClone(record);
    let holder = copy as Record<string, unknown>;
    for (const name of place.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
    holder[place.at(-1) ?? ''] = value;
    return copy;
  });
}

function placesIn(value: unknown, place: readonly string[] = []): (readonly string[])[] {
  const below =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...place, name]))
      : [];
  return place.length > 0 ? [place, ...below] : below;
}

describe('what is exported of a send', () => {
  const KEY = 'sk_live_0123456789';
  const url = 'https://user:secret@shop.example/hook?token=secret#access_token=secret';
  const filler = 'x'.repeat(20_000 - 40);
  const bodies = {
    json: JSON.stringify({ purpose: KEY, callback_url: url }),
    escaped: JSON.stringify({ callback_url: url }).replaceAll('/', '\\/').replace('user', '\\u0075ser'),
    page: `<a href="${url}">${KEY}</a>`,
    'cut in the report': `${filler} https://user:sec${'ret'.repeat(20)}@shop.example`,
    'cut when it was kept': '{"callback_url": "https:\\/\\/user:secret\\u0040shop.example?a=secret',
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`has no key that is stored by now and no secret of a URL: ${name}`, () => {
      const record = decodeRecord(JSON.stringify(ANSWERED));
      const sent = decodeRecord(JSON.stringify({ ...SENT, body, url }));
      assert.ok(sent?.kind === 'sent' && record?.kind === 'answered' && record.exchange?.response);
      const { response, request } = record.exchange;
      const headers = [{ name: 'Location', value: `/next?key=secret&k=${KEY}` }];
      const exchange = {
        ...record.exchange,
        request: { ...request, url },
        response: { ...response, headers, body },
      };
      const kept = { sent, answered: { ...record, exchange } };
      const redact = redactor(apiKey(KEY));
      const report = reported(kept, true, redact);
      assert.ok(report);
      for (const text of [harOf([archived(kept, redact)], '1.2.3'), bugReportOf([report], PROGRAMS)]) {
        assert.doesNotMatch(text, /[:=]sec|sk_live/);
        assert.match(text, /shop\.example/);
      }
    });
  }
});

describe('a journal that was edited by hand', () => {
  it('can be shown, exported and looked through, as far as it is a journal', () => {
    let read = 0;
    fc.assert(
      fc.property(edited(SENT), edited(ANSWERED), (first, second) => {
        const sent = decodeRecord(JSON.stringify(first)) ?? decodeRecord(JSON.stringify(SENT));
        const answered = decodeRecord(JSON.stringify(second));
        if (sent?.kind !== 'sent') return;
        const kept = { sent, answered: answered?.kind === 'answered' ? answered : undefined };
        if (kept.answered) read++;
        const report = sentReportOf(kept, true);
        assert.ok(report);
        assert.ok(shownAnswer(report, 'id', 'host', 'whole', () => ({ fixes: [], isEdited: false })));
        assert.ok(Number.isFinite(new Date(report.report.at).getTime()));
        assert.ok(JSON.parse(harOf([archived(kept, same)], '1.2.3')));
        const one = reported(kept, true, same);
        assert.ok(one && bugReportOf([one], PROGRAMS));
        obstacleToResend(kept);
      }),
      { numRuns: 2_000 },
    );
    assert.ok(read > 500, `${read} of the records were read`);
  });

  it('has no host but that of an address', () => {
    for (const origin of [
      'x',
      'javascript:alert(1)',
      'https://api.example/path',
      'https://u:p@api.example',
      7,
    ]) {
      const record = decodeRecord(JSON.stringify({ ...ANSWERED, report: { ...REPORT, origin } }));
      assert.ok(record?.kind === 'answered');
      assert.equal(record.report.origin, undefined);
    }
  });
});
