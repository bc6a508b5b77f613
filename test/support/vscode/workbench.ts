import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type FrameLocator, type Locator, type Page } from 'playwright-core';
import { nightly } from '../nightly';
import { SCREENSHOTS } from '../paths';
import { attempt, retry } from './parts/attempt';
import { Editor } from './parts/editor';
import { Notifications } from './parts/notifications';
import { Problems } from './parts/problems';
import { QuickInput } from './parts/quickInput';
import { StatusBar } from './parts/statusBar';
import { Session, type Files, type SessionOptions, type WorkspaceOptions } from './session';
import { type Settings } from './settings';

/** A page that the workbench opened in the browser. */
export interface WebPage {
  readonly url: string;
  readonly title: string;
  readonly text: string;
}

export type Theme = 'dark' | 'light' | 'high-contrast' | 'high-contrast-light';

/** What the themes that come with VS Code are called, and the class by which the workbench tells their kind. */
const THEMES: Readonly<Record<Theme, readonly [label: string, kind: string]>> = {
  dark: ['Dark Modern', 'vs-dark'],
  light: ['Light Modern', 'vs'],
  'high-contrast': ['Dark High Contrast', 'hc-black'],
  'high-contrast-light': ['Light High Contrast', 'hc-light'],
};

/** The themes in which the suites take their pictures. */
export const SHOWN_THEMES = nightly(Object.keys(THEMES) as Theme[], ['high-contrast'] satisfies Theme[]);

/** Whether a webview of this type is among the editors that VS Code keeps in the browser's databases, and its state has the text. */
const STORED = `async ({ viewType, text }) => {
  const result = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const values = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await result(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      values.push(await result(database.transaction(store).objectStore(store).get('memento/workbench.parts.editor')));
    database.close();
  }
  const webviews = values.flatMap((value) => String(value).replaceAll('\\\\', '').split('"viewType":"').slice(1));
  return webviews.some((webview) => webview.includes(viewType + '"') && webview.split('"state":')[1]?.split('}')[0].includes(text));
}`;

/**
 * A real VS Code in a real browser with the packaged extension installed, used as a person would use it, on a
 * copy of the fixture workspace. Everything waits for what it needs, and rejects when that does not come about.
 */
export class Workbench {
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly statusBar: StatusBar;
  readonly problems: Problems;
  readonly editor: Editor;
  /** The page, for what this class has no word for. */
  readonly page: Page;
  /** The folder that is open. */
  readonly workspace: string;
  /** Where the server keeps the user's data and its logs. */
  readonly dataFolder: string;

  private constructor(
    readonly session: Session,
    page: Page,
  ) {
    this.page = page;
    this.workspace = session.workspace;
    this.dataFolder = session.dataFolder;
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.statusBar = new StatusBar(page);
    this.problems = new Problems(page, this.quickInput);
    this.editor = new Editor(page);
  }

  /** Starts VS Code and opens its workbench. Rejects when there is no VS Code, browser or packaged extension. */
  static async open(options: SessionOptions = {}): Promise<Workbench> {
    return Workbench.in(await Session.start(options), options);
  }

  /** Opens a workspace of its own in a VS Code that runs, which knows nothing of what was done in it before. */
  static async in(session: Session, options: WorkspaceOptions): Promise<Workbench> {
    try {
      await session.renew(options);
      const workbench = new Workbench(session, await session.newPage());
      await workbench.reload();
      return workbench;
    } catch (error) {
      await session.end();
      throw error;
    }
  }

  /** Ends VS Code and browser, and removes the copy of the workspace. */
  async close(): Promise<void> {
    await this.session.end();
  }

  /** Opens the same workspace in a second window of the same browser. Both end together. */
  async openWindow(): Promise<Workbench> {
    const other = new Workbench(this.session, await this.page.context().newPage());
    await other.reload();
    return other;
  }

  /** Opens a second window without any folder; the extension shows nothing there before it is asked to. */
  async openEmptyWindow(): Promise<Workbench> {
    const other = new Workbench(this.session, await this.page.context().newPage());
    await other.page.goto(this.session.url(false));
    return other;
  }

  /**
   * Loads the workbench anew, as a person does who presses F5 in the browser, and waits until the extension is there:
   * a palette that was opened before does not list what it can do.
   */
  async reload(): Promise<void> {
    await this.page.goto(this.session.url());
    await this.statusBar.waitFor('EccaEx: ');
  }

  /**
   * Waits until VS Code has stored what a webview shows, by a text of its page's state. It stores what changed each time the window
   * loses the focus, so the window loses it until then: one that is loaded anew earlier shows what was stored before.
   */
  async waitUntilStored(viewType: string, text: string): Promise<void> {
    await retry(async () => {
      await this.page.evaluate(
        `for (const [type, focused] of [['focus', true], ['blur', false]]) {
          document.hasFocus = () => focused;
          window.dispatchEvent(new Event(type));
        }`,
      );
      // Not with waitForFunction: it takes the promise itself for a yes.
      const isStored = await this.page.evaluate(`(${STORED})(${JSON.stringify({ viewType, text })})`);
      if (isStored !== true) throw new Error(`VS Code has not stored ${text} of ${viewType}.`);
    });
  }

