import { InputBoxValidationSeverity, window } from 'vscode';
import { pickOne } from '../shell/pickOne';
import { ApiKey, removedWords, type ApiKeyFault } from '../../core/environments/apiKey';
import { REMOTE_ENVIRONMENTS, type RemoteEnvironment } from '../../core/environments/environment';
import { SANDBOX_WEBHOOK_SECRET } from '../../core/webhook/signature';
import { readArguments } from '../shell/commandArguments';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';

type SecretServices = Pick<Services, 'webhookSecrets'>;

/** Why a text is not a secret, and what to do about it. */
const FAULTS: Readonly<Record<ApiKeyFault, string>> = {
  empty: 'The secret is empty.',
  'control-character':
    'The secret contains a line break or another control character. Copy it again, by itself.',
  'not-header-text': 'The secret contains a character outside ASCII. Copy it again, by itself.',
  placeholder: 'This is a placeholder, not a secret.',
};

export interface WebhookSecretResult {
  readonly environment: RemoteEnvironment;
  readonly done: boolean;
}

/** Asks for the secret of an environment. An argument names the environment, never the secret. */
export async function setWebhookSecret(
  services: SecretServices,
  first: unknown,
): Promise<WebhookSecretResult | undefined> {
  const environment = await environmentOf(first, 'Set the webhook secret of which environment?');
  if (!environment) return undefined;
  const text = await window.showInputBox({
    title: `Webhook secret for ${environment}`,
    prompt: 'Verifies webhooks. Kept in VS Code’s SecretStorage.',
    placeHolder: 'Paste the secret that the webhooks are signed with',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => {
      if (value === '') return undefined;
      const secret = ApiKey.entered(value);
      if (!(secret instanceof ApiKey)) return FAULTS[secret];
      if (secret.reveal() === SANDBOX_WEBHOOK_SECRET)
        return 'This is the sandbox’s public secret: anyone could sign with it.';
      const message = removedWords(value)?.replace('the key', 'the secret');
      return message && { message, severity: InputBoxValidationSeverity.Info };
    },
  });
  if (text === undefined) return undefined;
  return storeWebhookSecret(services, environment, text);
}

/** Stores a secret that a person typed, or that stood in a file and is for an environment that a person picked. */
export async function storeWebhookSecret(
  { webhookSecrets }: SecretServices,
  environment: RemoteEnvironment,
  text: string,
): Promise<WebhookSecretResult | undefined> {
  const secret = ApiKey.entered(text);
  if (!(secret instanceof ApiKey) || secret.reveal() === SANDBOX_WEBHOOK_SECRET) return undefined;
  const secrets = await secretsBeside(webhookSecrets, environment, secret);
  if (!secrets) return undefined;
  const done = await webhookSecrets.writeWebhookSecrets(environment, secrets);
  if (!done) void notify.error(`VS Code did not store the webhook secret for ${environment}.`);
  else
    void notify.info(
      `Webhook secret for ${environment} stored (${secret.fingerprint})${secrets.length > 1 ? '. The old one still verifies' : ''}.`,
    );
  return { environment, done };
}

/** The new secret, with the old one where a person is rotating it; `undefined` where they changed their mind. */
async function secretsBeside(
  store: Services['webhookSecrets'],
  environment: RemoteEnvironment,
  secret: ApiKey,
): Promise<readonly ApiKey[] | undefined> {
  const reading = await store.readWebhookSecrets(environment);
  const old = reading.state === 'present' ? reading.secrets.find((one) => !one.equals(secret)) : undefined;
  if (!old) return [secret];
  const [keep, replace] = ['Keep Both', 'Replace'];
  const choice = await notify.ask(
    `Keep the old webhook secret for ${environment} (${old.fingerprint}), too?`,
    'While you rotate a secret, webhooks can still be signed with the old one. The new one is tried first.',
    keep,
    replace,
  );
  if (choice === keep) return [secret, old];
  return choice === replace ? [secret] : undefined;
}

export async function removeWebhookSecret(
  { webhookSecrets }: SecretServices,
  first: unknown,
): Promise<WebhookSecretResult | undefined> {
  const environment = await environmentOf(first, 'Remove the webhook secret of which environment?');
  if (!environment) return undefined;
  if ((await webhookSecrets.readWebhookSecrets(environment)).state === 'absent') {
    void notify.info(`There is no webhook secret for ${environment}.`);
    return { environment, done: true };
  }
  const remove = 'Remove';
  const choice = await notify.ask(
    `Remove the webhook secret for ${environment}?`,
    'Webhooks of this environment are no longer verified.',
    remove,
  );
  if (choice !== remove) return undefined;
  const done = await webhookSecrets.writeWebhookSecrets(environment, []);
  if (!done) void notify.error(`VS Code did not remove the webhook secret for ${environment}.`);
  return { environment, done };
}

async function environmentOf(first: unknown, title: string): Promise<RemoteEnvironment | undefined> {
  const given = readArguments(first).environment;
  return given !== undefined && given !== 'sandbox' ? given : pickRemoteEnvironment(title);
}

/** The sandbox has a public secret, which nobody sets. */
export async function pickRemoteEnvironment(title: string): Promise<RemoteEnvironment | undefined> {
  const picked = await pickOne(
    REMOTE_ENVIRONMENTS.map((label) => ({ label, environment: label })),
    { title },
  );
  return picked?.environment;
}
