import type { Signing } from '../app/webhooks/make';
import type { Environment } from '../core/environments/environment';
import { either } from '../core/phrases';
import { parseTarget, TARGET_FAULTS, WEBHOOK_PORT, type Target } from '../core/webhook/forwarding';
import {
  HANDLER_LANGUAGES,
  isHandlerLanguage,
  type HandlerLanguage,
} from '../core/webhook/handlers/handlers';
import { isOutcome, OUTCOME_NAMES, type Outcome } from '../core/webhook/outcomes';
import { schemeOf, type SignatureScheme } from '../core/webhook/signature';
import { UsageError, type CommandName, type OptionName, type OptionValues } from './commands';
import type { World } from './world';

export interface ListenCommand {
  readonly name: 'listen';
  readonly port: number;
  readonly forwardTo: Target | undefined;
  readonly scheme: SignatureScheme;
  readonly json: boolean;
  readonly yes: boolean;
}

/** The webhook of an outcome. */
export interface OutcomeToTrigger {
  readonly outcome: Outcome;
  readonly environment: Environment;
  readonly signing: Signing;
  readonly externalId: string | undefined;
  readonly orderId: string | undefined;
  readonly amount: string;
  readonly currency: string;
}

export interface TriggerCommand {
  readonly name: 'trigger';
  /** Or a file that keeps a webhook, which is sent exactly. */
  readonly what: OutcomeToTrigger | { readonly file: string };
  readonly to: Target;
  readonly repeat: number;
  readonly scheme: SignatureScheme;
  readonly json: boolean;
  readonly yes: boolean;
}

export interface VerifyCommand {
  readonly name: 'verify';
  readonly file: string;
  /** The texts of the headers. */
  readonly signature: string;
  readonly timestamp: string;
  readonly idempotencyKey: string;
  /** Unix seconds. */
  readonly receivedAtSeconds: number | undefined;
  /** Whose secret it should be; `undefined`: anybody's. */
  readonly environment: Environment | undefined;
  readonly scheme: SignatureScheme;
  readonly json: boolean;
}

export interface CheckCommand {
  readonly name: 'check';
  readonly target: Target;
  readonly environment: Environment;
  readonly externalId: string | undefined;
  readonly stateUrl: Target | undefined;
  readonly junit: string | undefined;
  readonly scheme: SignatureScheme;
  readonly json: boolean;
  readonly yes: boolean;
}

export interface HandlerCommand {
  readonly name: 'handler';
  readonly language: HandlerLanguage;
  /** `undefined`: standard output. */
  readonly file: string | undefined;
  readonly scheme: SignatureScheme;
}

/** What the options of a command say, checked. */
export interface ReadValues {
  readonly values: OptionValues;
  readonly environment: Environment;
  readonly number: (option: 'port' | 'repeat', least: number, most: number) => number | undefined;
}

/** Of one event: what a person wants to see of how a handler takes repetitions. */
const MOST_REPETITIONS = 1000;

/** Where the CLI finds the signature scheme, as JSON. */
const SCHEME_VARIABLE = 'ECCAEX_WEBHOOK_SIGNATURE';

export function listenCommand(
  operands: readonly string[],
  { values, number }: ReadValues,
  variables: World['variables'],
): ListenCommand {
  if (operands.length > 0) throw new UsageError('listen takes no arguments but options.', 'listen');
  return {
    name: 'listen',
    port: number('port', 0, 65_535) ?? WEBHOOK_PORT,
    forwardTo:
      values['forward-to'] === undefined ? undefined : target(values['forward-to'], 'forward-to', 'listen'),
    scheme: signatureScheme(variables, 'listen'),
    json: values.json === true,
    yes: values.yes === true,
  };
}

export function triggerCommand(
  operands: readonly string[],
  read: ReadValues,
  variables: World['variables'],
): TriggerCommand {
  const { values, number } = read;
  if (values.to === undefined) throw new UsageError('Say where to send it: --to URL.', 'trigger');
  return {
    name: 'trigger',
    what: values.file === undefined ? outcomeToTrigger(operands, read) : fileToTrigger(operands, values),
    to: target(values.to, 'to', 'trigger'),
    repeat: number('repeat', 1, MOST_REPETITIONS) ?? 1,
    scheme: signatureScheme(variables, 'trigger'),
    json: values.json === true,
    yes: values.yes === true,
  };
}

