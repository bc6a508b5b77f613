import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inPool } from '../../../../src/app/requests/pool';
import { settled } from '../../../support/ports';

/** Work that ends when the test says so. */
class Workshop {
  readonly begun: number[] = [];
  readonly #ends = new Map<number, { resolve: (result: string) => void; reject: (error: Error) => void }>();

  readonly work = (item: number): Promise<string> =>
    new Promise((resolve, reject) => {
      this.begun.push(item);
      this.#ends.set(item, { resolve, reject });
    });

  get underWay(): readonly number[] {
    return [...this.#ends.keys()];
  }

  async end(item: number, result = `done ${item}`): Promise<void> {
    this.#ends.get(item)?.resolve(result);
    this.#ends.delete(item);
    await settled();
  }

  async fail(item: number): Promise<void> {
    this.#ends.get(item)?.reject(new Error(`failed ${item}`));
    this.#ends.delete(item);
    await settled();
  }
}

const never = () => false;
const items = [1, 2, 3, 4, 5];

describe('a pool', () => {
  it('has a bounded number under way, and begins the next when one ends', async () => {
    const shop = new Workshop();
    const all = inPool(items, 2, shop.work, never);
    assert.deepEqual(shop.begun, [1, 2]);
    await shop.end(2);
    assert.deepEqual(shop.begun, [1, 2, 3]);
    await shop.end(3);
    await shop.end(4);
    assert.deepEqual(shop.begun, items);
    await shop.end(5);
    await shop.end(1);
    assert.deepEqual(await all, ['done 1', 'done 2', 'done 3', 'done 4', 'done 5']);
  });

  it('gives results in the order of the items, and has as many under way as it may', async () => {
    const picks = fc.array(fc.nat(), { minLength: 10, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(fc.nat(10), fc.integer({ min: -1, max: 5 }), picks, async (count, size, order) => {
        const shop = new Workshop();
        const numbers = Array.from({ length: count }, (_, place) => place);
        const all = inPool(numbers, size, shop.work, never);
        for (let left = count; left > 0; left--) {
          assert.equal(shop.underWay.length, Math.min(Math.max(size, 1), left));
          await shop.end(shop.underWay[(order[left - 1] ?? 0) % shop.underWay.length] ?? assert.fail());
        }
        assert.deepEqual(
          await all,
          numbers.map((one) => `done ${one}`),
        );
      }),
    );
  });

  it('begins nothing more once a result says that it is over, and waits for what is under way', async () => {
    const shop = new Workshop();
    const all = inPool(items, 3, shop.work, (result) => result === 'stop');
    await shop.end(2, 'stop');
    assert.deepEqual(shop.begun, [1, 2, 3]);
    await shop.end(1);
    await shop.end(3);
    assert.deepEqual(shop.begun, [1, 2, 3]);
    assert.deepEqual(await all, ['done 1', 'stop', 'done 3', undefined, undefined]);
  });

  it('ends what work fails beside it, and the rest, before it rejects', async () => {
    const shop = new Workshop();
    let isOver = false;
    const rejected = assert
      .rejects(inPool(items, 2, shop.work, never), /failed 1/)
      .then(() => (isOver = true));
    await shop.fail(1);
    await shop.fail(3);
    for (const item of [2, 4]) await shop.end(item);
    assert.deepEqual([shop.begun, isOver], [items, false]);
    await shop.end(5);
    await rejected;
  });

  it('has nothing to do without items', async () => {
    assert.deepEqual(await inPool([], 3, () => assert.fail(), never), []);
  });
});
