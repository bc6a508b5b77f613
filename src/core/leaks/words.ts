import { list, type Words } from '../phrases';
import type { KeyForm } from './keyForms';
import type { Circumstances, GitState, Leak } from './leak';

/** How many keys of which kind: `2 API keys and 1 webhook secret`. */
export function countOfLeaks(leaks: readonly Leak[]): string {
  const secrets = leaks.filter(({ isWebhookSecret }) => isWebhookSecret).length;
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  return list([
    ...(leaks.length > secrets ? [count(leaks.length - secrets, 'API key')] : []),
    ...(secrets > 0 ? [count(secrets, 'webhook secret')] : []),
  ]);
}

/** What stands there, why it matters, and what to do about it. The key itself is never part of it. */
export function wordsOfLeak(leak: Leak, { git, isClientSide }: Circumstances): Words {
  const kind = isClientSide ? CLIENT_SIDE : BY_GIT[git];
  const secret = leak.isWebhookSecret ? WEBHOOK_SECRET : API_KEY;
  return {
    message: `${subjectOf(leak)} ${kind.place}. ${kind.risk}`,
    guidance: [
      ...(isClientSide ? keepOnServer(secret) : [keepElsewhere(secret)]),
      ...BY_GIT[git].next(secret),
    ],
  };
}

interface Secret {
  readonly noun: string;
  /** What a server does with it, in place of the page or app. */
  readonly onServer: string;
}

const API_KEY: Secret = {
  noun: 'key',
  onServer: 'Call the Merchant API from your server, and have the page or app call your server.',
};

const WEBHOOK_SECRET: Secret = {
  noun: 'secret',
  onServer: 'Receive and verify webhooks on your server.',
};

function subjectOf(leak: Leak): string {
  const kind = leak.isWebhookSecret ? 'Webhook secret' : 'API key';
  if (leak.code === 'key-literal') return kind;
  const { environments, form } = leak;
  return `${kind} of ${list(environments)}${FORM[form]}`;
}

const FORM: Readonly<Record<KeyForm, string>> = {
  plain: '',
  url: ' (URL-encoded)',
  html: ' (HTML-encoded)',
  base64: ' (in base64)',
  hex: ' (in hex)',
  case: ' (in another case)',
  split: ' (in parts)',
  name: ' in the name',
};

interface Kind {
  /** Where the key is, after the word for it. */
  readonly place: string;
  readonly risk: string;
}

const CLIENT_SIDE: Kind = {
  place: 'in client-side code',
  risk: 'Anyone who opens the page or app can use it.',
};

const BY_GIT: Readonly<Record<GitState, Kind & { readonly next: (secret: Secret) => readonly string[] }>> = {
  committed: {
    place: 'in a tracked file',
    risk: 'Anyone with the repository can use it.',
    next: ({ noun }) => [
      `If a commit has the ${noun}, rotate it in the merchant dashboard. Deleting it here leaves it in the history.`,
    ],
  },
  staged: {
    place: 'in a staged file',
    risk: 'The next commit would contain it.',
    next: ({ noun }) => [`Remove it before you commit. If an earlier commit has it, rotate the ${noun}.`],
  },
  untracked: {
    place: 'in a file that git would add',
    risk: 'A commit could contain it.',
    next: ({ noun }) => [`If this file needs the ${noun}, add the file to .gitignore.`],
  },
  ignored: {
    place: 'in an ignored file',
    risk: 'It stays on this machine.',
    next: () => ['Do not share this file or its folder.'],
  },
  'no-repository': {
    place: 'in a file',
    risk: 'Anyone with the file can use it.',
    next: ({ noun }) => [`If you shared the file, rotate the ${noun} in the merchant dashboard.`],
  },
  unknown: {
    place: 'in a file',
    risk: 'git failed, so it may be tracked.',
    next: ({ noun }) => [
      `Run “git status” to see why git fails. If a commit has the ${noun}, rotate it in the merchant dashboard.`,
    ],
  },
};

const keepElsewhere = ({ noun }: Secret): string =>
  `Replace it with a placeholder. Keep the ${noun} in SecretStorage, an environment variable or a secrets manager.`;

const keepOnServer = ({ noun, onServer }: Secret): readonly string[] => [
  `${onServer} A ${noun} in client-side code is public.`,
  `If you published a version with the ${noun}, rotate the ${noun} in the merchant dashboard.`,
];
