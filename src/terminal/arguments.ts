import { parseArgs } from 'node:util';
import { distance } from 'fastest-levenshtein';
import { baseUrlVariable, isLoopback, ownBaseUrl, parseBaseUrl } from '../core/environments/baseUrl';
import {
  ENVIRONMENTS,
  isEnvironment,
  type Environment,
  type RemoteEnvironment,
} from '../core/environments/environment';
import type { SignatureScheme } from '../core/webhook/signature';
import { either } from '../core/phrases';
import {
  COMMANDS,
  isCommand,
  OPTIONS,
  UsageError,
  type CommandName,
  type Option,
  type OptionName,
  type OptionValues,
} from './commands';
import { nameAsOption, type Names } from './nameAsOption';
import {
  signatureScheme,
  checkCommand,
  handlerCommand,
  listenCommand,
  triggerCommand,
  verifyCommand,
  type CheckCommand,
  type HandlerCommand,
  type ListenCommand,
  type TriggerCommand,
  type VerifyCommand,
} from './webhookArguments';
import type { SendArguments, World } from './world';

export interface SendCommand extends SendArguments {
  readonly name: 'send';
  readonly files: readonly string[];
  readonly environment: Environment;
  readonly json: boolean;
  /** Whether `--yes` says that invoices may be created. */
  readonly yes: boolean;
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
  /** Origins of servers that get webhooks. */
  readonly deliverTo: readonly string[];
  readonly scheme: SignatureScheme;
}

export type Command =
  | SendCommand
  | ValidateCommand
  | ScanCommand
  | SandboxCommand
  | ListenCommand
  | TriggerCommand
  | VerifyCommand
  | CheckCommand
  | HandlerCommand
  | { readonly name: 'help'; readonly of: CommandName | undefined }
  | { readonly name: 'version' };

/** What a command line means depends on these, too. */
export interface Surroundings {
  readonly variables: World['variables'];
  readonly names: Names;
}

/**
 * Reads what follows `eccaex`: `COMMAND [options] [--] FILE…` or `COMMAND FILE… [options]`. Throws
 * {@link UsageError}. Values are not repeated in messages where one could be a key.
 */
export function readArguments(args: readonly string[], surroundings: Surroundings): Command {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const options = tokens.filter((token) => token.kind === 'option');
  const operands = tokens.filter((token) => token.kind === 'positional');
  const terminator = tokens.find((token) => token.kind === 'option-terminator');
  const [first] = operands;
  const command = first && isCommand(first.value) ? first.value : undefined;
  const named = nameAsOption(
    args.slice(0, terminator ? terminator.index + 1 : args.length).filter((arg) => arg.startsWith('-')),
    operands.slice(1).map(({ value }) => value),
    surroundings.names,
  );
  if (named !== undefined)
    throw new UsageError(
      `"${named}" is a file's name, or part of one. Put -- before the files (and use xargs -0).`,
      command,
    );
  const isAfterOptions = first && options.some(({ index }) => index < first.index);
  // What follows an option before the command can be its value, which is not repeated.
  if (first && !command && !isAfterOptions) throw new UsageError(unknownCommand(first.value), undefined);
  const values = valuesOf(options, command);
  const files = operands.slice(1);
  if (!areApart(options, files))
    throw new UsageError('Put all options before the files or all after them.', command);
  if (values.help) return { name: 'help', of: command };
  if (values.version) return { name: 'version' };
  if (!first) throw new UsageError('No command given.', undefined);
  if (!command) throw new UsageError(unknownCommand(first.value), undefined);
  return complete(
    command,
    files.map(({ value }) => value),
    values,
    surroundings.variables,
  );
}

interface Placed {
  readonly index: number;
}

/** Whether options are all on one side of the files: xargs can put a part of a file's name anywhere else. */
function areApart(options: readonly Placed[], files: readonly Placed[]): boolean {
  const [firstOption, lastOption] = [options[0], options.at(-1)];
  const [firstFile, lastFile] = [files[0], files.at(-1)];
  if (!firstOption || !lastOption || !firstFile || !lastFile) return true;
  return lastOption.index < firstFile.index || firstOption.index > lastFile.index;
}

type Values = OptionValues & {
  readonly variables: Readonly<Record<string, string>>;
  readonly deliverTo: readonly string[];
};

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function valuesOf(tokens: readonly OptionToken[], command: CommandName | undefined): Values {
  const values: Partial<Record<OptionName, string | true>> = {};
  const variables = new Map<string, string>();
  const deliverTo = new Set<string>();
  for (const token of tokens) {
    const name = known(token, command);
    const value = valueOf(token, command);
    if (name === 'var') {
      const [variable, text] = variableIn(String(value), command);
      if (variables.has(variable)) throw new UsageError(`--var ${variable} is given twice.`, command);
      variables.set(variable, text);
    } else if (name === 'deliver-to') {
      const origin = originIn(String(value), command);
      if (deliverTo.has(origin)) throw new UsageError(`--deliver-to ${origin} is given twice.`, command);
      deliverTo.add(origin);
    } else {
      if (values[name] !== undefined) throw new UsageError(`--${name} is given twice.`, command);
      values[name] = value;
    }
  }
  return { ...values, variables: Object.fromEntries(variables), deliverTo: [...deliverTo] };
}

