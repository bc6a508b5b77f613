import assert from 'node:assert/strict';
import { byteSize, counted, duration, clipped, shownText } from '../../../../src/webview/shared/text';
import { readMessage, readState } from '../../../../src/webview/response/protocol';
import { waterfall } from '../../../../src/webview/response/waterfall';

describe('a text of a server', () => {
  it('is shown on one line, in its own direction, with nothing unseen', () => {
    assert.equal(shownText('a\r\n\tb\u0000\u202ec\u2028\ufeff'), 'a\\r\\n\\tb\\u0000\\u202ec\\u2028\\ufeff');
    assert.equal(shownText('<b>їжак 💶</b>'), '<b>їжак 💶</b>');
  });

  it('is clipped without cutting a character in two', () => {
    assert.deepEqual(clipped('abc', 3), { start: 'abc', left: 0 });
    assert.deepEqual(clipped('abcd', 3), { start: 'abc', left: 1 });
    assert.deepEqual(clipped('ab💶', 3), { start: 'ab', left: 2 });
  });
});

describe('numbers', () => {
  it('are short', () => {
    assert.deepEqual([0, 41.7, 999.96, 1530, 30_000].map(duration), [
      '0 ms',
      '41.7 ms',
      '1000 ms',
      '1.53 s',
      '30.0 s',
    ]);
    assert.deepEqual([0, 1023, 1536, 10_485_760].map(byteSize), ['0 B', '1023 B', '1.5 KB', '10.0 MB']);
    assert.deepEqual(
      [counted(1, 'key'), counted(2000, 'key'), counted(2, 'match', 'matches')],
      ['1 key', '2,000 keys', '2 matches'],
    );
  });
});

describe('the time of an exchange', () => {
  it('is its parts one after the other', () => {
    const bars = waterfall({ connect: 10, tls: 30, waiting: 50, receiving: 10, total: 100.1 });
    assert.deepEqual(
      bars.map(({ label, from, share }) => [label, from, share]),
      [
        ['Connect', 0, 0.1],
        ['TLS', 0.1, 0.3],
        ['Waiting', 0.4, 0.5],
        ['Receiving', 0.9, 0.1],
      ],
    );
  });

  it('may be nothing', () => {
    assert.deepEqual(waterfall({ total: 0 }), []);
    assert.equal(waterfall({ waiting: 0, total: 0 })[0]?.share, 0);
  });
});

describe('a message of the page', () => {
  it('is taken for what it says', () => {
    for (const message of [
      { kind: 'ready' },
      { kind: 'select', uri: 'file:///a.json', index: 3 },
      { kind: 'copy', text: '' },
      { kind: 'fix', place: 0, id: 'add-urls' },
      { kind: 'docs', place: 2 },
    ])
      assert.deepEqual(readMessage({ ...message, further: 1 }), message);
  });

  it('is nothing otherwise', () => {
    for (const message of [
      undefined,
      null,
      'ready',
      [],
      {},
      { kind: 'command', id: 'workbench.action.quit' },
      { kind: 'constructor' },
      { kind: 'select', uri: 'file:///a.json', index: -1 },
      { kind: 'select', index: 1 },
      { kind: 'copy', text: { toString: 'x' } },
      { kind: 'fix', place: 0.5, id: 'add-urls' },
      { kind: 'fix', place: 0 },
      { kind: 'problem', place: NaN },
    ])
      assert.equal(readMessage(message), undefined);
  });

  it('restores a request, and nothing else', () => {
    assert.deepEqual(readState({ uri: 'file:///a', index: 1, more: 2 }), { uri: 'file:///a', index: 1 });
    const past = { uri: 'file:///a', index: 1, entry: 'e-1' };
    assert.deepEqual(readState(past), past);
    assert.deepEqual(readState({ ...past, entry: 7 }), { uri: 'file:///a', index: 1 });
    for (const state of [undefined, {}, { uri: 1, index: 1 }, { uri: 'a', index: -1 }, { uri: 'a' }])
      assert.equal(readState(state), undefined);
  });
});
