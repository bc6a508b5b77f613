import { type Page } from 'playwright-core';

/** What the page keeps of the actions of a person. */
interface Counting {
  actions: string[];
}

/**
 * Counts in the page, with the browser's own events: an action is a click, a key chord, or a text that is typed and
 * confirmed. Typing alone is none, and the Enter that confirms it is one.
 */
const COUNT = `(() => {
  if (window.eccaexCounting) return;
  const counting = (window.eccaexCounting = { actions: [] });
  const count = (action) => counting.actions.push(action);
  // A test closes with Escape what may be open, before it opens the palette.
  const NONE = ['Control', 'Shift', 'Alt', 'Meta', 'Escape'];
  const watch = (target) => {
    target.addEventListener('pointerdown', () => count('click'), true);
    target.addEventListener('keydown', ({ key, ctrlKey, altKey, metaKey }) => {
      if (NONE.includes(key)) return;
      const isTyped = key.length === 1 && !ctrlKey && !altKey && !metaKey;
      if (!isTyped) count(key);
    }, true);
  };
  watch(window);
})();`;

/** Counts what a person does in the page from now on; what happens inside of a webview is counted by `add`. */
export class ActionCount {
  readonly #page: Page;
  #others = 0;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async begin(page: Page): Promise<ActionCount> {
    await page.evaluate(COUNT);
    const count = new ActionCount(page);
    await count.reset();
    return count;
  }

  async reset(): Promise<void> {
    this.#others = 0;
    await this.#page.evaluate('window.eccaexCounting.actions.length = 0');
  }

  /** An action that the page does not see. */
  add(): void {
    this.#others += 1;
  }

  async taken(): Promise<number> {
    return (await this.actions()).length + this.#others;
  }

  /** What was done, in its order: `click`, or a key. */
  actions(): Promise<string[]> {
    return this.#page.evaluate<Counting['actions']>('[...window.eccaexCounting.actions]');
  }
}