function outcomeToTrigger(
  [outcome, ...others]: readonly string[],
  { values, environment }: ReadValues,
): OutcomeToTrigger {
  if (outcome === undefined)
    throw new UsageError(`No outcome given. Use ${either(OUTCOME_NAMES)}.`, 'trigger');
  if (others.length > 0 || !isOutcome(outcome))
    throw new UsageError(`trigger takes one outcome: ${either(OUTCOME_NAMES)}.`, 'trigger');
  const ways = (['unsigned', 'bad-signature', 'stale'] as const).filter((name) => values[name] === true);
  if (ways.length > 1)
    throw new UsageError(`Use one of ${either(ways.map((name) => `--${name}`))}, not several.`, 'trigger');
  const text = (name: 'external-id' | 'order-id' | 'amount' | 'currency') => {
    const value = values[name];
    if (value === '') throw new UsageError(`--${name} is empty.`, 'trigger');
    return value === undefined ? undefined : String(value);
  };
  return {
    outcome,
    environment,
    signing: ways[0] ?? 'signed',
    externalId: text('external-id'),
    orderId: text('order-id'),
    amount: text('amount') ?? '1500.00',
    currency: text('currency') ?? 'UAH',
  };
}

export function verifyCommand(
  [file, ...others]: readonly string[],
  { values, environment }: ReadValues,
  variables: World['variables'],
): VerifyCommand {
  if (file === undefined || file === '' || others.length > 0)
    throw new UsageError('verify takes one file: the raw body of a webhook.', 'verify');
  const { signature, timestamp } = values;
  if (signature === undefined || timestamp === undefined)
    throw new UsageError('Give both headers: --signature S and --timestamp T.', 'verify');
  const receivedAt = values['received-at'];
  if (receivedAt !== undefined && !/^\d{1,12}(\.\d{1,9})?$/.test(String(receivedAt)))
    throw new UsageError('--received-at must be Unix seconds.', 'verify');
  return {
    name: 'verify',
    file,
    signature: String(signature),
    timestamp: String(timestamp),
    idempotencyKey: String(values['idempotency-key'] ?? ''),
    receivedAtSeconds: receivedAt === undefined ? undefined : Number(receivedAt),
    environment: values.env === undefined ? undefined : environment,
    scheme: signatureScheme(variables, 'verify'),
    json: values.json === true,
  };
}

export function checkCommand(
  [url, ...others]: readonly string[],
  { values, environment }: ReadValues,
  variables: World['variables'],
): CheckCommand {
  if (url === undefined || others.length > 0)
    throw new UsageError('check takes one URL: that of your handler.', 'check');
  const read = parseTarget(url);
  if (typeof read === 'string') throw new UsageError(`The URL ${TARGET_FAULTS[read]}.`, 'check');
  const { 'external-id': externalId, 'state-url': stateUrl, junit } = values;
  if (externalId === '' || junit === '')
    throw new UsageError(`--${externalId === '' ? 'external-id' : 'junit'} is empty.`, 'check');
  return {
    name: 'check',
    target: read,
    environment,
    externalId: externalId === undefined ? undefined : String(externalId),
    stateUrl: stateUrl === undefined ? undefined : target(stateUrl, 'state-url', 'check'),
    junit: junit === undefined ? undefined : String(junit),
    scheme: signatureScheme(variables, 'check'),
    json: values.json === true,
    yes: values.yes === true,
  };
}

export function handlerCommand(
  [language, file, ...others]: readonly string[],
  variables: World['variables'],
): HandlerCommand {
  if (!isHandlerLanguage(language) || others.length > 0 || file === '')
    throw new UsageError(`handler takes a language and a file: ${either(HANDLER_LANGUAGES)}.`, 'handler');
  return { name: 'handler', language, file, scheme: signatureScheme(variables, 'handler') };
}

/** Of what makes an event, nothing makes sense with one that is sent as it is. */
const OF_AN_EVENT = [
  ...([
    'env',
    'external-id',
    'order-id',
    'amount',
    'currency',
    'unsigned',
    'bad-signature',
    'stale',
  ] as const),
] satisfies OptionName[];

function fileToTrigger(operands: readonly string[], values: OptionValues): { readonly file: string } {
  const [given] = OF_AN_EVENT.filter((name) => values[name] !== undefined);
  if (operands.length > 0 || given !== undefined)
    throw new UsageError(
      `--file sends a webhook exactly as the file has it: leave out ${given === undefined ? 'the outcome' : `--${given}`}.`,
      'trigger',
    );
  if (values.file === '') throw new UsageError('The file name is empty.', 'trigger');
  return { file: String(values.file) };
}

/** Reads the URL of a handler. */
function target(value: string | true, option: OptionName, command: CommandName): Target {
  const read = parseTarget(String(value));
  if (typeof read !== 'string') return read;
  throw new UsageError(`--${option} ${TARGET_FAULTS[read]}.`, command);
}

/** The scheme that the environment sets, else the default, which is an assumption. */
export function signatureScheme(variables: World['variables'], command: CommandName): SignatureScheme {
  const scheme = schemeOf(variables[SCHEME_VARIABLE]?.trim() || undefined);
  if ('problem' in scheme) throw new UsageError(`${SCHEME_VARIABLE}: ${scheme.problem}`, command);
  return scheme;
}
