/** A whole number from 0 to below this. */
export const below = (count: number): number => Math.floor(Math.random() * count);

/** True in so many of a hundred. */
export const happens = (percent: number): boolean => below(100) < percent;

export function oneOf<Value>(values: readonly [Value, ...Value[]]): Value {
  return values[below(values.length)] ?? values[0];
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
