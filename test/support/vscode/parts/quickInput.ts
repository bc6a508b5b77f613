import { type Locator, type Page } from 'playwright-core';
import { ONCE, retry, type Patience } from './attempt';
import { exactly, readable } from './text';
import { assertIsKnown } from '../../usedKeys';

/** What the page knows of a field to type into. */
interface Field extends EventTarget {
  value: string;
}

/** The box at the top: the command palette, lists to pick from and fields to type into. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget:visible');
  }

  /** Runs a command by its title in the palette, category included: `EccaEx: Send Invoice`. */
  async runCommand(title: string): Promise<void> {
    const row = this.#row(title).first();
    // The palette lists what there is when it opens, and an extension's commands come a little after the workbench.
    // It closes by itself when an editor that has just been opened takes the focus.
    await retry(async (patience) => {
      await this.#page.keyboard.press('Escape');
      await this.#page.keyboard.press('F1');
      await this.#fill('text', `>${title}`, patience);
      await row.waitFor(patience);
      await row.click(ONCE);
    });
    await this.#leave(row);
  }

  /** Types into the field that is shown, in place of what is in it. */
  async type(text: string): Promise<void> {
    await this.#fill('text', text);
  }

  /** Types into the field that is shown, which has to be one that hides what is typed. */
  async typePassword(text: string): Promise<void> {
    assertIsKnown(text);
    await this.#fill('password', text);
  }

  isOpen(): Promise<boolean> {
    return this.#widget.isVisible();
  }

  async accept(): Promise<void> {
    await this.#widget.locator('input').first().press('Enter');
  }

  /** Picks the entry with this label. */
  async pick(label: string, patience?: Patience): Promise<void> {
    const row = this.#row(label).first();
    await row.waitFor(patience);
    await row.click(ONCE);
    await this.#leave(row);
  }

  /** The labels of what there is to pick from, once there is something. */
  async labels(): Promise<string[]> {
    const labels = this.#widget.locator('.monaco-list-row .label-name');
    await labels.first().waitFor();
    return (await labels.allInnerTexts()).map(readable);
  }

  /** All of the text of the entry with this label. */
  async entry(label: string, patience?: Patience): Promise<string> {
    return readable(await this.#row(label).first().innerText(patience));
  }

  /** Everything that is shown in the box: title, entries and messages. */
  async text(): Promise<string> {
    return readable(await this.#widget.innerText());
  }

  /** Waits until the box shows this text. */
  async waitForText(text: string | RegExp): Promise<void> {
    await this.#widget.filter({ hasText: text }).waitFor();
  }

  async dismiss(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.waitUntilClosed();
  }

  async waitUntilClosed(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden' });
  }

  /** What lies behind the box would tell about itself where the pointer rests. */
  async #leave(row: Locator): Promise<void> {
    await row.waitFor({ state: 'hidden' });
    await this.#page.mouse.move(0, 0);
  }

  /** Not key by key: what is typed goes where the focus is, and an editor that was just opened may take it meanwhile. */
  async #fill(type: 'text' | 'password', text: string, patience?: Patience): Promise<void> {
    const field = this.#widget.locator(`input[type="${type}"]`).first();
    const write = (input: unknown, value: string): void => {
      (input as Field).value = value;
      (input as Field).dispatchEvent(new Event('input', { bubbles: true }));
    };
    await field.evaluate(write, text, patience);
  }

  #row(label: string): Locator {
    const name = this.#page.locator('.label-name', { hasText: exactly(label) });
    return this.#widget.locator('.monaco-list-row').filter({ has: name });
  }
}
