import { commands, window } from 'vscode';
import { pickOne } from '../shell/pickOne';
import { ApiKey, KEY_FAULTS } from '../../core/environments/apiKey';
import {
  REMOTE_ENVIRONMENTS,
  type Environment,
  type RemoteEnvironment,
} from '../../core/environments/environment';
import { SANDBOX_KEYS } from '../../core/environments/sandboxKeys';
import { list } from '../../core/phrases';
import { leftOver } from '../../app/outcomes/whatNext';
import { inBackground } from '../shell/log';
import { readArguments, startedHere } from '../shell/commandArguments';
import { notify } from '../shell/notify';
import { sendAgain } from '../shell/sendAgain';
import { isRequestDocument } from '../shell/requestDocuments';
import type { Services } from '../shell/services';
import { pickEnvironment } from '../shell/environmentLabels';
import {
  activeOrPicked,
  askForKey,
  confirmFoundKey,
  confirmSameKey,
  destinationOf,
  environmentFor,
  keyOfVariable,
} from './keyPrompts';

/** The environments whose key was stored, removed or verified; scripts get what a person sees. */
export interface KeyResult {
  readonly environment: Environment;
  readonly done: boolean;
}

export async function setApiKey(services: Services, first: unknown): Promise<KeyResult | undefined> {
  const environment = await environmentFor(services, first, 'Set the API key for which environment?');
  if (!environment) return undefined;
  if (environment === 'sandbox') return setSandboxKey(services);
  const origin = await destinationOf(services, environment);
  if (origin === undefined) return { environment, done: false };
  const text = await askForKey({
    title: `API key for ${environment}`,
    prompt: `Sent to ${origin} only. Kept in VS Code’s SecretStorage.`,
  });
  if (text === undefined) return undefined;
  return keepAndOffer(services, environment, text);
}

/** The keys of the sandbox are no secrets: they are picked, each with the response it gives. */
export async function setSandboxKey(services: Services): Promise<KeyResult | undefined> {
  const picked = await pickOne(
    SANDBOX_KEYS.map(({ key, answer }) => ({ label: key ?? 'No key', description: answer, key })),
    { title: 'Key for the sandbox', placeHolder: 'Each key gives one response' },
  );
  if (!picked) return undefined;
  const key = picked.key === undefined ? undefined : ApiKey.parse(picked.key);
  const done = typeof key === 'string' ? false : await services.keyRing.keep('sandbox', key);
  if (done)
    void notify.info(
      picked.key === undefined ? 'The sandbox gets no key now.' : `Sandbox key set to ${picked.key}.`,
    );
  return { environment: 'sandbox', done };
}

export async function importApiKey(services: Services, first: unknown): Promise<KeyResult | undefined> {
  const environment = await activeOrPicked(services, first, 'Import the API key for which environment?');
  if (!environment) return undefined;
  if (environment === 'sandbox') return setSandboxKey(services);
  if ((await destinationOf(services, environment)) === undefined) return { environment, done: false };
  const named = readArguments(first).variable;
  const variable =
    named ??
    (await window.showInputBox({
      title: `Import the API key for ${environment}`,
      prompt: 'Name of an environment variable that VS Code’s extension host was started with',
      value: `ECCAEX_API_KEY_${environment.toUpperCase()}`,
      ignoreFocusOut: true,
    }));
  if (variable === undefined) return undefined;
  const text = keyOfVariable(services, variable);
  if (text === undefined) return { environment, done: false };
  return keepFoundKey(services, environment, text, named === undefined);
}

export async function removeApiKey(services: Services, first: unknown): Promise<KeyResult | undefined> {
  const environment =
    readArguments(first).environment ??
    (await pickEnvironment(services, 'Remove the API key of which environment?'));
  if (!environment) return undefined;
  const reading = await services.keyRing.read(environment);
  if (reading.state === 'absent') {
    void notify.info(`There is no API key for ${environment}.`);
    return { environment, done: true };
  }
  const stored = { keys: [environment], gone: [], secrets: [] };
  if (!(await confirmRemoval(stored))) return undefined;
  return { environment, done: await removed(services, stored) };
}

/** Removes everything that is stored: keys, webhook secrets, and what is left of environments that are gone. */
export async function removeAllApiKeys(services: Services): Promise<boolean> {
  const left = await services.leftovers.countLeftovers();
  const gone =
    left === 0 ? [] : [left === 1 ? 'an environment that is gone' : `${left} environments that are gone`];
  const stored = {
    keys: await services.keyRing.stored(),
    gone,
    secrets: await environmentsWithSecret(services.webhookSecrets),
  };
  if (namesOf(stored) === '') {
    void notify.info('There are no API keys or webhook secrets.');
    return true;
  }
  if (!(await confirmRemoval(stored))) return false;
  return removed(services, stored);
}

/** What is removed together. */
interface Stored {
  readonly keys: readonly Environment[];
  /** Words for what is left of environments that no longer exist. */
  readonly gone: readonly string[];
  /** The environments whose webhook secrets are removed. */
  readonly secrets: readonly RemoteEnvironment[];
}

async function environmentsWithSecret(store: Services['webhookSecrets']): Promise<RemoteEnvironment[]> {
  const readings = await Promise.all(
    REMOTE_ENVIRONMENTS.map((environment) => store.readWebhookSecrets(environment)),
  );
  return REMOTE_ENVIRONMENTS.filter((_, place) => readings[place]?.state !== 'absent');
}

