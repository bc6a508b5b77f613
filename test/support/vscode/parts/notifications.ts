import { type Locator, type Page } from 'playwright-core';
import { exactly, readable } from './text';

/** In milliseconds. VS Code lists every notification, and shows in the corner what there is room for. */
const IN_THE_CORNER = 60_000;

/** What the workbench tells on its own: notifications in the corner and dialogs in the middle. */
export class Notifications {
  readonly #toasts: Locator;
  readonly #dialogs: Locator;
  readonly #bell: Locator;

  constructor(page: Page) {
    this.#toasts = page.locator(
      ':is(.notifications-toasts, .notifications-center:visible) .notification-list-item',
    );
    this.#bell = page.locator('[id="status.notifications"] a').first();
    this.#dialogs = page.locator('.monaco-dialog-box');
  }

  /** Waits for a notification with this text, in the list where it is not in the corner, and gives all of its text, buttons included. */
  async waitFor(text: string | RegExp): Promise<string> {
    const toast = this.#toast(text);
    await toast.waitFor({ timeout: IN_THE_CORNER }).catch(() => this.#bell.click());
    return readable(await toast.innerText());
  }

  /** Presses a button of the notification with this text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await this.#toast(text)
      .locator('.monaco-button', { hasText: exactly(button) })
      .click();
  }

  /** Closes the notification with this text. */
  async close(text: string | RegExp): Promise<void> {
    const toast = this.#toast(text);
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    await toast.waitFor({ state: 'detached' });
  }

  async waitUntilGone(text: string | RegExp): Promise<void> {
    await this.#toast(text).waitFor({ state: 'detached' });
  }

  /** The texts of all notifications that are shown now. */
  async texts(): Promise<string[]> {
    return (await this.#toasts.allInnerTexts()).map(readable);
  }

  /** Waits for a dialog with this text and gives all of its text, buttons included. */
  async waitForDialog(text: string | RegExp): Promise<string> {
    return readable(await this.#dialogs.filter({ hasText: text }).innerText());
  }

  /** Presses a button of the dialog that is shown, and waits until that one is gone: the next may be there at once. */
  async answerDialog(button: string): Promise<void> {
    const pressed = this.#dialogs.locator('.monaco-button', { hasText: exactly(button) });
    const element = await pressed.elementHandle();
    await pressed.click();
    await element.waitForElementState('hidden');
  }

  /** Waits until no dialog is shown. */
  async waitUntilNoDialog(): Promise<void> {
    await this.#dialogs.waitFor({ state: 'detached' });
  }

  #toast(text: string | RegExp): Locator {
    return this.#toasts.filter({ hasText: text }).first();
  }
}
