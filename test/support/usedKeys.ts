import assert from 'node:assert/strict';
import path from 'node:path';
import { SANDBOX_KEYS } from '../../src/core/environments/sandboxKeys';
import { filesWith, holds } from './traces';

/**
 * Every key that tests in a VS Code give to the extension; each stands nowhere by chance. Those of the sandbox are no
 * secrets.
 */
export const USED_KEYS = {
  canary: 'hostcanary_4c1f7e92a05b4d38_Zq7_key',
  planted: 'hostplanted_9b2e6d10f4a84c7e_Xw3_key',
  inFiles: 'sk_dev_4f1c09d2a7b84e6f93aa',
  moved: 'live_00ff19a7c4b2',
  movedSecret: 'whsec_host_7be10c4d92fa',
  inRequest: 'key_of_dev_4f1c09d2a7',
  forProxy: 'proxy-test-key-4711',
  ofProd: 'prod-key-for-this-test',
  leaked: 'leaktest_7d1f0b93c6a24e58_Zq9_key',
  wrong: 'uitest_9f3c7a1e5b2d4c68a0_key',
  rotated: 'uitest_0ld_51c0ffee_key',
  ofSecondProd: 'key_of_prod_4567',
  forLargeAnswer: 'any_key_0123456789',
  pasted: 'k3y7f9a1c0de42b8',
  imported: 'key_of_staging_0123',
  typed: 'no_such_key_4711',
  signing: 'whsec_uitest_5e0c9a7713bd',
} as const;

type KeyName = keyof typeof USED_KEYS;

/** What VS Code keeps of documents by itself, whatever is in them. */
const COPIES_OF_DOCUMENTS =
  /^data\/user-data\/(?:User\/History|Backups|User\/workspaceStorage\/[^/]+\/(?:backup|chatEditingSessions))\//;

/** The files into which a test writes a key on purpose, below the folder of a run. */
const PLANTED: Readonly<Partial<Record<KeyName, RegExp>>> = {
  inFiles: /^workspace(?:-\d+)?\/leaks\//,
  moved: /^workspace(?:-\d+)?\/leaks\//,
  movedSecret: /^workspace(?:-\d+)?\/leaks\//,
  inRequest: /^workspace(?:-\d+)?\/with-key\.invoice\.json$/,
  planted: /^workspace(?:-\d+)?\/planted\.sh$/,
  leaked: /^workspace(?:-\d+)?\/(?:planted\.txt|with-key\.invoice\.json)$/,
};

/** A key that is not searched for must not be used. */
export function assertIsKnown(key: string): void {
  const all: readonly (string | undefined)[] = [
    ...Object.values(USED_KEYS),
    ...SANDBOX_KEYS.map((one) => one.key),
  ];
  assert.ok(
    all.includes(key),
    'The keys that tests use are in usedKeys.ts, to be searched for after each run.',
  );
}

/** Fails where a text holds a key that tests use. */
export function assertHoldsNoKey(text: string, what: string): void {
  for (const [name, key] of Object.entries(USED_KEYS)) assert.ok(!holds(text, key), `${what}: key ${name}`);
}

/** Rejects where the extension or VS Code has written a key that tests use. Gives how many files were searched. */
export async function assertNoKeyWritten(folder: string): Promise<number> {
  const { found, searched } = await filesWith(folder, Object.values(USED_KEYS));
  const unexpected = found.filter(({ file, text }) => !isPlanted(file.split(path.sep).join('/'), text));
  assert.deepEqual(unexpected, [], 'A key was written to these files.');
  return searched;
}

function isPlanted(file: string, key: string): boolean {
  const name = (Object.keys(USED_KEYS) as KeyName[]).find((one) => USED_KEYS[one] === key);
  const planted = name && PLANTED[name];
  return planted !== undefined && (planted.test(file) || COPIES_OF_DOCUMENTS.test(file));
}
