/**
 * Works through items with a bounded number under way at once; results stand in the order of the items.
 * Once `isOver` says so of a result, no further item is begun; those have `undefined`.
 */
export async function inPool<Item, Result>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<Result>,
  isOver: (result: Result) => boolean,
): Promise<(Result | undefined)[]> {
  const results = new Array<Result | undefined>(items.length).fill(undefined);
  const queue = items.entries();
  let over = false;
  const worker = async () => {
    for (const [place, item] of queue) {
      const result = await work(item);
      results[place] = result;
      over ||= isOver(result);
      if (over) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(size, 1), items.length) }, worker));
  return results;
}
