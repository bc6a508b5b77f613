// Opens the extension, as built from this checkout, in a real VS Code on the sample requests: npm start
// npm start -- --check opens the served one in a headless browser, takes a picture of it and ends.
import { existsSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findOnPath } from '../test/support/findOnPath';
import { CACHE, PROJECT, SCREENSHOTS, VSIX } from '../test/support/paths';
import { ended, endEverythingOnSignal, start } from '../test/support/processes';
import { removeFolder, temporaryFolder } from '../test/support/temporaryFolder';
import { packageExtension } from '../test/support/staticChecks';
import { openBrowser } from '../test/support/vscode/browser';
import { ownEnvironment } from '../test/support/vscode/environment';
import { type ServedInstallation } from '../test/support/vscode/installServed';
import { hasDisplay, provideHost, provideServed, requestedVersion } from '../test/support/vscode/provide';
import { serve, type ServedVsCode } from '../test/support/vscode/served';
import { TRYING_OUT } from '../test/support/vscode/settings';

const EXTENSION = 'merchant-api-tools.eccaex-explorer';
const SAMPLES = path.join(PROJECT, 'samples');

/** Opens the walkthrough beside the first sample. It is no part of the product. */
const OPENING = path.join(PROJECT, 'scripts/opening');

/** User data, kept from one start to the next, and apart from that of the VS Code that the person works with. */
const DATA = path.join(CACHE, 'start');

/** For the workbench to have loaded the extension, in milliseconds. */
const TIMEOUT = 120_000;

async function openDesktop(executable: string): Promise<number> {
  const child = start(
    executable,
    [
      SAMPLES,
      `--extensionDevelopmentPath=${PROJECT}`,
      `--extensionDevelopmentPath=${OPENING}`,
      `--user-data-dir=${path.join(DATA, 'desktop')}`,
      `--extensions-dir=${path.join(DATA, 'desktop-extensions')}`,
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
      '--new-window',
      '--wait',
    ],
    { stdio: 'inherit', env: ownEnvironment(), shell: process.platform === 'win32' },
  );
  console.log('Close the window or press Ctrl+C to end.');
  return ended(child);
}

async function serveSamples(
  installation: ServedInstallation,
  dataFolder: string,
  preferredPort: number,
): Promise<ServedVsCode> {
  const opening = path.join(dataFolder, 'opening.vsix');
  await mkdir(dataFolder, { recursive: true });
  await createVSIX({
    cwd: OPENING,
    packagePath: opening,
    dependencies: false,
    skipLicense: true,
    allowMissingRepository: true,
  });
  return serve(installation, {
    dataFolder,
    preferredPort,
    settings: TRYING_OUT,
    env: ownEnvironment(),
    vsix: [VSIX, opening],
  });
}

/** The browser keeps stored keys by the address of the page, port included: so the port is kept too. */
async function openServed(installation: ServedInstallation): Promise<number> {
  await mkdir(DATA, { recursive: true });
  const portFile = path.join(DATA, 'port');
  const port = existsSync(portFile) ? Number(await readFile(portFile, 'utf8')) : 0;
  const server = await serveSamples(installation, DATA, port);
  if (port !== 0 && server.port !== port) {
    console.log(`Port ${port} is taken: stored keys are not found at this address.`);
  } else {
    await writeFile(portFile, String(server.port));
  }
  console.log(`\n  Open this address in a browser:\n\n    ${server.url(SAMPLES)}\n\n  Ctrl+C ends it.\n`);
  const code = await server.ended;
  console.error(server.log());
  return code;
}

/** Proves that a browser at the printed address gets a workbench with the extension in it. */
async function checkServed(installation: ServedInstallation): Promise<void> {
  const dataFolder = await temporaryFolder('start');
  const server = await serveSamples(installation, dataFolder, 0);
  const browser = await openBrowser();
  try {
    console.log(server.url(SAMPLES));
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(TIMEOUT);
    await page.goto(server.url(SAMPLES));
    const screenshot = path.join(SCREENSHOTS, 'start.png');
    await page.locator(`.statusbar-item[id^="${EXTENSION}"]`).first().waitFor();
    try {
      await Promise.all([
        page.locator('.gettingStartedContainer').getByText('Send to the sandbox').first().waitFor(),
        page.locator('.tab', { hasText: '1-created.invoice.json' }).first().waitFor(),
      ]);
    } finally {
      await page.screenshot({ path: screenshot });
    }
    console.log(`The extension is there: ${screenshot}`);
  } finally {
    await browser.close();
    await server.stop();
    await removeFolder(dataFolder);
  }
}

async function main(): Promise<number> {
  console.log('Building the extension …');
  const complaint = await packageExtension();
  if (complaint !== '') throw new Error(complaint);
  console.log('Looking for a VS Code; it is downloaded the first time …');
  if (process.argv.includes('--check')) {
    await checkServed(await provideServed(requestedVersion()));
    return 0;
  }
  const installed = hasDisplay() ? findOnPath('code') : undefined;
  const { host, description } = await provideHost({
    version: requestedVersion(),
    executable: process.env.VSCODE_EXECUTABLE ?? installed,
  });
  console.log(`In ${description}.`);
  return host.kind === 'desktop' ? openDesktop(host.executable) : openServed(host.installation);
}

endEverythingOnSignal();
main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
