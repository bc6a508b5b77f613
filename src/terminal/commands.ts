import { ENVIRONMENTS } from '../core/environments/environment';
import { HANDLER_LANGUAGES } from '../core/webhook/handlers/handlers';
import { OUTCOME_NAMES } from '../core/webhook/outcomes';

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
  yes: { type: 'boolean', help: 'do it without asking' },
  json: { type: 'boolean', help: 'print one JSON object per line' },
  concurrency: { type: 'string', value: 'N', help: 'parallel requests, 1 to 50 (default: 4)' },
  timeout: { type: 'string', value: 'SECONDS', help: 'per request, up to 600 (default: 30)' },
  staged: { type: 'boolean', help: 'search what git would commit, and nothing else' },
  sarif: { type: 'boolean', help: 'print findings as SARIF 2.1.0' },
  port: { type: 'string', value: 'N', help: 'port to listen on, 0 for any free port' },
  'forward-to': { type: 'string', value: 'URL', help: 'handler that gets each webhook, byte for byte' },
  to: { type: 'string', value: 'URL', help: 'handler that gets the webhook' },
  file: { type: 'string', value: 'FILE', help: 'send a captured webhook exactly as it is' },
  'external-id': { type: 'string', value: 'ID', help: 'external_id of the event (default: a new one)' },
  'order-id': { type: 'string', value: 'ID', help: 'order_id of the event (default: a new UUID)' },
  amount: { type: 'string', value: 'A', help: 'amount of the event (default: 1500.00)' },
  currency: { type: 'string', value: 'C', help: 'currency of the event (default: UAH)' },
  unsigned: { type: 'boolean', help: 'leave the signature out' },
  'bad-signature': { type: 'boolean', help: 'sign with a wrong secret' },
  stale: { type: 'boolean', help: 'sign with a time one hour ago' },
  signature: { type: 'string', value: 'S', help: 'what X-Signature says' },
  timestamp: { type: 'string', value: 'T', help: 'what X-Signature-Timestamp says' },
  'idempotency-key': { type: 'string', value: 'K', help: 'what X-Idempotency-Key says' },
  'received-at': { type: 'string', value: 'UNIX', help: 'when it came, to check its age' },
  'state-url': { type: 'string', value: 'URL', help: 'GET gives {external_id: {status, count}}' },
  junit: { type: 'string', value: 'FILE', help: 'write the results as JUnit XML' },
  repeat: { type: 'string', value: 'N', help: 'send it N times, up to 1000 (default: 1)' },
  'deliver-to': { type: 'string', value: 'ORIGIN', help: 'send webhooks there, repeatable' },
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
  '  3  no response or an unexpected one: the invoice may exist;',
  '     or a file cannot be read: nothing was sent',
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
    options: ['port', 'deliver-to', 'help'],
    more: [
      [
        'Each invoice has a payment page, where you pay it, let it fail, cancel it or',
        'let it expire. The sandbox then sends a webhook to the callback_url, signed',
        'with sandbox_webhook_secret. It delivers to no server that you have not',
        'allowed: with --deliver-to http://127.0.0.1:3000, or on the payment page.',
      ].join('\n'),
    ],
  },
  listen: {
    usage: 'eccaex listen [options]',
    summary: 'receive webhooks, verify and forward them, until Ctrl+C',
    options: ['port', 'forward-to', 'yes', 'json', 'help'],
    more: [
      [
        'Listens on 127.0.0.1, port 4780 by default. Verifies each webhook with the',
        'secrets in ECCAEX_WEBHOOK_SECRET_DEV, ECCAEX_WEBHOOK_SECRET_STAGING and',
        'ECCAEX_WEBHOOK_SECRET_PROD (while you rotate one: the new one, a space, the',
        'old one) and with the public secret of the sandbox, for test events.',
      ].join('\n'),
      [
        'The vendor does not document how it signs. The scheme is an assumption; set',
        'another one as JSON in ECCAEX_WEBHOOK_SIGNATURE.',
      ].join('\n'),
      [
        'Responds with the status of the handler, with 502 or 504 where it gives none',
        'within 15 s, and with 200 where nothing is forwarded. Forwarding to another',
        'machine needs a yes. Put the public URL that leads here in ECCAEX_WEBHOOK_URL.',
      ].join('\n'),
      'Exit codes:\n  0  interrupted\n  2  wrong usage, or the port is in use',
    ],
  },
  trigger: {
    usage: 'eccaex trigger OUTCOME --to URL [options]\n       eccaex trigger --file FILE --to URL',
    summary: 'send one webhook to a handler, as the sandbox would',
    options: [
      ...(['to', 'env', 'external-id', 'order-id', 'amount', 'currency', 'unsigned'] as const),
      ...(['bad-signature', 'stale', 'file', 'repeat', 'yes', 'json', 'help'] as const),
    ],
    more: [
      `Outcomes:\n${OUTCOME_NAMES.map((name) => `  ${name}`).join('\n')}`,
      [
        'Signs with the public secret of the sandbox, or with the secret in',
        'ECCAEX_WEBHOOK_SECRET_DEV or ECCAEX_WEBHOOK_SECRET_STAGING. Signing with such a',
        'secret for another machine needs a yes. The secret of prod signs nothing.',
      ].join('\n'),
      [
        'FILE holds {"headers": [["NAME", "VALUE"], …], "bodyBase64": "…"}. It is sent',
        'with the signature and the time that it has.',
      ].join('\n'),
      [
        'Exit codes:',
        '  0  the handler responded with 2xx within 15 s',
        '  1  it did not: the vendor would send the webhook again',
        '  2  wrong usage, or nobody confirmed; nothing was sent',
      ].join('\n'),
    ],
  },
  verify: {
    usage: 'eccaex verify FILE --signature S --timestamp T [options]',
    summary: 'check the signature of a webhook, and say why it fails',
    options: [
      ...(['signature', 'timestamp', 'idempotency-key', 'received-at', 'env', 'json', 'help'] as const),
    ],
    more: [
      [
        'FILE holds the raw body. Tries the secrets in ECCAEX_WEBHOOK_SECRET_DEV,',
        'ECCAEX_WEBHOOK_SECRET_STAGING and ECCAEX_WEBHOOK_SECRET_PROD, and the public',
        'secret of the sandbox; with --env, says so where another one fits. Checks the',
        'age only with --received-at. Prints no secret.',
      ].join('\n'),
      [
        'The vendor does not document how it signs. The scheme is an assumption; set',
        'another one as JSON in ECCAEX_WEBHOOK_SIGNATURE.',
      ].join('\n'),
      'Exit codes:\n  0  the signature holds\n  1  it does not\n  2  wrong usage',
    ],
  },
  check: {
    usage: 'eccaex check URL [options]',
    summary: 'test a webhook handler',
    options: ['env', 'external-id', 'state-url', 'junit', 'yes', 'json', 'help'],
    more: [
      [
        'Sends right and wrong events to your handler and compares its responses. Each',
        'check has its own order, unless --external-id names one that the handler',
        'knows. What HTTP does not show, such as an order that is counted twice, is',
        'asked of --state-url.',
      ].join('\n'),
      [
        'Signs with the public secret of the sandbox, or with the secret in',
        'ECCAEX_WEBHOOK_SECRET_DEV or ECCAEX_WEBHOOK_SECRET_STAGING. Signing with such a',
        'secret for another machine needs a yes. The secret of prod signs nothing.',
      ].join('\n'),
      'Exit codes:\n  0  no check failed\n  1  a check failed\n  2  wrong usage, or nobody confirmed; nothing was sent',
    ],
  },
  handler: {
    usage: 'eccaex handler LANGUAGE [FILE]',
    summary: 'write a webhook handler to start from',
    options: ['help'],
    more: [
      `Languages:\n${HANDLER_LANGUAGES.map((name) => `  ${name}`).join('\n')}`,
      'Prints it where no FILE is given. Never overwrites a file.',
    ],
  },
} as const satisfies Readonly<Record<string, CommandHelp>>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** Wrong usage: nothing was done. The message is for people, one line for each fault. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly command: CommandName | undefined,
  ) {
    super(message);
  }
}

/** Files that are named and cannot be read: nothing was done. One line for each of them. */
export class UnreadableError extends Error {}

/** What options say, as they were typed. */
export type OptionValues = Partial<Record<OptionName, string | true>>;
