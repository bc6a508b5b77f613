import assert from 'node:assert/strict';
import fc from 'fast-check';
import { webhooksInHar } from '../../../../src/core/webhook/readHar';

const signed = (postData?: object, more: object = {}) => ({
  startedDateTime: '2026-06-21T00:00:00.500Z',
  request: {
    url: 'http://127.0.0.1/hook',
    headers: [
      { name: 'x-signature', value: 'ab' },
      { name: 'X-Signature-Timestamp', value: '1' },
    ],
    ...(postData ? { postData } : {}),
  },
  ...more,
});
const har = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });

describe('the webhooks in an HTTP archive', () => {
  it('are its signed requests, with their bytes and times', () => {
    const unsigned = { request: { url: 'http://127.0.0.1/', headers: [] } };
    const found = webhooksInHar(
      har(unsigned, signed({ text: '{"a":"é"}' }), signed({ text: '/w==', encoding: 'base64' }), signed()),
    );
    assert.deepEqual(
      found.map(({ body }) => Buffer.from(body).toString('hex')),
      [Buffer.from('{"a":"é"}').toString('hex'), 'ff', ''],
    );
    assert.equal(found[0]?.receivedAtSeconds, 1_782_000_000.5);
    assert.equal(found[0].url, 'http://127.0.0.1/hook');
  });

  it('have no time where the archive has none', () => {
    assert.equal(
      webhooksInHar(har(signed({}, { startedDateTime: 'soon' })))[0]?.receivedAtSeconds,
      undefined,
    );
  });

  it('are none in what is no archive', () => {
    const broken = [
      '',
      '{',
      '[]',
      '{"log":1}',
      '{"log":{"entries":{}}}',
      har(null, 1, { request: 1 }),
      '['.repeat(9999),
    ];
    for (const text of broken) assert.deepEqual(webhooksInHar(text), []);
    const wrong = [
      signed({ text: 1 }),
      signed({ text: '*', encoding: 'base64' }),
      { request: { headers: [1, {}] } },
    ];
    assert.deepEqual(webhooksInHar(har(...wrong)), []);
    fc.assert(fc.property(fc.json(), (text) => assert.deepEqual(webhooksInHar(text), [])));
  });
});
