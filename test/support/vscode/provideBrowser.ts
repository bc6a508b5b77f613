import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { findOnPath, isExecutable } from '../findOnPath';
import { installPackage } from '../npm';
import { CACHE } from '../paths';
import { run, runOrThrow } from '../processes';

/** A Chromium for Playwright, and in words where it is from. */
export interface ProvidedBrowser {
  readonly executable: string;
  readonly description: string;
}

/** Debian's packages. The first is the browser without the parts around a page, which nobody sees and which take a fifth of the time. */
const DEBIAN = ['chromium-headless-shell', 'chromium'];

const ON_PATH = [...DEBIAN, 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A package that carries the browser itself. */
const FROM_NPM = '@sparticuz/chromium@153.0.0';

/**
 * Finds a Chromium: the one named by CHROMIUM_PATH, else one that is installed, else Debian's, which root can
 * install, else the one from npm. Rejects, saying what to install, when there is none.
 */
export async function provideBrowser(): Promise<ProvidedBrowser> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names no file: ${named}`);
    return { executable: named, description: `Chromium named by CHROMIUM_PATH (${named})` };
  }
  const installed = findInstalled();
  if (installed !== undefined) return { executable: installed, description: `installed (${installed})` };

  const debian = (await installFromDebian()) ? findInstalled() : undefined;
  if (debian !== undefined) return { executable: debian, description: `installed just now (${debian})` };

  const npm = await unpackFromNpm();
  return { executable: npm, description: `${FROM_NPM} from npm (${npm})` };
}

const findInstalled = (): string | undefined => findOnPath(...ON_PATH) ?? ELSEWHERE.find(isExecutable);

/** Whether one of Debian's packages could be installed; only root on a Debian can. */
async function installFromDebian(): Promise<boolean> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run('apt-get', ['update', '-qq'], { env });
  if (updated.code !== 0) return false;
  for (const name of DEBIAN) {
    const install = ['install', '-y', '-qq', '--no-install-recommends', name];
    if ((await run('apt-get', install, { env })).code === 0) return true;
  }
  return false;
}

async function unpackFromNpm(): Promise<string> {
  const folder = path.join(CACHE, 'chromium');
  try {
    const unpacked = path.join(folder, 'unpacked');
    await mkdir(unpacked, { recursive: true });
    await installPackage(folder, FROM_NPM);
    const script = `import('@sparticuz/chromium').then((m) => m.default.executablePath()).then(console.log)`;
    const executable = await runOrThrow(process.execPath, ['-e', script], {
      cwd: folder,
      env: { ...process.env, TMPDIR: unpacked },
    });
    await runOrThrow(executable.trim(), ['--version']);
    return executable.trim();
  } catch (error) {
    // What an interrupted installation has left must not be in the way of the next one.
    await rm(folder, { recursive: true, force: true });
    throw new Error(
      'There is no Chromium. Install Chromium or Google Chrome (on Debian and Ubuntu: apt-get install chromium), ' +
        'or name one in CHROMIUM_PATH. The one from npm does not run here.',
      { cause: error },
    );
  }
}
