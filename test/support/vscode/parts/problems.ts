import { type Locator, type Page } from 'playwright-core';
import { type QuickInput } from './quickInput';
import { readable } from './text';

/** The Problems view. */
export class Problems {
  readonly #page: Page;
  readonly #rows: Locator;
  readonly #quickInput: QuickInput;

  constructor(page: Page, quickInput: QuickInput) {
    this.#page = page;
    this.#rows = page.locator('.markers-panel-container .monaco-list-row');
    this.#quickInput = quickInput;
  }

  async show(): Promise<void> {
    await this.#quickInput.runCommand('Problems: Focus on Problems View');
  }

  /** Closes the panel that the view is in, if it is open. */
  async hide(): Promise<void> {
    if (await this.#page.locator('.part.panel').isHidden()) return;
    await this.#page.keyboard.press('ControlOrMeta+J');
    await this.#page.locator('.part.panel').waitFor({ state: 'hidden' });
  }

  /** The texts of all rows: files, and the problems below them. */
  async texts(): Promise<string[]> {
    return (await this.#rows.allInnerTexts()).map(readable);
  }

  /** Waits for a row with this text and gives all of its text. */
  async waitFor(text: string | RegExp): Promise<string> {
    return readable(await this.#row(text).innerText());
  }

  async waitUntilGone(text: string | RegExp): Promise<void> {
    await this.#row(text).waitFor({ state: 'detached' });
  }

  /** Goes to where the problem is. */
  async open(text: string | RegExp): Promise<void> {
    await this.#row(text).dblclick();
  }

  #row(text: string | RegExp): Locator {
    return this.#rows.filter({ hasText: text }).first();
  }
}
