import assert from 'node:assert/strict';
import type { Cell } from '../../../../src/core/endpoints/table';
import { arranged, nextOrder, type Order } from '../../../../src/webview/endpoint/order';

const cell = (text: string): Cell => ({ text, kind: 'text' });
const rows = [
  ['10.00', 'order-10', ''],
  ['9.5', 'order-9', 'b'],
  ['', 'Order-2', 'a'],
  ['100', 'other', ''],
].map((texts) => texts.map(cell));

const order = (column: number, direction: Order['direction'] = 'ascending'): Order => ({ column, direction });

describe('the rows of a table', () => {
  it('stay as they came without an order', () =>
    assert.deepEqual(arranged(rows, undefined, ''), [0, 1, 2, 3]));

  it('are sorted by number where they have one, what is empty last', () => {
    assert.deepEqual(arranged(rows, order(0), ''), [1, 0, 3, 2]);
    assert.deepEqual(arranged(rows, order(0, 'descending'), ''), [3, 0, 1, 2]);
    assert.deepEqual(arranged(rows, order(2), '').slice(0, 2), [2, 1]);
    assert.deepEqual(arranged(rows, order(2, 'descending'), '').slice(0, 2), [1, 2]);
  });

  it('are sorted as people do otherwise', () => assert.deepEqual(arranged(rows, order(1), ''), [2, 1, 0, 3]));

  it('are those alone that have a text, in any cell and case', () => {
    assert.deepEqual(arranged(rows, undefined, ' ORDER '), [0, 1, 2]);
    assert.deepEqual(arranged(rows, order(0), 'order'), [1, 0, 2]);
    assert.deepEqual(arranged(rows, undefined, 'no such'), []);
  });

  it('are sorted, turned round, and left as they came', () => {
    const first = nextOrder(undefined, 1);
    const second = nextOrder(first, 1);
    assert.deepEqual([first, second, nextOrder(second, 1)], [order(1), order(1, 'descending'), undefined]);
    assert.deepEqual(nextOrder(second, 0), order(0));
  });
});
