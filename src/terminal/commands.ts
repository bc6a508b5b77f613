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
  env: { type: 'string', value: 'E', help: `${ENVIRONMENTS.join(', ')} (default: sandbox)` },
  'base-url': { type: 'string', value: 'URL', help: 'another path of the host, or a local server' },
  var: { type: 'string', value: 'NAME=VALUE', help: 'value of {{NAME}}, repeatable, not for secrets' },
  yes: { type: 'boolean', help: 'send without asking' },
  json: { type: 'boolean', help: 'print one JSON report per line' },
  concurrency: { type: 'string', value: 'N', help: 'parallel requests, 1 to 50 (default: 4)' },
  timeout: { type: 'string', value: 'SECONDS', help: 'per request, up to 600 (default: 30)' },
  staged: { type: 'boolean', help: 'search what git would commit, and nothing else' },
  sarif: { type: 'boolean', help: 'print findings as SARIF 2.1.0' },
  port: { type: 'string', value: 'N', help: 'port to listen on (default: any free port)' },
  help: { type: 'boolean', short: 'h', help: 'show this help' },
  version: { type: 'boolean', short: 'v', help: 'show the version' },
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof OPTIONS;

export interface CommandHelp {
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  /** Paragraphs below the options. No line is longer than 80 characters. */
  readonly more: readonly string[];
}

const ARGUMENTS = [
  'Put all options before the files or all after them. To send or check a file',
  'whose name begins with a dash, put -- before the files.',
].join('\n');

const EXIT_CODES = [
  'Exit codes:',
  '  0  every request was created or is valid',
  '  1  a request was invalid, blocked, rejected or canceled',
  '  2  wrong usage, or nobody confirmed the send; nothing was sent',
  '  3  no response or an unexpected one; the invoice may exist',
].join('\n');

export const COMMANDS = {
  send: {
    usage: 'eccaex send [options] [--] FILE…',
    summary: 'create an invoice from each request in the files',
    options: ['env', 'base-url', 'var', 'yes', 'json', 'concurrency', 'timeout', 'help'],
    more: [
      ARGUMENTS,
      [
        'The key comes from ECCAEX_API_KEY_DEV, ECCAEX_API_KEY_STAGING or',
        'ECCAEX_API_KEY_PROD. It is sent to the documented host, or to the host in',
        'ECCAEX_BASE_URL_DEV, ECCAEX_BASE_URL_STAGING or ECCAEX_BASE_URL_PROD.',
        'The sandbox needs no key: it runs on this machine while the command runs.',
      ].join('\n'),
      [
        'Outside this machine, send asks before it creates invoices. Without a',
        'terminal it needs --yes. It never sends a request twice and uses no proxy.',
      ].join('\n'),
      EXIT_CODES,
    ],
  },
  validate: {
    usage: 'eccaex validate [options] [--] FILE…',
    summary: 'check request files without sending them',
    options: ['env', 'var', 'json', 'help'],
    more: [ARGUMENTS, EXIT_CODES],
  },
  scan: {
    usage: 'eccaex scan [options] [--] [DIR]',
    summary: 'find API keys in the files of a folder',
    options: ['staged', 'json', 'sarif', 'help'],
    more: [
      [
        'DIR defaults to the current folder. Finds the keys in ECCAEX_API_KEY_DEV,',
        'ECCAEX_API_KEY_STAGING and ECCAEX_API_KEY_PROD, also in base64, in URLs and',
        'in parts on one line; and keys written after X-Api-Key or an',
        'ECCAEX_API_KEY variable, in code or configuration. Never prints a key.',
      ].join('\n'),
      [
        'A comment with eccaex:ignore on a line silences it, except for the keys in',
        'the variables above. Binary files and files over 5 MB are searched for those',
        'keys only; the output names what was not searched, and why.',
      ].join('\n'),
      [
        'A file that git ignores counts as info. Skips node_modules, and folders that',
        'git ignores except bundles such as dist.',
      ].join('\n'),
      'In CI, after the checkout:\n  eccaex scan --sarif > eccaex.sarif',
      'Before each commit, in .git/hooks/pre-commit, made executable:\n  #!/bin/sh\n  exec eccaex scan --staged',
      [
        'Exit codes:',
        '  0  no key, or only in files that git ignores',
        '  1  a file contains a key',
        '  2  wrong usage',
        '  3  a file could not be searched: unreadable, over 1 GB, or one of more than',
        '     200,000',
      ].join('\n'),
    ],
  },
  sandbox: {
    usage: 'eccaex sandbox [options]',
    summary: 'run a local Merchant API for tests, until Ctrl+C',
    options: ['port', 'help'],
    more: [],
  },
} as const satisfies Readonly<Record<string, CommandHelp>>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
