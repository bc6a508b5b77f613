import assert from 'node:assert/strict';
import { JsonTree } from '../../../../src/webview/response/jsonTree';
import { partsAround, search, searchableTree } from '../../../../src/webview/response/search';
import { TextLines } from '../../../../src/webview/response/textLines';

function foundIn(text: string, query: string): string[] {
  const tree = JsonTree.parse(text);
  assert.ok(tree);
  return [...search(searchableTree(tree), query)].flat().map((node) => tree.pointer(node));
}

describe('a search', () => {
  const text = '{"payment_link": "https:\\/\\/pay", "\\u0457": ["PAY", 15, true], "pay": {"x": null}}';

  it('finds keys and values, upper and lower case alike, whatever escapes they are written with', () => {
    assert.deepEqual(foundIn(text, 'pay'), ['/payment_link', '/ї/0', '/pay']);
    assert.deepEqual(foundIn(text, 'https://pay'), ['/payment_link']);
    assert.deepEqual(foundIn(text, 'Ї'), ['/ї']);
    assert.deepEqual(foundIn(text, '15'), ['/ї/1']);
    assert.deepEqual(foundIn(text, 'null'), ['/pay/x']);
  });

  it('finds nothing in what is not shown: punctuation, and the places of elements', () => {
    for (const query of ['"', ': ', '\\u', '0']) assert.deepEqual(foundIn(text, query), [], query);
  });

  it('of much gives way in between', () => {
    const tree = JsonTree.parse(JSON.stringify(Array.from({ length: 50_000 }, () => 'x')));
    assert.ok(tree);
    const parts = [...search(searchableTree(tree), 'X')].map(({ length }) => length);
    assert.deepEqual(parts, [19_999, 20_000, 10_001]);
  });

  it('marks what it finds', () => {
    assert.deepEqual(partsAround('a Pay pay', 'PAY'), ['a ', 'Pay', ' ', 'pay', '']);
    assert.deepEqual(partsAround('aaa', 'aa'), ['', 'aa', 'a']);
    assert.deepEqual(partsAround('abc', ''), ['abc']);
    assert.deepEqual(partsAround('İx', 'x'), ['İx'], 'its lower case is longer');
  });
});

describe('the lines of a text', () => {
  const linesOf = (text: string) => {
    const lines = new TextLines(text);
    return Array.from({ length: lines.size }, (_, row) => lines.line(row));
  };

  it('end at line breaks, which are not part of them', () => {
    assert.deepEqual(linesOf('a\r\nb\n\nc'), ['a', 'b', '', 'c']);
    assert.deepEqual(linesOf('a\n'), ['a']);
    assert.deepEqual(linesOf(''), []);
  });

  it('go on in the next row where they are long', () => {
    assert.deepEqual(
      linesOf(`${'x'.repeat(2_001)}\ny`).map((line) => line.length),
      [1_000, 1_000, 1, 1],
    );
    assert.equal(linesOf('x'.repeat(2_000)).length, 2);
    assert.equal(linesOf('z'.repeat(10_000_000)).length, 10_000);
  });

  it('are searched', () => {
    assert.deepEqual([...search(new TextLines('a\nB\nab'), 'b')].flat(), [1, 2]);
  });
});
