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

/** A page that is soon loaded anew gains nothing from code that V8 makes fast, or keeps for the next time. */
export const FOR_SHORT_LIVED_PAGES = ['--js-flags=--no-maglev --no-turbofan', '--v8-cache-options=none'];

/** Starts a headless Chromium that reaches nothing but this machine. Rejects when there is no Chromium. */
export async function openBrowser(flags: readonly string[] = []): Promise<Browser> {
  const { executable } = await provideBrowser();
  return chromium.launch({ executablePath: executable, args: [...FLAGS, ...flags] });
}
