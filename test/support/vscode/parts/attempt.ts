import { setTimeout } from 'node:timers/promises';
import { type Locator } from 'playwright-core';

/** How long one attempt waits for one thing. */
export type Patience = { readonly timeout: number };

const PATIENCE: Patience = { timeout: 4_000 };
/** Of a click on what is there already: one that is given up may have been one all the same, and the next is a second. */
export const ONCE: Patience = { timeout: 20_000 };

const ATTEMPTS = 30;

/** Between attempts, in milliseconds: one that fails at once would use them up before anything can change. */
const PAUSE = 500;

/**
 * Does something until it has brought the element about, for what the workbench ignores when it comes too early.
 * Rejects after two minutes.
 */
export async function attempt(
  element: Locator,
  action: (patience: Patience) => Promise<void>,
): Promise<void> {
  await retry(async (patience) => {
    await action(patience);
    await element.waitFor(patience);
  });
}

/** Does something until it succeeds once. Rejects after two minutes, if no step of it outlasts the patience given. */
export async function retry(action: (patience: Patience) => Promise<void>): Promise<void> {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    try {
      await action(PATIENCE);
      return;
    } catch (error) {
      if (left === 0) throw error;
      await setTimeout(PAUSE);
    }
  }
}
