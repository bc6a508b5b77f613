import assert from 'node:assert/strict';
import { harOf, type ArchivedSend } from '../../../../src/core/export/har';

const SEND: ArchivedSend = {
  at: '2026-01-02T03:04:05.678Z',
  url: 'https://api.example/api/v1/create-invoice',
  body: '{"purpose": "ä"}',
  exchange: {
    request: {
      method: 'POST',
      url: 'https://api.example/api/v1/create-invoice',
      headers: [
        { name: 'Content-Type', value: 'application/json' },
        { name: 'x-API-key', value: '••••cdef' },
      ],
      body: '{}',
    },
    response: {
      status: 307,
      headers: [
        { name: 'content-type', value: 'text/html' },
        { name: 'Location', value: '/login' },
      ],
      size: 5,
      body: 'hello',
      isUtf8: true,
    },
    timings: { dns: 1, connect: 2, tls: 3, waiting: 4, receiving: 5, total: 15 },
  },
};

interface Har {
  readonly log: {
    readonly version: string;
    readonly creator: { readonly version: string };
    readonly entries: readonly {
      readonly request: object;
      readonly response: { readonly status: number };
      readonly timings: object;
    }[];
  };
}

const LEFT_OUT = 'The history keeps no headers that can hold a secret.';

describe('an HTTP archive', () => {
  const archive = (...sends: ArchivedSend[]) => JSON.parse(harOf(sends, '1.2.3')) as Har;

  it('has everything that HAR 1.2 asks for, and no header of the key', () => {
    const { log } = archive(SEND);
    assert.deepEqual([log.version, log.creator.version], ['1.2', '1.2.3']);
    assert.deepEqual(log.entries, [
      {
        startedDateTime: SEND.at,
        time: 15,
        request: {
          method: 'POST',
          url: SEND.url,
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: [{ name: 'Content-Type', value: 'application/json' }],
          queryString: [],
          postData: { mimeType: 'application/json', text: SEND.body },
          headersSize: -1,
          bodySize: 17,
          comment: LEFT_OUT,
        },
        response: {
          status: 307,
          statusText: '',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: SEND.exchange?.response?.headers,
          content: { size: 5, mimeType: 'text/html', text: 'hello' },
          redirectURL: '/login',
          headersSize: -1,
          bodySize: -1,
          comment: LEFT_OUT,
        },
        cache: {},
        timings: { blocked: -1, dns: 1, connect: 5, ssl: 3, send: 0, wait: 4, receive: 5 },
      },
    ]);
  });

  it('has timings that add up to the time: ssl is a part of connect', () => {
    const [entry] = archive(SEND).log.entries;
    const parts = Object.entries(entry?.timings ?? {}).filter(([part]) => part !== 'ssl');
    const sum = parts.reduce((all, [, part]) => all + Math.max(Number(part), 0), 0);
    assert.equal(sum, 15);
  });

  it('has a send without an answer with the status 0, and says what its body is not', () => {
    const { at, url, body } = SEND;
    const [entry] = archive({ at, url, body, changed: 'shortened' }).log.entries;
    assert.equal(entry?.response.status, 0);
    assert.match(JSON.stringify(entry.request), /"comment":"The body is shortened."/);
    const { total } = { total: 3 };
    const open = {
      request: SEND.exchange?.request ?? { method: 'POST', url, headers: [] },
      timings: { total },
    };
    assert.equal(archive({ at, url, body, exchange: open }).log.entries[0]?.response.status, 0);
  });
});
