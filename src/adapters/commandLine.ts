import { storedKeys } from '../app/keys/storedKeys';
import type { KeyReading, KeyStore, SecretReading, Settings, StoredKeys } from '../app/ports';
import { ApiKey } from '../core/environments/apiKey';
import { parsePublicUrl } from '../core/webhook/forwarding';
import { isLoopback, ownBaseUrl, parseBaseUrl } from '../core/environments/baseUrl';
import {
  type Environment,
  keyVariable,
  type RemoteEnvironment,
  webhookSecretVariable,
} from '../core/environments/environment';

/** While one secret is being rotated, the old one is still in use. */
const MOST_SECRETS = 2;

/**
 * Keys from environment variables. A key belongs to the origin of its environment's own base URL; a loopback URL
 * that the command line names gets it, too. A variable that is empty is absent: CI systems set those of secrets
 * that they do not have. A value that is no key is unreadable.
 */
export class EnvironmentKeys implements KeyStore {
  constructor(
    private readonly variables: Readonly<Record<string, string | undefined>>,
    private readonly settings: Pick<Settings, 'baseUrl'>,
  ) {}

  read(environment: Environment): Promise<KeyReading> {
    return Promise.resolve(this.#read(environment));
  }

  readAll(): Promise<StoredKeys> {
    return storedKeys(this);
  }

  readWebhookSecrets(environment: RemoteEnvironment): Promise<SecretReading> {
    return Promise.resolve(webhookSecretsIn(this.variables[webhookSecretVariable(environment)] ?? ''));
  }

  /** Nothing is kept. */
  writeWebhookSecrets(): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** Nothing is kept. */
  write(): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** Nothing is kept. */
  remove(): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** Nothing is kept. */
  accepted(): Promise<void> {
    return Promise.resolve();
  }

  #read(environment: Environment): KeyReading {
    if (environment === 'sandbox') return { state: 'absent' };
    const key = ApiKey.entered(this.variables[keyVariable(environment)] ?? '');
    if (key === 'empty') return { state: 'absent' };
    if (!(key instanceof ApiKey)) return { state: 'unreadable' };
    const named = parseBaseUrl(this.settings.baseUrl(environment));
    const own = parseBaseUrl(ownBaseUrl(environment, this.variables));
    const owner = named.ok && isLoopback(named.url.hostname) ? named : own;
    const origin = owner.ok ? owner.origin : '';
    return { state: 'present', stored: { key, origin, storedAt: new Date().toISOString() } };
  }
}

/** What a command line says of a send; left out: the default. */
interface CommandLineOptions {
  readonly baseUrl?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Settings from a command line and its environment variables: a folder that the CLI runs in sets none. */
export function commandLineSettings(
  options: CommandLineOptions,
  variables: Readonly<Record<string, string | undefined>>,
): Settings {
  return {
    baseUrl: (environment) => options.baseUrl ?? ownBaseUrl(environment, variables),
    webhookUrl: () => parsePublicUrl(variables['ECCAEX_WEBHOOK_URL'] ?? ''),
    timeoutSeconds: () => options.timeoutSeconds ?? 30,
    concurrency: () => options.concurrency ?? 4,
    confirmsProd: () => true,
    variables: () => options.variables ?? {},
    defaultUrls: () => ({}),
  };
}

/** One secret, or two with white space between them, the newest first. */
function webhookSecretsIn(text: string): SecretReading {
  const written = text.split(/\s+/).filter((part) => part !== '');
  if (written.length === 0) return { state: 'absent' };
  const secrets = written.flatMap((part) => {
    const secret = ApiKey.entered(part);
    return secret instanceof ApiKey ? [secret] : [];
  });
  const areAll = secrets.length === written.length && secrets.length <= MOST_SECRETS;
  return areAll ? { state: 'present', secrets } : { state: 'unreadable' };
}
