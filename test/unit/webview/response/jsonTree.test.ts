import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nodeAt } from '../../../../src/core/document/pointer';
import { parseTree } from 'jsonc-parser';
import { JsonTree } from '../../../../src/webview/response/jsonTree';

function treeOf(text: string): JsonTree {
  const tree = JsonTree.parse(text);
  assert.ok(tree, text);
  return tree;
}

const nodesOf = (tree: JsonTree) => Array.from({ length: tree.size }, (_, node) => node);

describe('a JSON text as a tree', () => {
  it('has a node for each value, in the order of the text', () => {
    const tree = treeOf('{ "b": [1.50, "x"], "a": {"c": null, "d": true}, "e": [] }');
    const shown = nodesOf(tree).map((node) => [
      '  '.repeat(tree.depth(node)) + String(tree.key(node) ?? '-'),
      tree.kind(node),
      tree.children(node),
      tree.pointer(node),
      tree.isContainer(node) ? '' : tree.scalar(node),
    ]);
    assert.deepEqual(shown, [
      ['-', 'object', 3, '', ''],
      ['  b', 'array', 2, '/b', ''],
      ['    0', 'number', 0, '/b/0', '1.50'],
      ['    1', 'string', 0, '/b/1', 'x'],
      ['  a', 'object', 2, '/a', ''],
      ['    c', 'null', 0, '/a/c', 'null'],
      ['    d', 'boolean', 0, '/a/d', 'true'],
      ['  e', 'array', 0, '/e', ''],
    ]);
    assert.deepEqual(
      nodesOf(tree).map((node) => tree.next(node)),
      [8, 4, 3, 4, 7, 6, 7, 8],
    );
    assert.deepEqual(
      nodesOf(tree).map((node) => tree.parent(node)),
      [-1, 0, 1, 1, 0, 4, 4, 0],
    );
  });

  it('keeps every digit, repeated keys, and the order of keys that look like numbers', () => {
    const tree = treeOf('{"2": 9007199254740993, "1": 1E400, "2": -0.10}');
    assert.deepEqual(
      [1, 2, 3].map((node) => [tree.key(node), tree.scalar(node)]),
      [
        ['2', '9007199254740993'],
        ['1', '1E400'],
        ['2', '-0.10'],
      ],
    );
  });

  it('reads escapes where it shows a text, and leaves them where it gives the source', () => {
    const tree = treeOf('\ufeff ["\\u0457 \\"\\\\\\/", {"k\\n": "\\\\"}]');
    assert.equal(tree.scalar(1), 'ї "\\/');
    assert.deepEqual([tree.key(3), tree.scalar(3)], ['k\n', '\\']);
    assert.equal(tree.source(2), '{"k\\n": "\\\\"}');
    assert.equal(tree.source(0), '["\\u0457 \\"\\\\\\/", {"k\\n": "\\\\"}]');
  });

  for (const text of ['"only"', '12', 'null', '[]', ' {} ']) {
    it(`is one node for ${text}`, () => {
      assert.equal(treeOf(text).size, 1);
      assert.equal(treeOf(text).source(0), text.trim());
    });
  }

  for (const text of [
    '',
    '{',
    '{"a":1,}',
    '// x\n1',
    '<html>',
    '['.repeat(100_000),
    `${'['.repeat(300)}${']'.repeat(300)}`,
  ]) {
    it(`is none for ${text.slice(0, 12)} (${text.length})`, () => {
      assert.equal(JsonTree.parse(text), undefined);
    });
  }

  it('gives for any JSON the values and pointers that others read in it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(undefined, 2), (json, indent) => {
        const value: unknown = JSON.parse(json);
        const text = JSON.stringify(value, null, indent);
        const tree = treeOf(text);
        for (const node of nodesOf(tree)) {
          const found = nodeAt(parseTree(text), tree.pointer(node));
          assert.ok(found);
          assert.equal(tree.source(node), text.slice(found.offset, found.offset + found.length));
        }
        assert.deepEqual(JSON.parse(tree.source(0)), value);
      }),
    );
  });

  it('takes 200,000 keys', () => {
    const members = Array.from({ length: 200_000 }, (_, place) => `"key${place}":{"n":${place}}`);
    const tree = treeOf(`{${members.join()}}`);
    assert.equal(tree.size, 400_001);
    assert.equal(tree.pointer(400_000), '/key199999/n');
  });

  it('reads the beginning of a long value once', () => {
    const tree = JsonTree.parse(JSON.stringify([`${'\n'.repeat(5)}${'x'.repeat(500)}`, 'short']));
    assert.ok(tree);
    assert.deepEqual(tree.beginning(1, 6), { start: '\n\n\n\n\nx', left: 499 });
    assert.equal(tree.beginning(1, 6), tree.beginning(1, 6));
    assert.deepEqual(tree.beginning(2, 6), { start: 'short', left: 0 });
  });
});
