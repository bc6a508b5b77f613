import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineIndex, type Position } from '../../../../src/core/document/positions';
import { codeUnits } from '../../../support/arbitraryTexts';

/** One code unit at a time, as slow as it is plain. */
function naive(text: string, offset: number): Position {
  let line = 0;
  let start = 0;
  for (let at = 0; at < offset; at++) {
    const isEnd = text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n');
    if (isEnd) {
      line++;
      start = at + 1;
    }
  }
  // Between the two of CRLF is no place of its own: the line ends before them.
  const inBreak = text[offset - 1] === '\r' && text[offset] === '\n';
  return { line, character: offset - start - (inBreak ? 1 : 0) };
}

const texts = fc
  .array(fc.constantFrom('\r', '\n', '\r\n', 'a', 'é', '💶', '\ud800', '\u2028', '\u0085', '\t'), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''));

describe('lines and columns', () => {
  it('are those of a naive count', () => {
    fc.assert(
      fc.property(fc.oneof(texts, codeUnits()), (text) => {
        const lines = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++)
          assert.deepEqual(lines.positionAt(offset), naive(text, offset), `offset ${offset}`);
      }),
    );
  });

  it('begin and end where the line does', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lines = new LineIndex(text);
        let offset = 0;
        text.split(/\r\n|\r|\n/).forEach((line, index) => {
          assert.equal(lines.lineStart(offset), offset);
          assert.equal(lines.lineEnd(index), offset + line.length);
          offset += line.length + (text.startsWith('\r\n', offset + line.length) ? 2 : 1);
        });
      }),
    );
  });

  it('give ranges of both ends', () => {
    assert.deepEqual(new LineIndex('a\r\nbc').rangeOf({ offset: 0, length: 4 }), {
      start: { line: 0, character: 0 },
      end: { line: 1, character: 1 },
    });
  });

  it('know the line end of the text, by its first one', () => {
    for (const eol of ['\n', '\r\n', '\r']) assert.equal(new LineIndex(`a${eol}b\n`).eol, eol);
    assert.equal(new LineIndex('a').eol, '\n');
  });
});
