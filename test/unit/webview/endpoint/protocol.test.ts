import assert from 'node:assert/strict';
import { readMessage } from '../../../../src/webview/endpoint/protocol';

describe('a message of the page of a call', () => {
  it('is taken for what it says', () => {
    for (const message of [
      { kind: 'ready' },
      { kind: 'filter', query: {} },
      { kind: 'filter', query: { status: 'failed', per_page: '4' } },
      { kind: 'page', page: 2 },
      { kind: 'copy', row: 0, column: 3 },
      { kind: 'open', row: 1 },
      { kind: 'fix', place: 0 },
    ])
      assert.deepEqual(readMessage({ ...message, further: 1 }), message);
  });

  it('is nothing otherwise', () => {
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, place) => [`p${place}`, '']));
    for (const message of [
      undefined,
      null,
      'ready',
      [],
      { kind: 'parameters' },
      { kind: 'filter' },
      { kind: 'filter', query: null },
      { kind: 'filter', query: ['failed'] },
      { kind: 'filter', query: { per_page: 4 } },
      { kind: 'filter', query: { status: { toString: 'failed' } } },
      { kind: 'filter', query: { status: 'x'.repeat(201) } },
      { kind: 'filter', query: many },
      { kind: 'page', page: 0 },
      { kind: 'page', page: '2' },
      { kind: 'open', row: -1 },
    ])
      assert.equal(readMessage(message), undefined);
  });
});