  /** Runs a command by its title in the palette, category included: `EccaEx: Send Invoice`. */
  async runCommand(title: string): Promise<void> {
    await this.quickInput.runCommand(title);
  }

  /** The titles of the palette's commands that begin with this, in their order there. */
  async commands(beginning: string): Promise<string[]> {
    await this.page.keyboard.press('F1');
    await this.quickInput.type(`>${beginning}`);
    const titles = await this.quickInput.labels();
    await this.quickInput.dismiss();
    return titles.filter((title) => title.startsWith(beginning));
  }

  /** Says that the workspace is trusted, in the editor where people say so. */
  async trust(): Promise<void> {
    await this.runCommand('Workspaces: Manage Workspace Trust');
    await this.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    await this.page.locator('.workspace-trust-editor', { hasText: 'You trust this' }).waitFor();
  }

  /** Opens a file of the workspace, by its path in it, and waits for its text. */
  async openFile(file: string): Promise<void> {
    await this.runCommand('File: Open File...');
    // Once the box has listed the folder, it no longer writes into its field by itself.
    await this.quickInput.labels();
    await this.quickInput.type(path.join(this.workspace, file));
    const tab = this.page.locator('.editor-group-container.active .tab.active', {
      hasText: path.basename(file),
    });
    // While the box reads another folder, it takes no key.
    await attempt(tab, async () => {
      if (await this.quickInput.isOpen()) await this.quickInput.accept();
    });
    await this.editor.waitForText(/./);
  }

  /** Writes a file of the workspace, as another program would. */
  async writeFile(file: string, text: string): Promise<void> {
    await mkdir(path.dirname(path.join(this.workspace, file)), { recursive: true });
    await writeFile(path.join(this.workspace, file), text);
  }

  /** Reads a file of the workspace from the disk. */
  readFile(file: string): Promise<string> {
    return readFile(path.join(this.workspace, file), 'utf8');
  }

  /** A button at the right end of the tabs, by what it says when it is pointed at. */
  titleButton(label: string): Locator {
    return this.page.getByRole('toolbar', { name: 'Editor actions' }).getByRole('button', { name: label });
  }

  /** The content of the webview that is on screen. */
  webview(): FrameLocator {
    const outer = this.page.locator('iframe.webview.ready:visible').first().contentFrame();
    return outer.locator('iframe#active-frame').contentFrame();
  }

  /** A row of a tree in a side bar or panel, by a part of its text. */
  treeItem(text: string | RegExp): Locator {
    return this.page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
  }

  /** Adds to the user's settings. */
  async changeSettings(settings: Settings): Promise<void> {
    await this.#writeSettings({ ...(await this.session.settings()), ...settings });
  }

  /** In the editor of their file: the workbench does not watch that. */
  async #writeSettings(settings: Settings): Promise<void> {
    await this.runCommand('Preferences: Open User Settings (JSON)');
    await this.page.locator('.tab.active', { hasText: 'settings.json' }).waitFor();
    await this.editor.replaceAll(JSON.stringify(settings, null, 2));
    await this.editor.save();
    await this.runCommand('View: Close Editor');
  }

  /** Puts another copy of the fixture workspace, with these files, in place of what is there. */
  replaceFiles(files: Files = {}): Promise<void> {
    return this.session.replaceFiles(files);
  }

  /** Does something that opens a web page, waits until that is loaded, closes it, and gives what it was. */
  async pageOpenedBy(action: () => Promise<void>): Promise<WebPage> {
    const [page] = await Promise.all([this.page.context().waitForEvent('page'), action()]);
    await page.waitForURL(/^http/);
    await page.waitForLoadState();
    const [title, text] = [await page.title(), await page.locator('body').innerText()];
    const url = page.url();
    await page.close();
    // The browser slows down a page that is not in front.
    await this.page.bringToFront();
    return { url, title, text };
  }

  /** Changes the colour theme and waits until the workbench shows it. */
  async setTheme(theme: Theme): Promise<void> {
    const [label, kind] = THEMES[theme];
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.type(label);
    await this.quickInput.pick(label);
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  /** What was copied last. */
  clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** Copies a text, as from another program. */
  async copy(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  }

  /** Takes a picture of the workbench, all movements over, kept as out/screenshots/<name>.png, and gives its path. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(SCREENSHOTS, `${name}.png`);
    await this.page.screenshot({ path: file, animations: 'disabled' });
    return file;
  }

  /** Takes a picture when the test has failed. For an `afterEach` hook, as `screenshotOnFailure(this.currentTest)`. */
  async screenshotOnFailure(test: Mocha.Test | undefined): Promise<void> {
    if (test?.state === 'failed') await this.screenshot(`failed ${test.fullTitle()}`.replace(/\W+/g, '-'));
  }
}