function known({ name, rawName }: OptionToken, command: CommandName | undefined): OptionName {
  const options: readonly OptionName[] = command ? COMMANDS[command].options : ['help', 'version'];
  const found = options.find((option) => option === name);
  if (found) return found;
  const about = /key|token|secret/i.test(name)
    ? ' A key is never an argument: set ECCAEX_API_KEY_DEV, ECCAEX_API_KEY_STAGING or ECCAEX_API_KEY_PROD.'
    : didYouMean(rawName, [...options.map((option) => `--${option}`)]);
  const where = command ? ` for ${command}` : Object.hasOwn(OPTIONS, name) ? ' before the command' : '';
  throw new UsageError(`Unknown option ${rawName}${where}.${about}`, command);
}

function unknownCommand(name: string): string {
  return `Unknown command "${name}".${didYouMean(name, Object.keys(COMMANDS))}`;
}

/** A sentence with the name that a misspelt one most likely means, after a space; empty where there is none. */
function didYouMean(name: string, candidates: readonly string[]): string {
  if (name.length > 40) return '';
  const [nearest] = candidates
    .map((candidate) => ({ candidate, far: distance(candidate, name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return nearest && nearest.far <= 2 ? ` Did you mean "${nearest.candidate}"?` : '';
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

function complete(
  command: CommandName,
  operands: readonly string[],
  values: Values,
  variables: World['variables'],
): Command {
  const number = (option: 'port' | 'concurrency' | 'timeout' | 'repeat', least: number, most: number) => {
    const text = values[option];
    if (text === undefined) return undefined;
    const value = /^\d+(\.\d+)?$/.test(String(text)) ? Number(text) : NaN;
    const whole = option === 'timeout' || Number.isInteger(value);
    if (whole && value >= least && value <= most) return value;
    const kind = option === 'timeout' ? 'number' : 'whole number';
    throw new UsageError(`--${option} must be a ${kind} from ${least} to ${most}.`, command);
  };
  if (command === 'sandbox') {
    if (operands.length > 0) throw new UsageError('sandbox takes no files.', command);
    return {
      name: command,
      port: number('port', 0, 65_535) ?? 0,
      deliverTo: values.deliverTo,
      scheme: signatureScheme(variables, command),
    };
  }
  if (command === 'listen') {
    return listenCommand(operands, { values, environment: 'sandbox', number }, variables);
  }
  if (command === 'handler') return handlerCommand(operands, variables);
  if (command === 'trigger' || command === 'verify' || command === 'check') {
    const read = { values, environment: environment(values.env, command), number };
    const readers = { trigger: triggerCommand, verify: verifyCommand, check: checkCommand };
    return readers[command](operands, read, variables);
  }
  if (command === 'scan') {
    const [folder = '.', ...others] = operands;
    if (others.length > 0) throw new UsageError('scan takes one folder.', command);
    if (folder === '') throw new UsageError('The folder name is empty.', command);
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
    yes: values.yes === true,
    baseUrl: baseUrl(values['base-url'], shared.environment, variables),
    concurrency: number('concurrency', 1, 50),
    timeoutSeconds: number('timeout', 0.001, 600),
  };
}

/** `NAME=VALUE`; the value can be empty, and can have `=` in it. Messages do not repeat it. */
function variableIn(text: string, command: CommandName | undefined): readonly [name: string, value: string] {
  const [, name, value] = /^([^={}$\s][^={}]*)=(.*)$/su.exec(text) ?? [];
  if (name === undefined || value === undefined || name !== name.trim())
    throw new UsageError('--var takes NAME=VALUE, with no $, braces or outer spaces in NAME.', command);
  return [name, value];
}

/** `http://127.0.0.1:3000`: an origin and nothing more, since all of it is what gets webhooks. */
function originIn(text: string, command: CommandName | undefined): string {
  const url = /^https?:\/\/[^\\/?#@\s]+\/?$/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url) return url.origin;
  throw new UsageError('--deliver-to takes an origin, such as http://127.0.0.1:3000.', command);
}

function files(operands: readonly string[], command: CommandName): readonly string[] {
  if (operands.length === 0) throw new UsageError('No file given.', command);
  if (operands.includes('')) throw new UsageError('A file name is empty.', command);
  return operands;
}

function environment(text: string | true | undefined, command: CommandName): Environment {
  if (text === undefined) return 'sandbox';
  if (isEnvironment(text)) return text;
  throw new UsageError(`--env must be ${either(ENVIRONMENTS)}.`, command);
}

/**
 * Where a send goes; `undefined`: to a sandbox of its own. A key belongs to the origin of its environment's own base
 * URL, so that an argument can choose another path there, or a server on this machine, and nothing else.
 */
function baseUrl(
  text: string | true | undefined,
  environment: Environment,
  variables: World['variables'],
): string | undefined {
  const named = text === undefined ? undefined : checked(String(text), '--base-url');
  if (environment === 'sandbox') {
    if (named && !isLoopback(named.url.hostname))
      throw new UsageError(
        '--base-url must be on this machine for the sandbox, such as http://127.0.0.1:4010/api/v1.',
        'send',
      );
    return named?.text;
  }
  const own = checked(ownBaseUrl(environment, variables), baseUrlVariable(environment));
  if (!named) return own.text;
  if (named.origin === own.origin || isLoopback(named.url.hostname)) return named.text;
  throw new UsageError(otherOrigin(environment, own.origin, named.origin), 'send');
}

function checked(text: string, source: string) {
  const parsed = parseBaseUrl(text);
  if (parsed.ok) return { ...parsed, text };
  throw new UsageError(
    `${source} must be a full https:// URL without a user, query or fragment (http:// on this machine only).`,
    'send',
  );
}

function otherOrigin(environment: RemoteEnvironment, own: string, named: string): string {
  const variable = baseUrlVariable(environment);
  return `The key for ${environment} belongs to ${own}, not to ${named}. For another host, set ${variable}.`;
}
