// Runs a TypeScript script: node scripts/bootstrap.mjs <script.ts> [arguments]. Installs the project's packages first
// when they are missing or are not those of package-lock.json, so that a fresh clone needs one command.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** The oldest Node that the project's packages support. */
const OLDEST_NODE = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(
    `Node ${OLDEST_NODE.join('.')} or newer is needed, and this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}

/** What a lock file says is installed, except for packages that are left out on this platform. */
function lockedPackages(file) {
  const { packages } = JSON.parse(readFileSync(path.join(PROJECT, file), 'utf8'));
  return new Map(
    Object.entries(packages)
      .filter(([folder]) => folder !== '')
      .map(([folder, { version, integrity, optional }]) => [
        folder,
        { id: `${version} ${integrity}`, optional },
      ]),
  );
}

/** npm keeps, beside what it has installed, a lock file of just that. */
function isInstalled() {
  try {
    const wanted = lockedPackages('package-lock.json');
    const installed = lockedPackages('node_modules/.package-lock.json');
    return (
      [...wanted].every(([folder, { id, optional }]) => {
        const present = installed.get(folder);
        return present === undefined ? optional === true : present.id === id;
      }) && [...installed.keys()].every((folder) => wanted.has(folder))
    );
  } catch {
    return false;
  }
}

function install() {
  console.log('Installing the packages of package-lock.json …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: PROJECT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

checkNode();
if (!isInstalled()) install();

const child = spawn(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], {
  cwd: PROJECT,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});
