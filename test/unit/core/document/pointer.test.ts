import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument, requestAt, requestWithIndex } from '../../../../src/core/document/document';
import { nearestNode, nodeAt, pointerOf, spanAt, stepsOf } from '../../../../src/core/document/pointer';
import { codeUnits } from '../../../support/arbitraryTexts';

describe('JSON pointers', () => {
  it('come back as the steps that they are made of', () => {
    const steps = fc.array(fc.oneof(codeUnits(), fc.constantFrom('~', '/', '~1', '~01', '', '0')));
    fc.assert(fc.property(steps, (path) => assert.deepEqual(stepsOf(pointerOf(path)), path)));
  });

  it('are written as RFC 6901 has them', () => {
    assert.equal(pointerOf([]), '');
    assert.equal(pointerOf(['']), '/');
    assert.equal(pointerOf(['a/b', 0, 'm~n', '~1']), '/a~1b/0/m~0n/~01');
  });

  const text = '{"a": [{"b": 1}, 2], "": {"": 3}, "0": 4, "a~/": 5, "x": 6, "x": 7, "__proto__": 8}';
  const valueAt = (pointer: string) => nodeAt(parseDocument(text).root, pointer)?.value as unknown;
  const cases: Readonly<Record<string, unknown>> = {
    '/a/0/b': 1,
    '/a/1': 2,
    '//': 3,
    '/0': 4,
    '/a~0~1': 5,
    '/x': 7,
    '/__proto__': 8,
    '/a/01': undefined,
    '/a/-': undefined,
    '/a/2': undefined,
    '/a/1/0': undefined,
    '/a/length': undefined,
    '/constructor': undefined,
    '/y': undefined,
  };
  for (const [pointer, value] of Object.entries(cases))
    it(`${pointer} leads to ${String(value)}`, () => assert.equal(valueAt(pointer), value));

  it('lead to nothing where there is nothing', () => {
    assert.equal(nodeAt(undefined, ''), undefined);
    assert.equal(nearestNode(undefined, '/a'), undefined);
    assert.deepEqual(spanAt(parseDocument(' \n'), '/a/b'), { offset: 0, length: 1 });
  });

  it('to what is not there are shown at the nearest container', () => {
    const document = parseDocument(text);
    assert.deepEqual(spanAt(document, '/a/0/c/d'), { offset: 7, length: 8 });
    assert.deepEqual(spanAt(document, '/nothing'), { offset: 0, length: text.length });
  });

  it('of a million steps are followed once', () => {
    const document = parseDocument(text);
    assert.deepEqual(spanAt(document, '/a'.repeat(1_000_000)), { offset: 6, length: 13 });
  });

  it('lead into a request', () => {
    const batch = parseDocument('[null, {}, 5, {}, {}]');
    const index = (pointer: string) => requestAt(batch, pointer)?.index;
    assert.deepEqual(['/1', '/3/amount', '/4/a/b'].map(index), [1, 3, 4]);
    assert.deepEqual(
      ['', '/0', '/2/a', '/5', '/01', '/1x', '/x', '/-1'].map(index),
      Array(8).fill(undefined),
    );
    assert.equal(requestAt(parseDocument('{}'), '/amount')?.pointer, '');
    assert.equal(requestAt(parseDocument('5'), ''), undefined);
    for (const request of batch.requests) assert.equal(requestWithIndex(batch, request.index), request);
  });
});
