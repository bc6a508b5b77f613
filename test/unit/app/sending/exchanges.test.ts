import assert from 'node:assert/strict';
import { Exchanges } from '../../../../src/app/api/exchanges';
import type { HttpCourse, HttpEnd } from '../../../../src/app/ports';
import { redactor } from '../../../../src/core/leaks/redactor';
import { apiKey } from '../../../support/keys';
import { answer, created, KEY, ORIGIN } from '../../../support/ports';

const COURSE: HttpCourse = {
  timings: { waiting: 3, total: 3 },
  added: [{ name: 'Host', value: 'api.example' }],
  received: { status: 201, headers: [{ name: 'X-Echo', value: `a ${KEY}` }], size: 7, isUtf8: true },
};

function exchange(end: HttpEnd, course: HttpCourse = COURSE) {
  const key = apiKey(KEY);
  const url = `${ORIGIN}/api/v1/create-invoice`;
  return new Exchanges(key, redactor(key)).of({
    target: { environment: 'dev', baseUrl: new URL(ORIGIN), origin: ORIGIN, key },
    request: { method: 'POST', url, headers: { Accept: 'a', 'X-Api-Key': KEY }, body: '{}', timeoutMs: 1 },
    at: new Date(0),
    timeoutSeconds: 1,
    result: { ...end, course },
  });
}

describe('what went over the wire', () => {
  it('is the request with the fingerprint of its key, and the answer without the key', () => {
    assert.deepEqual(exchange(answer(201, `{"a": "${KEY}"}`)), {
      request: {
        method: 'POST',
        url: 'https://api.example/api/v1/create-invoice',
        headers: [
          { name: 'Accept', value: 'a' },
          { name: 'X-Api-Key', value: '••••cdef' },
          { name: 'Host', value: 'api.example' },
        ],
        body: '{}',
      },
      response: {
        status: 201,
        headers: [{ name: 'X-Echo', value: 'a ••••cdef' }],
        size: 7,
        isUtf8: true,
        body: '{"a": "••••cdef"}',
      },
      timings: { waiting: 3, total: 3 },
    });
  });

  it('keeps the layout and the digits of an answer, whatever escapes hide the key in it', () => {
    const hidden = KEY.replace('l', '\\u006c');
    const text = (value: string) => `{ "n": 1.50,\t"a": "\\"x\\u0041",\n "b": "${value}" }`;
    assert.equal(exchange(answer(201, text(hidden))).response?.body, text('••••cdef'));
  });

  it('has no text of an answer that did not come whole, and none at all where nothing came', () => {
    assert.deepEqual(exchange({ kind: 'short', status: 201 }).response?.body, undefined);
    assert.equal(exchange({ kind: 'short', status: 201 }).response?.size, 7);
    const { timings, added } = COURSE;
    assert.equal(exchange({ kind: 'timeout' }, { timings, added }).response, undefined);
    assert.notEqual(exchange(created()).response?.body, undefined);
  });
});
