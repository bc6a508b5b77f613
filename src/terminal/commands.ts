import { ENVIRONMENTS } from '../core/environments/environment';

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly help: string;
}

/** Every option of every command. */
export const OPTIONS = {
  env: { type: 'string', value: 'E', help: `${ENVIRONMENTS.join(', ')}; sandbox if left out` },
  'base-url': { type: 'string', value: 'URL', help: 'where the API is, for the chosen environment' },
  var: {
    type: 'string',
    value: 'NAME=VALUE',
    help: 'what {{NAME}} stands for; once for each name; not for secrets',
  },
  json: { type: 'boolean', help: 'print one JSON report a line and nothing else' },
  concurrency: { type: 'string', value: 'N', help: 'requests under way at once: 1 to 50; 4 if left out' },
  timeout: { type: 'string', value: 'SECONDS', help: 'for one request: up to 600; 30 if left out' },
  staged: { type: 'boolean', help: 'search what is to be committed, as git has it, and nothing else' },
  sarif: { type: 'boolean', help: 'print the findings as SARIF 2.1.0, for code scanning' },
  port: { type: 'string', value: 'N', help: 'the port to listen on; any free one if left out' },
  help: { type: 'boolean', short: 'h', help: 'print this' },
  version: { type: 'boolean', short: 'v', help: 'print the version' },
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof OPTIONS;

export interface CommandHelp {
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  /** Paragraphs below the options. */
  readonly more: readonly string[];
}

const EXIT_CODES = [
  'Exit codes:',
  '  0  all created, or valid',
  '  1  a request was invalid, blocked or rejected',
  '  2  wrong usage; nothing was sent',
  '  3  a request is unanswered or was answered unexpectedly: it may have been created',
].join('\n');

export const COMMANDS = {
  send: {
    usage: 'eccaex send FILE… [options]',
    summary: 'check request files and send them: each creates an invoice',
    options: ['env', 'base-url', 'var', 'json', 'concurrency', 'timeout', 'help'],
    more: [
      [
        'Keys come from the environment variables ECCAEX_API_KEY_DEV, ECCAEX_API_KEY_STAGING and',
        'ECCAEX_API_KEY_PROD. The sandbox needs none: it runs on this machine for the time of the command.',
      ].join('\n'),
      'A send to prod asks first where there is somebody to ask. No request is ever sent twice by itself.',
      'No proxy is used: HTTPS_PROXY and the like have no effect.',
      EXIT_CODES,
    ],
  },
  validate: {
    usage: 'eccaex validate FILE… [options]',
    summary: 'check request files and send nothing',
    options: ['env', 'var', 'json', 'help'],
    more: [
      'With --json a line is a report as send gives it; where nothing speaks against a request, its outcome is valid.',
      EXIT_CODES,
    ],
  },
  scan: {
    usage: 'eccaex scan [DIR] [options]',
    summary: 'find API keys in the files of a folder',
    options: ['staged', 'json', 'sarif', 'help'],
    more: [
      [
        'DIR is the current folder if left out. Finds the keys in ECCAEX_API_KEY_DEV, ECCAEX_API_KEY_STAGING and',
        'ECCAEX_API_KEY_PROD, also in base64, in URLs and in parts on one line; and any other key that is written',
        'after X-Api-Key or an ECCAEX_API_KEY variable, in code or configuration. Never prints a key.',
      ].join('\n'),
      [
        'A comment with eccaex:ignore on a line silences it, except for the keys in the variables above. Binary files',
        'and files over 5 MB are searched for those keys only; the output names what was not searched, and why.',
      ].join('\n'),
      [
        'A file that git ignores counts as info. Not searched: node_modules, and folders that git ignores, but',
        'for bundles such as dist.',
      ].join('\n'),
      'In CI, after the checkout:\n  eccaex scan --sarif > eccaex.sarif',
      'Before each commit, in .git/hooks/pre-commit, made executable:\n  #!/bin/sh\n  exec eccaex scan --staged',
      [
        'Exit codes:',
        '  0  no key, or only in files that git ignores',
        '  1  a key stands in a file',
        '  2  wrong usage',
        '  3  a file could not be searched: unreadable, over 1 GB, or one of more than 200,000',
      ].join('\n'),
    ],
  },
  sandbox: {
    usage: 'eccaex sandbox [options]',
    summary: 'run a Merchant API of our own on this machine, until Ctrl+C',
    options: ['port', 'help'],
    more: [],
  },
} as const satisfies Readonly<Record<string, CommandHelp>>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