/** `API key for dev and prod, and the webhook secret for dev` */
function namesOf({ keys, gone, secrets }: Stored): string {
  const names = [...keys, ...gone];
  return [
    ...(names.length > 0 ? [`API key for ${list(names)}`] : []),
    ...(secrets.length > 0 ? [`webhook secret for ${list(secrets)}`] : []),
  ].join(', and the ');
}

async function removed(services: Services, stored: Stored): Promise<boolean> {
  const { keys, gone, secrets } = stored;
  const results = [
    await services.keyRing.forget(keys),
    gone.length === 0 || (await services.leftovers.removeLeftovers()),
    ...(await Promise.all(
      secrets.map((environment) => services.webhookSecrets.writeWebhookSecrets(environment, [])),
    )),
  ];
  const done = results.every(Boolean);
  const names = namesOf(stored);
  const subject = secrets.length > 0 ? 'A removed key' : 'It';
  const stillWorks =
    keys.length + gone.length > 0
      ? ` ${subject} still works until it is deactivated in the merchant dashboard.`
      : '';
  if (done) void notify.info(`Removed the ${names}.${stillWorks}`);
  else void notify.error(`The ${names} could not be removed: VS Code’s SecretStorage refused.`);
  return done;
}

async function confirmRemoval(stored: Stored): Promise<boolean> {
  const choice = await notify.ask(
    `Remove the ${namesOf(stored)}?`,
    'The merchant dashboard shows a key only once: to use it here again, you need it from elsewhere.',
    // VS Code focuses the first button: what destroys is not it.
    'Keep',
    'Remove',
  );
  return choice === 'Remove';
}

/** Stores a key that stood in a file or a command; `isByPerson`: a person has just pressed the button for that. */
export async function storeKey(
  services: Services,
  environment: RemoteEnvironment,
  text: string,
  isByPerson: boolean,
): Promise<KeyResult | undefined> {
  if ((await destinationOf(services, environment)) === undefined) return { environment, done: false };
  return keepFoundKey(services, environment, text, isByPerson);
}

/** A key that nobody typed is not to become the user's own unasked, and never in the place of another. */
async function keepFoundKey(
  services: Services,
  environment: RemoteEnvironment,
  text: string,
  isByPerson: boolean,
): Promise<KeyResult | undefined> {
  const key = ApiKey.entered(text);
  const before = await services.keyRing.read(environment);
  const old = before.state === 'present' ? (before.stored.key ?? 'unreadable') : before.state;
  const isSame = old instanceof ApiKey && key instanceof ApiKey && old.equals(key);
  const isAsked = key instanceof ApiKey && !isSame && (old !== 'absent' || !isByPerson);
  if (isAsked && !(await confirmFoundKey(environment, old, key))) return undefined;
  return keepAndOffer(services, environment, text);
}

async function keepAndOffer(
  services: Services,
  environment: RemoteEnvironment,
  text: string,
): Promise<KeyResult | undefined> {
  const kept = await keepKey(services, environment, text);
  const key = ApiKey.entered(text);
  if (kept?.done === true && key instanceof ApiKey)
    inBackground(services.log, offerNextStep(services, environment, key));
  return kept;
}

/** Stores a key, and says so only where that failed; `undefined` where the person thought better of it. */
export async function keepKey(
  services: Services,
  environment: RemoteEnvironment,
  text: string,
): Promise<KeyResult | undefined> {
  const key = ApiKey.entered(text);
  if (!(key instanceof ApiKey)) {
    void notify.error(`The key for ${environment} was not stored. ${KEY_FAULTS[key]}`);
    return { environment, done: false };
  }
  const others = await services.keyRing.othersWith(key, environment);
  if (others.length > 0 && !(await confirmSameKey(environment, others))) return undefined;
  const done = await services.keyRing.keep(environment, key);
  if (!done) {
    void notify.error(
      `The key for ${environment} could not be stored: VS Code’s SecretStorage refused. Unlock the keychain of your system and try again.`,
    );
    return { environment, done };
  }
  services.log.info(`Key for ${environment} stored: ${key.fingerprint}`);
  return { environment, done };
}

async function offerNextStep(services: Services, environment: Environment, key: ApiKey): Promise<void> {
  const { outcomes } = services;
  const document = window.activeTextEditor?.document;
  // A key that is refused stops a batch half way: to send all of it would create what is created twice.
  const rest = document && leftOver(outcomes.latest(document.uri.toString(), environment));
  const isSendable = document !== undefined && isRequestDocument(document) && rest?.length !== 0;
  const send = isSendable ? `Send ${rest ? 'the Rest ' : ''}to ${environment}` : undefined;
  const choice = await notify.info(
    `API key for ${environment} stored (${key.fingerprint}).`,
    'Verify',
    ...(send === undefined ? [] : [send]),
  );
  if (choice === 'Verify') await commands.executeCommand('eccaex.verifyApiKey', { environment });
  else if (choice !== undefined && rest) await sendAgain(rest, outcomes);
  else if (choice !== undefined)
    await commands.executeCommand('eccaex.sendInvoice', startedHere({ environment, uri: document?.uri }));
}
