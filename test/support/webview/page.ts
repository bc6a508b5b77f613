import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Browser, type Locator, type Page } from 'playwright-core';
import { webviewPage } from '../../../src/ui/shell/webviewPage';
import { PROJECT, SCREENSHOTS } from '../paths';
import { openBrowser } from '../vscode/browser';
import { type Theme } from '../vscode/workbench';
import { STAND_IN, styleOf } from './standIn';

const TYPES: Readonly<Record<string, string>> = { '.css': 'text/css', '.js': 'text/javascript' };

/** What the page of a webview may fetch: nothing else is served. */
const SERVED = /^\/(media\/\w+\.css|dist\/webview\/\w+\.js)$/;

const NONCE = 'nonce-of-the-test';

/** Serves the pages of the extension as it makes them, with what the package holds. */
async function startServer(): Promise<Server> {
  const server = createServer((req, res) => {
    const { pathname, origin } = new URL(req.url ?? '', `http://${req.headers.host ?? ''}`);
    const name = /^\/(\w+)\.html$/.exec(pathname)?.[1];
    if (name !== undefined) {
      const address = (...parts: string[]) => `${origin}/${parts.join('/')}`;
      const html = webviewPage(name, name, { styleSource: origin, nonce: NONCE, address });
      res.setHeader('Content-Type', 'text/html').end(html);
    } else if (SERVED.test(pathname)) {
      readFile(path.join(PROJECT, pathname)).then(
        (file) => res.setHeader('Content-Type', TYPES[path.extname(pathname)] ?? '').end(file),
        () => res.writeHead(404).end(),
      );
    } else res.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

interface Shared {
  readonly browser: Browser;
  readonly server: Server;
}

/** One browser and one server for all suites of a process. */
let shared: Promise<Shared> | undefined;

async function start(): Promise<Shared> {
  const [browser, server] = await Promise.all([openBrowser(), startServer()]);
  return { browser, server };
}

after('close the browser', async () => {
  if (!shared) return;
  const { browser, server } = await shared;
  await browser.close();
  server.close();
});

/** The page of a webview in a browser, with a stand-in for VS Code around it. */
export class WebviewPage {
  /** Whatever went wrong in it: exceptions, and what its Content-Security-Policy has refused. */
  readonly faults: string[] = [];
  /** What it has VS Code keep for a reload. */
  state: unknown;
  readonly #posted: unknown[] = [];
  readonly #events = new EventEmitter();

  private constructor(readonly page: Page) {}

  /** Opens the page of this name, and waits until it listens. */
  static async open(name: 'response' | 'endpoint' | 'webhook'): Promise<WebviewPage> {
    const { browser, server } = await (shared ??= start());
    const context = await browser.newContext({
      viewport: { width: 640, height: 800 },
      reducedMotion: 'reduce',
    });
    const opened = new WebviewPage(await context.newPage());
    await opened.#load(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}.html`);
    return opened;
  }

  async #load(address: string): Promise<void> {
    const { page } = this;
    page.on('pageerror', ({ message }) => this.faults.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(message.text());
    });
    await page.exposeFunction('standInPost', (message: unknown) => {
      this.#posted.push(message);
      this.#events.emit('posted');
    });
    await page.exposeFunction('standInSetState', (state: unknown) => (this.state = state));
    await page.addInitScript(STAND_IN);
    const [message] = await this.posted(() => page.goto(address));
    assert.deepEqual(message, { kind: 'ready' });
    await this.setTheme('dark');
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  /** Gives messages to the page, as VS Code does. */
  async show(...messages: readonly object[]): Promise<void> {
    for (const message of messages)
      await this.page.evaluate((given) => (globalThis as unknown as Receiver).postMessage(given), message);
  }

  /** Does something, waits until the page has posted a message, and gives what it has posted since. */
  async posted(action: () => Promise<unknown>): Promise<readonly unknown[]> {
    const before = this.#posted.length;
    await action();
    while (this.#posted.length === before) await once(this.#events, 'posted');
    return this.#posted.slice(before);
  }

  /** Sets the colors of a theme, as VS Code does: on the root element. */
  async setTheme(theme: Theme): Promise<void> {
    await this.page.evaluate(styleOf(theme));
  }

  locator(selector: string, options?: Parameters<Page['locator']>[1]): Locator {
    return this.page.locator(selector, options);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Elements that a text of a server would have made, had it not stayed a text. */
  strangers(): Promise<number> {
    return this.page.locator('main :is(img, script, a, iframe, object, style)').count();
  }

  /** What a script of a stranger would have left. */
  ran(): Promise<unknown> {
    return this.page.evaluate('globalThis.ran');
  }

  /** How far the content reaches beyond the right edge, in pixels. */
  overflow(): Promise<number> {
    return this.page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
  }
}

interface Receiver {
  postMessage(message: object): void;
}

/** A page of its own for each test. After each, nothing may have gone wrong in it but what the test has taken out. */
export function pageForEachTest(name: 'response' | 'endpoint' | 'webhook'): { readonly now: WebviewPage } {
  let opened: WebviewPage | undefined;
  beforeEach('open the page', async () => {
    opened = await WebviewPage.open(name);
  });
  afterEach('close the page', async function () {
    if (this.currentTest?.state === 'failed')
      await opened?.screenshot(`failed ${this.currentTest.fullTitle()}`.replace(/\W+/g, '-'));
    await opened?.close();
    assert.deepEqual(opened?.faults, []);
  });
  return {
    get now() {
      assert.ok(opened, 'The page is open.');
      return opened;
    },
  };
}
