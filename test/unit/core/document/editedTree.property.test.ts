import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EditedTree } from '../../../../src/core/document/editedTree';
import { readTree } from '../../../../src/core/document/tree';
import { afterEach, edits } from '../../../support/arbitraryTexts';

const ELEMENTS = [
  '{"amount": "1500.00", "currency": "UAH"}',
  '{\n  "external_id": "order-{{$uuid}}",\n  "urls": ["a", {"b": null}]\n}',
  '{"amount": 1,}',
  '{/* } */ "a": 1 // {\n}',
  '{"a" 1 "b": "open\n}',
  '{}',
  '{"a": {"b": {}}',
  '[{}]',
  '7',
  '',
];

describe('the tree of a text that is edited', function () {
  this.timeout(60_000);

  it('is after each edit what a first reading gives', () => {
    const batch = fc
      .array(fc.constantFrom(...ELEMENTS), { minLength: 1, maxLength: 6 })
      .map((elements) => `[\n${elements.join(',\n')}\n]`);
    fc.assert(
      fc.property(batch, edits, (start, all) => {
        const tree = new EditedTree();
        for (const text of [start, ...afterEach(start, all)])
          assert.deepEqual(tree.read(text), readTree(text), text);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps the nodes of the elements that an edit leaves as they are', () => {
    const tree = new EditedTree();
    const elements = (text: string) => tree.read(text).root?.children ?? [];
    const before = [...elements('[{"a": 1}, {"b": 2}, {"c": 3}]')];
    for (const [text, kept] of [
      ['[{"a": 1}, {"b": 25}, {"c": 3}]', [true, false, true]],
      ['[{"a": 1}, {"b": "open}, {"c": 3}]', [false, false, false]],
    ] as const) {
      const now = elements(text);
      assert.deepEqual(
        before.map((node, at) => node === now[at]),
        kept,
        text,
      );
    }
  });

  it('has what an edit closes closed, and what it opens open', () => {
    const tree = new EditedTree();
    for (const text of ['[{"a": "x}', '[{"a": "x"}', '[{"a": "x" /*}', '[{"a": "x" /**/}', '[{"a": "x"'])
      assert.deepEqual(tree.read(text), readTree(text), text);
  });

  it('is too deep where an element makes it so', () => {
    const tree = new EditedTree();
    const nested = (depth: number) => `[{"a": ${'['.repeat(depth)}${']'.repeat(depth)}}]`;
    for (const depth of [10, 126, 127, 126])
      assert.equal(tree.read(nested(depth)).tooDeepAt?.offset, readTree(nested(depth)).tooDeepAt?.offset);
    assert.deepEqual(tree.read(nested(127)), readTree(nested(127)));
  });
});
