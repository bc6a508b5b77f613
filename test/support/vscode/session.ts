import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { FIXTURE_WORKSPACE, VSIX } from '../paths';
import { assertHoldsNoKey, assertNoKeyWritten } from '../usedKeys';
import { removeFolder, temporaryFolder } from '../temporaryFolder';
import { FOR_SHORT_LIVED_PAGES, openBrowser } from './browser';
import { emptyEnvironment } from './environment';
import { provideServed, requestedVersion } from './provide';
import { serve, settingsFile, type ServedVsCode } from './served';
import { QUIET, WITH_WORKSPACE_TRUST, type Settings } from './settings';

/** Texts by their paths in the workspace. */
export type Files = Readonly<Record<string, string>>;

export interface ServerNeeds {
  /** Environment variables for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether workspaces have to be trusted first. The workspace then opens untrusted. */
  readonly workspaceTrust?: boolean;
  /** Whether the browser is as a person has it. For tests it draws no movements, and compiles code once only. */
  readonly isTimed?: boolean;
}

export interface WorkspaceOptions {
  /** Files to add to the copy of the fixture workspace. */
  readonly files?: Files;
  /** The user's settings, beside those that keep the workbench quiet. */
  readonly settings?: Settings;
}

export type SessionOptions = ServerNeeds & WorkspaceOptions;

/** For one thing to come about in the workbench, in milliseconds. */
const TIMEOUT = 120_000;

/** What browsers and VS Code keep of a person: keys, settings of windows, what was opened. The cache of files stays. */
const KEPT_BY_BROWSER = 'cookies,local_storage,indexeddb,websql';

/** VS Code fades much that is told to move less, and has bars run on unseen: half of the time of drawing went into that. */
const NO_MOVEMENTS = `
  const style = new CSSStyleSheet();
  style.replaceSync('*, *::before, *::after { animation: none !important; transition: none !important; }');
  document.adoptedStyleSheets = [style];
`;

/** What workbenches stand on: a VS Code server and a browser. Each new workspace is opened as on a new machine. */
export class Session {
  /** Where the server keeps the user's data and its logs. */
  readonly dataFolder: string;

  readonly #folder: string;
  readonly #server: ServedVsCode;
  readonly #browser: Browser;
  readonly #workspaceTrust: boolean;
  readonly #isTimed: boolean;
  #context: BrowserContext | undefined;
  #workspaces = 0;

  private constructor(
    folder: string,
    server: ServedVsCode,
    browser: Browser,
    { workspaceTrust, isTimed }: { workspaceTrust: boolean; isTimed: boolean },
  ) {
    this.dataFolder = dataIn(folder);
    this.#folder = folder;
    this.#server = server;
    this.#browser = browser;
    this.#workspaceTrust = workspaceTrust;
    this.#isTimed = isTimed;
  }

  /** Starts both. Rejects when there is no VS Code, browser or packaged extension. */
  static async start({ env, workspaceTrust = false, isTimed = false }: ServerNeeds): Promise<Session> {
    if (!existsSync(VSIX)) throw new Error(`There is no ${VSIX}: npm run package makes it.`);
    const installation = await provideServed(requestedVersion());
    const folder = await temporaryFolder('workbench');
    const dataFolder = dataIn(folder);
    const server = await serve(installation, {
      dataFolder,
      settings: QUIET,
      env: await emptyEnvironment(dataFolder, env),
      vsix: [VSIX],
      workspaceTrust,
    });
    const browser = await openBrowser(isTimed ? [] : FOR_SHORT_LIVED_PAGES).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return new Session(folder, server, browser, { workspaceTrust, isTimed });
  }

  /** The copy of the fixture workspace that is open. */
  get workspace(): string {
    return path.join(this.#folder, `workspace-${this.#workspaces}`);
  }

  /** The address of the workbench, with the workspace open, or with no folder. */
  url(hasFolder = true): string {
    return this.#server.url(hasFolder ? this.workspace : undefined);
  }

  /**
   * Closes every window, forgets what browser and user have kept, and makes a new copy of the fixture workspace. Rejects
   * where a key that tests use was written anywhere meanwhile.
   */
  async renew({ files = {}, settings }: WorkspaceOptions): Promise<void> {
    const before = this.workspace;
    await this.#leave();
    await assertNoKeyWritten(this.#folder);
    await removeFolder(before);
    this.#workspaces += 1;
    await fill(this.workspace, files);
    await writeFile(
      settingsFile(this.dataFolder),
      JSON.stringify({ ...QUIET, ...(this.#workspaceTrust ? WITH_WORKSPACE_TRUST : {}), ...settings }),
    );
  }

  /** Ends the windows as a person does, so that their extension hosts end. */
  async #leave(): Promise<void> {
    const pages = this.#context?.pages() ?? [];
    for (const page of pages) {
      page.on('dialog', (dialog) => void dialog.accept());
      await page.goto('about:blank');
    }
    const [page] = pages;
    if (page) {
      await this.#assertBrowserHoldsNoKey();
      const devTools = await page.context().newCDPSession(page);
      const { origin } = new URL(this.url());
      await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: KEPT_BY_BROWSER });
    }
    for (const one of pages) await one.close();
  }

  /** A page that may read and write the clipboard. */
  async newPage(): Promise<Page> {
    if (!this.#context) {
      this.#context = await this.#browser.newContext({
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      this.#context.setDefaultTimeout(TIMEOUT);
      if (!this.#isTimed) await this.#context.addInitScript({ content: NO_MOVEMENTS });
    }
    return this.#context.newPage();
  }

  /** The user's settings, as their file has them. */
  async settings(): Promise<Settings> {
    return JSON.parse(await readFile(settingsFile(this.dataFolder), 'utf8')) as Settings;
  }

  /** Puts other files in place of those that were added to the workspace. */
  async replaceFiles(files: Files): Promise<void> {
    for (const name of await readdir(this.workspace)) await removeFolder(path.join(this.workspace, name));
    await fill(this.workspace, files);
  }

  /** Ends everything. Rejects where a key that tests use was written anywhere, the browser's storage included. */
  async end(): Promise<void> {
    try {
      await this.#endVsCode();
      await assertNoKeyWritten(this.#folder);
    } finally {
      await removeFolder(this.#folder);
    }
  }

  async #endVsCode(): Promise<void> {
    try {
      await this.#assertBrowserHoldsNoKey();
    } finally {
      await this.#browser.close();
      await this.#server.stop();
    }
  }

  async #assertBrowserHoldsNoKey(): Promise<void> {
    const state = await this.#context?.storageState({ indexedDB: true });
    assertHoldsNoKey(JSON.stringify(state ?? {}), 'The browser');
  }
}

/** Copies the fixture workspace to a folder and adds files. */
async function fill(workspace: string, files: Files): Promise<void> {
  await cp(FIXTURE_WORKSPACE, workspace, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(workspace, file)), { recursive: true });
    await writeFile(path.join(workspace, file), text);
  }
}

const dataIn = (folder: string): string => path.join(folder, 'data');
