import { type Locator } from 'playwright-core';

/** How long one attempt waits, in milliseconds. */
const PATIENCE = 4_000;
const ATTEMPTS = 15;

/**
 * Does something until it has brought the element about, for what the workbench ignores when it comes too early.
 * Rejects after a minute.
 */
export async function attempt(element: Locator, action: () => Promise<void>): Promise<void> {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    await action();
    try {
      await element.waitFor({ timeout: PATIENCE });
      return;
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}
