import { type Locator } from 'playwright-core';
import { attempt, retry, type Patience } from '../support/vscode/parts/attempt';
import { exactly } from '../support/vscode/parts/text';
import { type Workbench } from '../support/vscode/workbench';

/** More steps than there are between any two places that are walked between. */
const FAR = 12;

/** More steps than there are on a page of VS Code's own. */
const FARTHEST = 40;

/** What has the focus, as a text that is another one for another element. */
const FOCUSED = `[document.activeElement, ...document.querySelectorAll('.monaco-list-row.focused')]
  .map((element) => [element?.id, element?.className, element?.getAttribute('aria-label'), element?.textContent.slice(0, 200)].join(' '))
  .join('\\n')`;

/** For a key to move the focus. */
const MOVED: Patience = { timeout: 2_000 };

/** Uses a workbench without a mouse: every method presses keys, and waits for what they bring about. */
export class Keyboard {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#workbench.page.keyboard.press(key);
  }

  /** Key by key, with whatever an editor does about each. */
  async type(text: string): Promise<void> {
    await this.#workbench.page.keyboard.type(text);
  }

  /** Types into the field that is open, at once, as an input method does: its list is drawn anew for every key. */
  async #fill(text: string): Promise<void> {
    await this.#workbench.page.keyboard.insertText(text);
  }

  /**
   * Runs a command from the palette, which lists what there is when it opens: it is opened again for what comes late.
   * What the command lists then can be chosen from, too, list after list: a list closes when an editor that has just
   * been opened takes the focus, and then the command has to begin anew.
   */
  async command(title: string, ...choices: readonly string[]): Promise<void> {
    await retry(async (patience) => {
      if (await this.#field.isVisible()) await this.press('Escape');
      await this.press('F1');
      for (const choice of [title, ...choices]) await this.choose(choice, patience);
    });
  }

  /** Types into the list that is open until it has an entry, walks there, and takes it. */
  async choose(label: string, patience?: Patience): Promise<void> {
    const { page } = this.#workbench;
    await this.#field.waitFor(patience);
    await this.#fill(label);
    const row = page
      .locator('.quick-input-list .monaco-list-row', {
        has: page.locator('.label-name').getByText(label, { exact: true }),
      })
      .first();
    await row.waitFor(patience);
    await this.#walk('ArrowDown', row);
    await this.press('Enter');
    await row.waitFor({ state: 'hidden' });
  }

  /** Types into the field that is open, in place of what is in it. */
  async fill(text: string, title: string | RegExp): Promise<void> {
    const { quickInput } = this.#workbench;
    await quickInput.waitForText(title);
    await this.#field.waitFor();
    await this.press('ControlOrMeta+A');
    await this.#fill(text);
  }

  /** Types into the field that is open, in place of what is in it, and accepts. */
  async answer(text: string, title: string | RegExp): Promise<void> {
    await this.fill(text, title);
    await this.press('Enter');
  }

  /** Accepts what the field or list with this title has. */
  async accept(title: string | RegExp): Promise<void> {
    await this.#workbench.quickInput.waitForText(title);
    await this.#field.waitFor();
    await this.press('Enter');
  }

  /** Walks to a button of the dialog that is open and presses it. */
  async confirm(button: string): Promise<void> {
    const { page, notifications } = this.#workbench;
    const buttons = page.locator('.monaco-dialog-box .monaco-button');
    await buttons.and(page.locator(':focus')).waitFor();
    await this.#walk('Tab', buttons.filter({ hasText: exactly(button) }).first());
    await this.press('Enter');
    await notifications.waitUntilNoDialog();
  }

  /** Walks with Tab to what is on the page that is open. */
  async reach(element: Locator): Promise<void> {
    await this.#walk('Tab', element, FARTHEST);
  }

  /** Walks to a suggestion of the editor and takes it. */
  async complete(label: string): Promise<void> {
    const row = this.#workbench.page
      .locator('.suggest-widget.visible .monaco-list-row', {
        has: this.#workbench.page.locator('.label-name').getByText(label, { exact: true }),
      })
      .first();
    await row.waitFor();
    await this.#walk('ArrowDown', row);
    await this.press('Enter');
    await row.waitFor({ state: 'hidden' });
  }

  /**
   * Walks down a view to a row and opens it, until that has brought the element about: a view that is being filled
   * anew takes a key for the row that stood there before.
   */
  async open(view: string, row: Locator, opened: Locator): Promise<void> {
    await attempt(opened, async (patience) => {
      await this.command(view);
      await this.#workbench.page.locator('.pane-body .monaco-list:focus').first().waitFor(patience);
      await this.press('Home');
      await this.#walk('ArrowDown', row);
      await this.press('Enter');
    });
  }

  /** Walks to a button of the newest notification and presses it. */
  async pressButton(button: string): Promise<void> {
    const { page } = this.#workbench;
    await this.command('Notifications: Focus Notification Toast');
    await page.locator('.notifications-toasts .monaco-list:focus').first().waitFor();
    await this.#walk(
      'Tab',
      page.locator('.notifications-toasts .monaco-button', { hasText: button }).first(),
    );
    await this.press('Enter');
  }

  /** Goes to the next problem of the editor and opens the menu of its fixes. */
  async openFixes(problem: string): Promise<void> {
    const { page } = this.#workbench;
    // After a notification was answered, another one can have the focus.
    await this.press('ControlOrMeta+1', 'F8');
    await page.locator('.monaco-editor .marker-widget', { hasText: problem }).waitFor();
    // A key that comes while the editor still looks for fixes is lost.
    await attempt(page.locator('.action-widget .monaco-list-row.action').first(), () =>
      this.press('ControlOrMeta+.'),
    );
  }

  /** Walks to an entry of the menu of fixes and takes it. */
  async chooseFix(title: string): Promise<void> {
    const { page } = this.#workbench;
    const entry = page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
    await entry.waitFor();
    await this.#walk('ArrowDown', entry);
    await this.press('Enter');
    await entry.waitFor({ state: 'detached' });
  }

  /** Presses a key until the element has the focus, or is marked as the entry that Enter takes; each once the one before has moved it. */
  async #walk(key: string, element: Locator, far = FAR): Promise<void> {
    const { page } = this.#workbench;
    const there = element.and(page.locator(':focus, .focused'));
    for (let left = far; (await there.count()) === 0; left -= 1) {
      if (left === 0) throw new Error(`${key} does not lead there`);
      const before = await page.evaluate<string>(FOCUSED);
      await this.press(key);
      // At the end of a list nothing moves any more.
      await page
        .waitForFunction(`${FOCUSED} !== ${JSON.stringify(before)}`, undefined, MOVED)
        .catch(() => undefined);
    }
  }

  get #field(): Locator {
    return this.#workbench.page.locator('.quick-input-widget:visible input:focus');
  }
}
