import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type Page } from 'playwright-core';
import { FIXTURE_WORKSPACE, VSIX } from '../paths';
import { assertHoldsNoKey, assertNoKeyWritten } from '../usedKeys';
import { removeFolder, temporaryFolder } from '../temporaryFolder';
import { openBrowser } from './browser';
import { emptyEnvironment } from './environment';
import { provideServed, requestedVersion } from './provide';
import { serve, settingsFile, type ServedVsCode } from './served';
import { QUIET, WITH_WORKSPACE_TRUST, type Settings } from './settings';

/** Texts by their paths in the workspace. */
export type Files = Readonly<Record<string, string>>;

export interface SessionOptions {
  /** Files to add to the copy of the fixture workspace. */
  readonly files?: Files;
  /** The user's settings, beside those that keep the workbench quiet. */
  readonly settings?: Settings;
  /** Environment variables for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether workspaces have to be trusted first. The workspace then opens untrusted. */
  readonly workspaceTrust?: boolean;
}

/** For one thing to come about in the workbench, in milliseconds. */
const TIMEOUT = 60_000;

/** What a workbench stands on: a copy of the fixture workspace, a VS Code server and a browser. */
export class Session {
  /** The copy of the fixture workspace. */
  readonly workspace: string;
  /** Where the server keeps the user's data and its logs. */
  readonly dataFolder: string;

  readonly #folder: string;
  readonly #server: ServedVsCode;
  readonly #browser: Browser;

  private constructor(folder: string, server: ServedVsCode, browser: Browser) {
    this.workspace = workspaceIn(folder);
    this.dataFolder = dataIn(folder);
    this.#folder = folder;
    this.#server = server;
    this.#browser = browser;
  }

  /** Sets everything up. Rejects when there is no VS Code, browser or packaged extension. */
  static async start(options: SessionOptions): Promise<Session> {
    const { files = {}, settings, env, workspaceTrust = false } = options;
    if (!existsSync(VSIX)) throw new Error(`There is no ${VSIX}: npm run package makes it.`);
    const installation = await provideServed(requestedVersion());
    const folder = await temporaryFolder('workbench');
    const workspace = workspaceIn(folder);
    await fill(workspace, files);
    const dataFolder = dataIn(folder);
    const server = await serve(installation, {
      dataFolder,
      settings: { ...QUIET, ...(workspaceTrust ? WITH_WORKSPACE_TRUST : {}), ...settings },
      env: await emptyEnvironment(dataFolder, env),
      vsix: VSIX,
      workspaceTrust,
    });
    const browser = await openBrowser().catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return new Session(folder, server, browser);
  }

  /** The address of the workbench, with the workspace open, or with no folder. */
  url(hasFolder = true): string {
    return this.#server.url(hasFolder ? this.workspace : undefined);
  }

  /** A page that may read and write the clipboard. */
  async newPage(): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(TIMEOUT);
    return context.newPage();
  }

  /** The user's settings, as their file has them. */
  async settings(): Promise<Settings> {
    return JSON.parse(await readFile(settingsFile(this.dataFolder), 'utf8')) as Settings;
  }

  /** Puts another copy of the fixture workspace, with these files, in place of what is there. */
  async replaceFiles(files: Files): Promise<void> {
    await assertNoKeyWritten(this.#folder);
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
      for (const context of this.#browser.contexts())
        assertHoldsNoKey(JSON.stringify(await context.storageState({ indexedDB: true })), 'The browser');
    } finally {
      await this.#browser.close();
      await this.#server.stop();
    }
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

const workspaceIn = (folder: string): string => path.join(folder, 'workspace');
const dataIn = (folder: string): string => path.join(folder, 'data');
