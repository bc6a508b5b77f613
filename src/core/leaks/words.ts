import { list, type Words } from '../problems/phrases';
import type { KeyForm } from './keyForms';
import type { Circumstances, GitState, Leak } from './leak';

/** What stands there, why it matters, and what to do about it. The key itself is never part of it. */
export function wordsOfLeak(leak: Leak, { git, isClientSide }: Circumstances): Words {
  return {
    message: `${whatStandsHere(leak)}: ${isClientSide ? 'customers get this file, and the key with it.' : RISK[git]}`,
    guidance: [...(isClientSide ? CLIENT_SIDE : [KEEP_ELSEWHERE]), ...AFTERWARDS[git]],
  };
}

function whatStandsHere(leak: Leak): string {
  if (leak.code === 'key-literal') return 'An API key is written here';
  const { environments, form } = leak;
  if (form === 'name') return `The path of this file holds the API key of ${list(environments)}`;
  return `This is the API key of ${list(environments)}${FORM[form]}`;
}

const FORM: Readonly<Record<Exclude<KeyForm, 'name'>, string>> = {
  plain: '',
  url: ', escaped for a URL',
  base64: ', in base64',
  split: ', in parts',
};

const RISK: Readonly<Record<GitState, string>> = {
  committed: 'git tracks this file, and whoever gets the repository can use the merchant account.',
  staged: 'the next commit would hold it.',
  untracked: 'nothing keeps git from committing this file.',
  ignored: 'git ignores this file, so the key stays on this machine.',
  'no-repository': 'whoever reads this file can use the merchant account.',
  unknown: 'git failed, so that nothing tells whether it tracks this file.',
};

const KEEP_ELSEWHERE =
  'Put a placeholder here, and keep the key in VS Code’s SecretStorage, an environment variable or a secrets manager.';

const CLIENT_SIDE = [
  'Call the Merchant API from your own server, and let the page or the app call that: a key in client-side code is public, however it is hidden.',
  'If a version with the key was published, rotate the key in the merchant dashboard.',
];

const AFTERWARDS: Readonly<Record<GitState, readonly string[]>> = {
  committed: [
    'If a commit holds the key, rotate it in the merchant dashboard: the history keeps it, and deleting it here does not help.',
  ],
  staged: ['Take it out before you commit. If a commit holds it already, rotate the key.'],
  untracked: ['If the key has to be in this file, add the file to .gitignore.'],
  ignored: ['Do not share this file, or the folder that it is in.'],
  'no-repository': ['If the file was shared, rotate the key in the merchant dashboard.'],
  unknown: [
    'Run “git status” beside the file to see why git fails. If a commit holds the key, rotate it in the merchant dashboard.',
  ],
};
