import { type Locator, type Page } from 'playwright-core';
import { readable } from './text';

/** The bar at the bottom. Its items are found by a part of their text. */
export class StatusBar {
  readonly #items: Locator;

  constructor(page: Page) {
    this.#items = page.locator('.part.statusbar .statusbar-item');
  }

  /** Waits for an item with this text and gives all of its text. */
  async waitFor(text: string | RegExp): Promise<string> {
    return readable(await this.#item(text).innerText());
  }

  async click(text: string | RegExp): Promise<void> {
    await this.#item(text).locator('a').first().click();
  }

  /** Whether the item stands out, in the theme's colour for errors or for warnings. */
  async emphasis(text: string | RegExp): Promise<'error' | 'warning' | 'none'> {
    const classes = (await this.#item(text).getAttribute('class')) ?? '';
    if (classes.includes('error-kind')) return 'error';
    return classes.includes('warning-kind') ? 'warning' : 'none';
  }

  #item(text: string | RegExp): Locator {
    return this.#items.filter({ hasText: text }).first();
  }
}
