import { chromium, type Browser } from 'playwright-core';
import { provideBrowser } from './provideBrowser';

/** Chromium's own errands (updates, safe browsing) are off, and no name but this machine's is looked up. */
const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--no-first-run',
];

/** Starts a headless Chromium that reaches nothing but this machine. Rejects when there is no Chromium. */
export async function openBrowser(): Promise<Browser> {
  const { executable } = await provideBrowser();
  return chromium.launch({ executablePath: executable, args: FLAGS });
}
