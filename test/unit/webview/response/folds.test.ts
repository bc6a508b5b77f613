import assert from 'node:assert/strict';
import { Folds } from '../../../../src/webview/response/folds';
import { JsonTree } from '../../../../src/webview/response/jsonTree';

function foldsOf(value: unknown): { tree: JsonTree; folds: Folds; shown: () => string[] } {
  const tree = JsonTree.parse(JSON.stringify(value));
  assert.ok(tree);
  const folds = new Folds(tree);
  const shown = () => Array.from({ length: folds.rowCount }, (_, row) => tree.pointer(folds.nodeAt(row)));
  return { tree, folds, shown };
}

const SMALL = { a: [1, 2], b: { c: { d: 1 } } };

describe('what is unfolded of a tree', () => {
  it('is all of a small one', () => {
    assert.deepEqual(foldsOf(SMALL).shown(), ['', '/a', '/a/0', '/a/1', '/b', '/b/c', '/b/c/d']);
  });

  it('is the first level of a large one', () => {
    const { shown } = foldsOf(Array.from({ length: 600 }, () => [1, 2]));
    assert.equal(shown().length, 601);
  });

  it('changes node by node, and what was open within stays so', () => {
    const { folds, shown } = foldsOf(SMALL);
    const b = folds.nodeAt(4);
    folds.setOpen(b, false);
    assert.deepEqual(shown(), ['', '/a', '/a/0', '/a/1', '/b']);
    folds.setOpen(b, true);
    assert.equal(shown().length, 7);
    folds.setOpen(folds.nodeAt(2), false);
    assert.equal(shown().length, 7, 'a value has nothing to close');
  });

  it('can be all, or the first level', () => {
    const { folds, shown } = foldsOf(SMALL);
    folds.setAll(false);
    assert.deepEqual(shown(), ['', '/a', '/b']);
    folds.setAll(true);
    assert.equal(shown().length, 7);
  });

  it('becomes more where a node is to be seen', () => {
    const { tree, folds, shown } = foldsOf(SMALL);
    folds.setAll(false);
    folds.setOpen(0, false);
    assert.equal(folds.rowOf(6), -1);
    assert.equal(folds.reveal(6), 4);
    assert.deepEqual(shown(), ['', '/a', '/b', '/b/c', '/b/c/d']);
    assert.equal(tree.pointer(folds.nodeAt(4)), '/b/c/d');
  });
});
