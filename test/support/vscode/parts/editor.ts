import { type Locator, type Page } from 'playwright-core';
import { attempt, ONCE, retry, type Patience } from './attempt';
import { exactly, readable } from './text';

/** What the page knows of a line; lines come in the order in which they were drawn. */
interface DrawnLine {
  readonly style: { readonly top: string };
  readonly textContent: string;
}

/** In pixels. The cursor that an earlier click has left stands between two characters, over what is there. */
const IN_FIRST_CHARACTER = { x: 5, y: 8 };

/** How many lines a text may have that is on the screen as a whole. */
const ON_SCREEN = 20;

/** The text editor that is in front. */
export class Editor {
  readonly #page: Page;
  readonly #editor: Locator;
  readonly #menu: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#editor = page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
    this.#menu = page.locator('.action-widget .monaco-list-row.action');
  }

  /** The lines that are on screen. */
  async text(): Promise<string> {
    return this.#editor.locator('.view-lines .view-line').evaluateAll((lines: unknown[]) =>
      (lines as DrawnLine[])
        .map((line) => ({
          top: parseFloat(line.style.top),
          text: line.textContent.replaceAll('\u00a0', ' '),
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text)
        .join('\n'),
    );
  }

  /** Waits until some line on screen shows this. */
  async waitForText(text: string | RegExp): Promise<void> {
    await this.#line(text).waitFor();
  }

  async waitUntilGone(text: string | RegExp): Promise<void> {
    await this.#line(text).waitFor({ state: 'detached' });
  }

  /** Puts the cursor into this text: the first token on screen that holds it. */
  async clickOn(text: string): Promise<void> {
    await this.#token(text).click();
  }

  /** Types at the cursor, key by key, with whatever the editor does about it. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /**
   * Pastes a text over everything, and waits until it is there; what is typed, the editor completes with quotes and
   * brackets of its own. A key that comes while the editor is being opened is lost.
   */
  async replaceAll(text: string): Promise<void> {
    const lines = text.split('\n').map((line) => line.trimEnd());
    const isThere = async (): Promise<boolean> => {
      const drawn = (await this.text()).split('\n').map((line) => line.trimEnd());
      return lines.length > ON_SCREEN
        ? drawn.some((line) => line !== '') && drawn.every((line) => lines.includes(line))
        : drawn.join('\n') === lines.join('\n');
    };
    await this.#page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await retry(async (patience) => {
      await this.#editor.locator('.view-lines').click(patience);
      await this.#page.keyboard.press('ControlOrMeta+A');
      await this.#page.keyboard.press('ControlOrMeta+V');
      if (await isThere()) return;
      // A click may have scrolled: a text is looked for from its first line.
      await this.#page.keyboard.press('ControlOrMeta+Home');
      if (!(await isThere())) throw new Error('The editor has other lines.');
    });
  }

  /** Waits until the editor is marked as changed, saves, and waits until it no longer is. */
  async save(): Promise<void> {
    const dirty = this.#page.locator('.editor-group-container.active .tab.active.dirty');
    await dirty.waitFor();
    await this.#page.keyboard.press('ControlOrMeta+S');
    await dirty.waitFor({ state: 'detached' });
  }

  /** Wavy lines of this severity. Its methods wait and count. */
  squiggles(severity: 'error' | 'warning' | 'info'): Locator {
    return this.#editor.locator(`.squiggly-${severity}`);
  }

  /** Waits for a lens with this text above a line, and clicks it, or a later one of those that have it. */
  async clickLens(text: string | RegExp, place = 0): Promise<void> {
    await this.#editor
      .locator('.codelens-decoration a', { hasText: typeof text === 'string' ? exactly(text) : text })
      .nth(place)
      .click();
  }

  /** Lenses with this text, whether they can be clicked or not. Its methods wait and count. */
  lens(text: RegExp): Locator {
    return this.#editor.locator('.codelens-decoration > *', { hasText: text });
  }

  /** The texts of all lenses, once there is one. */
  async lenses(): Promise<string[]> {
    const lenses = this.#editor.locator('.codelens-decoration a');
    await lenses.first().waitFor();
    return (await lenses.allInnerTexts()).map(readable);
  }

  /** Hovers over this text, waits until what is told about it includes what is expected, and gives all of it. */
  async hover(text: string, expected: string | RegExp): Promise<string> {
    const hover = this.#page.locator('.monaco-hover:visible', { hasText: expected }).first();
    await attempt(hover, async (patience) => {
      await this.#page.mouse.move(0, 0);
      await this.#token(text).hover(patience);
    });
    return readable(await hover.innerText());
  }

  /** Opens the menu of quick fixes at this text and gives their titles. */
  async openQuickFixes(text: string): Promise<string[]> {
    await retry((patience) => this.#openMenu(text, patience));
    return (await this.#menu.allInnerTexts()).map(readable);
  }

  /** Applies the quick fix with this title at this text. */
  async applyQuickFix(text: string, title: string): Promise<void> {
    await retry(async (patience) => {
      await this.#openMenu(text, patience);
      await this.#fix(title).waitFor(patience);
      await this.#fix(title).click(ONCE);
    });
    await this.#menu.first().waitFor({ state: 'detached' });
  }

  /** Applies the quick fix with this title from the menu that is open. */
  async pickQuickFix(title: string): Promise<void> {
    await this.#fix(title).click();
    await this.#menu.first().waitFor({ state: 'detached' });
  }

  /**
   * A key that comes while the editor still looks for fixes is lost, or opens the menu late: that one closes with the
   * next. The bulb tells nothing: it does not show anew where the cursor stays where it is.
   */
  async #openMenu(text: string, patience: Patience): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.#token(text).click({ ...patience, position: IN_FIRST_CHARACTER });
    await this.#page.keyboard.press('ControlOrMeta+.');
    await this.#menu.first().waitFor(patience);
  }

  #fix(title: string): Locator {
    return this.#menu.filter({ hasText: title }).first();
  }

  /** Asks for completions at the cursor and gives their labels. */
  async completions(): Promise<string[]> {
    const labels = this.#page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    // What says that there is nothing to suggest stays, and is closed before there is another question.
    await attempt(labels.first(), async () => {
      await this.#page.keyboard.press('Escape');
      await this.#page.keyboard.press('Control+Space');
    });
    return (await labels.allInnerTexts()).map(readable);
  }

  #line(text: string | RegExp): Locator {
    return this.#editor.locator('.view-lines .view-line', { hasText: text }).first();
  }

  #token(text: string): Locator {
    return this.#editor.locator('.view-lines .view-line span span', { hasText: text }).first();
  }
}
