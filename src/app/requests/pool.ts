/**
 * Works through items with a bounded number under way at once; results stand in the order of the items.
 * Once `isOver` says so of a result, no further item is begun; those have `undefined`.
 * Settles when everything that was begun has ended. Work that fails takes no other along: the rest is done before the
 * first failure is thrown.
 */
export async function inPool<Item, Result>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<Result>,
  isOver: (result: Result) => boolean,
): Promise<(Result | undefined)[]> {
  const results = new Array<Result | undefined>(items.length).fill(undefined);
  const failures: unknown[] = [];
  const queue = items.entries();
  let over = false;
  const worker = async () => {
    for (const [place, item] of queue) {
      try {
        const result = await work(item);
        results[place] = result;
        over ||= isOver(result);
      } catch (error) {
        failures.push(error);
      }
      if (over) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(size, 1), items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
