import { parseArgs } from 'node:util';
import { isLoopback, parseBaseUrl } from '../core/environments/baseUrl';
import { ENVIRONMENTS, isEnvironment, type Environment } from '../core/environments/environment';
import { COMMANDS, isCommand, OPTIONS, type CommandName, type Option, type OptionName } from './commands';
import type { SendArguments } from './world';

export interface SendCommand extends SendArguments {
  readonly name: 'send';
  readonly files: readonly string[];
  readonly environment: Environment;
  readonly json: boolean;
}

export interface ValidateCommand {
  readonly name: 'validate';
  readonly files: readonly string[];
  readonly environment: Environment;
  readonly json: boolean;
  readonly variables: Readonly<Record<string, string>>;
}

export interface ScanCommand {
  readonly name: 'scan';
  /** As it was typed. */
  readonly folder: string;
  readonly format: 'text' | 'json' | 'sarif';
  /** Whether to search what is to be committed instead of what is there. */
  readonly staged: boolean;
}

export interface SandboxCommand {
  readonly name: 'sandbox';
  readonly port: number;
}

export type Command =
  | SendCommand
  | ValidateCommand
  | ScanCommand
  | SandboxCommand
  | { readonly name: 'help'; readonly of: CommandName | undefined }
  | { readonly name: 'version' };

/** A command line that says nothing that can be done. Its message is for people. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly command: CommandName | undefined,
  ) {
    super(message);
  }
}

type Values = Partial<Record<OptionName, string | true>> & { variables: Record<string, string> };

/** Reads what follows `eccaex`. Throws {@link UsageError}. Values are not repeated in messages where one could be a key. */
export function readArguments(args: readonly string[]): Command {
  const { positionals, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const [first, ...operands] = positionals;
  const command = first !== undefined && isCommand(first) ? first : undefined;
  const values: Values = { variables: {} };
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const name = known(token, command);
    const value = valueOf(token, command);
    if (name === 'var') Object.assign(values.variables, variable(String(value), command));
    else values[name] = value;
  }
  if (values.help) return { name: 'help', of: command };
  if (values.version) return { name: 'version' };
  if (first === undefined) throw new UsageError('There is no command.', undefined);
  if (!command) throw new UsageError(`There is no command "${first}".`, undefined);
  return complete(command, operands, values);
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function known({ name, rawName }: OptionToken, command: CommandName | undefined): OptionName {
  const options: readonly OptionName[] = command ? COMMANDS[command].options : ['help', 'version'];
  const found = options.find((option) => option === name);
  if (found) return found;
  const about = /key|token|secret/i.test(name)
    ? ' A key is never an argument: it comes from ECCAEX_API_KEY_DEV, ECCAEX_API_KEY_STAGING or ECCAEX_API_KEY_PROD.'
    : '';
  throw new UsageError(`There is no option ${rawName}${command ? ` for ${command}` : ''}.${about}`, command);
}

function valueOf(
  { name, rawName, value, inlineValue }: OptionToken,
  command: CommandName | undefined,
): string | true {
  const { type }: Option = OPTIONS[name as OptionName];
  if (type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`, command);
    return true;
  }
  if (value === undefined || (value.startsWith('-') && !inlineValue)) {
    throw new UsageError(`${rawName} needs a value.`, command);
  }
  return value;
}

function complete(command: CommandName, operands: readonly string[], values: Values): Command {
  const number = (option: 'port' | 'concurrency' | 'timeout', least: number, most: number) => {
    const text = values[option];
    if (text === undefined) return undefined;
    const value = /^\d+(\.\d+)?$/.test(String(text)) ? Number(text) : NaN;
    const whole = option === 'timeout' || Number.isInteger(value);
    if (whole && value >= least && value <= most) return value;
    const kind = option === 'timeout' ? 'number' : 'whole number';
    throw new UsageError(`--${option} takes a ${kind} from ${least} to ${most}.`, command);
  };
  if (command === 'sandbox') {
    if (operands.length > 0) throw new UsageError('sandbox takes no files.', command);
    return { name: command, port: number('port', 0, 65_535) ?? 0 };
  }
  if (command === 'scan') {
    const [folder = '.', ...others] = operands;
    if (others.length > 0) throw new UsageError('scan takes one folder.', command);
    if (folder === '') throw new UsageError('The folder has an empty name.', command);
    if (values.json && values.sarif) throw new UsageError('Use --json or --sarif, not both.', command);
    const format = values.json ? 'json' : values.sarif ? 'sarif' : 'text';
    return { name: command, folder, format, staged: values.staged === true };
  }
  const shared = {
    files: files(operands, command),
    environment: environment(values.env, command),
    json: values.json === true,
    variables: values.variables,
  };
  if (command === 'validate') return { name: command, ...shared };
  return {
    name: command,
    ...shared,
    baseUrl: baseUrl(values['base-url'], shared.environment),
    concurrency: number('concurrency', 1, 50),
    timeoutSeconds: number('timeout', 0.001, 600),
  };
}

/** `NAME=VALUE`; the value can be empty, and can have `=` in it. Messages do not repeat it. */
function variable(text: string, command: CommandName | undefined): Record<string, string> {
  const [, name, value] = /^([^={}$\s][^={}]*)=(.*)$/su.exec(text) ?? [];
  if (name === undefined || value === undefined || name !== name.trim())
    throw new UsageError(
      '--var takes NAME=VALUE; a name has no $, no braces and no space around it.',
      command,
    );
  return { [name]: value };
}

function files(operands: readonly string[], command: CommandName): readonly string[] {
  if (operands.length === 0) throw new UsageError('There is no file.', command);
  if (operands.includes('')) throw new UsageError('A file has an empty name.', command);
  return operands;
}

function environment(text: string | true | undefined, command: CommandName): Environment {
  if (text === undefined) return 'sandbox';
  if (isEnvironment(text)) return text;
  throw new UsageError(`--env takes one of ${ENVIRONMENTS.join(', ')}.`, command);
}

/** What a base URL of the user's must be is checked when it is used; the sandbox is this machine's by its nature. */
function baseUrl(text: string | true | undefined, environment: Environment): string | undefined {
  if (text === undefined) return undefined;
  const url = String(text);
  const parsed = parseBaseUrl(url);
  if (environment === 'sandbox' && !(parsed.ok && isLoopback(parsed.url.hostname))) {
    throw new UsageError(
      '--base-url of the sandbox takes a URL of this machine, such as http://127.0.0.1:4010/api/v1.',
      'send',
    );
  }
  return url;
}
