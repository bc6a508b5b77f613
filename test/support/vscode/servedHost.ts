import { cp } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import { type Page } from 'playwright-core';
import { openBrowser } from './browser';
import { emptyEnvironment } from './environment';
import { type HostExit, type HostRun } from './hostRun';
import { type ServedInstallation } from './installServed';
import { serve } from './served';

/** For all tests together, in milliseconds. */
const TIMEOUT = 1_200_000;

/** Nobody looks at the workbench, and a large one takes long to draw. */
const UNSEEN = { width: 400, height: 300 };

/** How many of the last lines of a log are of use to somebody who looks for a cause. */
const LOG_LINES = 40;

/** Has a served VS Code run the tests: a browser opens the workbench, which tells its extension host to. */
export async function runInServed(installation: ServedInstallation, run: HostRun): Promise<HostExit> {
  // The workbench takes one extension under development from its address.
  if (run.beside !== undefined) {
    const installed = path.join(run.dataFolder, 'extensions', path.basename(run.beside));
    await cp(run.beside, installed, { recursive: true });
  }
  const server = await serve(installation, {
    dataFolder: run.dataFolder,
    settings: run.settings,
    env: await emptyEnvironment(run.dataFolder, run.env),
    forTests: true,
  });
  try {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: UNSEEN, reducedMotion: 'reduce' });
      const log: string[] = [];
      const url = server.url(run.workspace, [
        ['extensionDevelopmentPath', server.uri(run.extension)],
        ['extensionTestsPath', server.uri(run.entry)],
        ['skipWelcome', 'true'],
        ['skipReleaseNotes', 'true'],
      ]);
      // The page's own functions are announced before it is loaded.
      const [code] = await Promise.all([exitCode(page, log), page.goto(url, { waitUntil: 'commit' })]);
      return { code, log: [...log, ...server.log().split('\n')].slice(-LOG_LINES).join('\n') };
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/** Resolves to what the workbench says when the tests have ended; collects what it says before. */
function exitCode(page: Page, log: string[]): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error([why, ...log].join('\n')));
    const deadline = setTimeout(() => fail('The tests did not end in time.'), TIMEOUT);
    page.once('close', () => clearTimeout(deadline));
    page.once('crash', () => fail('The workbench crashed.'));
    // VS Code's workbench calls these two when its address tells it to run tests.
    const told = [
      page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
        log.push(`[${type}] ${format(...args)}`);
      }),
      page.exposeFunction('codeAutomationExit', resolve),
    ];
    Promise.all(told).catch(reject);
  });
}
