import { commands, Uri } from 'vscode';
import type { Rotation, Verification } from '../../app/keys/keyRing';
import { DOCUMENTATION } from '../../core/contract/documentation';
import { ApiKey, KEY_FAULTS } from '../../core/environments/apiKey';
import type { Environment, RemoteEnvironment } from '../../core/environments/environment';
import { list } from '../../core/phrases';
import { inBackground } from '../shell/log';
import { readArguments } from '../shell/commandArguments';
import { verdictWords } from '../shell/environmentLabels';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { setApiKey, setSandboxKey, type KeyResult } from './keyCommands';
import {
  activeOrPicked,
  askForKey,
  confirmFoundKey,
  confirmSameKey,
  destinationOf,
  keyOfVariable,
} from './keyPrompts';
import { BUTTONS } from '../../core/sharedWords';

/** `verification` tells why nothing has changed. */
export interface RotationResult extends KeyResult {
  readonly verification?: Verification;
}

const STORED_ALREADY = 'This is the key that is stored already.';

/** Takes a new key, has the API confirm it, and only then lets it take the place of the old one. */
export async function rotateApiKey(services: Services, first: unknown): Promise<RotationResult | undefined> {
  const environment = await activeOrPicked(services, first, 'Rotate the API key of which environment?');
  if (!environment) return undefined;
  if (environment === 'sandbox') return setSandboxKey(services);
  const reading = await services.keyRing.read(environment);
  if (reading.state === 'absent') return setApiKey(services, first);
  const old = reading.state === 'present' ? reading.stored.key : undefined;
  const { variable } = readArguments(first);

  let key: ApiKey | undefined;
  for (;;) {
    const origin = await destinationOf(services, environment);
    if (origin === undefined) return { environment, done: false };
    key ??= await newKey(services, environment, origin, old, variable);
    if (!key) return undefined;
    const fresh = key;
    const rotation = await notify.progress(`Verifying the new API key for ${environment}…`, (_, signal) =>
      services.keyRing.rotate(environment, fresh, signal),
    );
    services.log.info(`Rotate ${environment}: ${rotation.result}`);
    if (rotation.result === 'rotated') {
      const others = old ? await services.keyRing.othersWith(old, environment) : [];
      inBackground(services.log, tellRotated(environment, fresh, old, others));
      return { environment, done: true };
    }
    const next = await askForNext(environment, rotation, old);
    if (next === 'stop') return { environment, done: false, ...verificationOf(rotation) };
    if (next === 'another') key = undefined;
  }
}

async function newKey(
  services: Services,
  environment: RemoteEnvironment,
  origin: string,
  old: ApiKey | undefined,
  variable: string | undefined,
): Promise<ApiKey | undefined> {
  const text =
    variable === undefined
      ? await askForKey({
          title: `New API key for ${environment}`,
          prompt: `Checked at ${origin} before it takes the place of the old one (${old?.fingerprint ?? 'unreadable'}).`,
          check: (key) => (old?.equals(key) ? STORED_ALREADY : undefined),
        })
      : keyOfVariable(services, variable);
  if (text === undefined) return undefined;
  const key = ApiKey.entered(text);
  if (!(key instanceof ApiKey)) {
    void notify.error(`The key for ${environment} was not changed. ${KEY_FAULTS[key]}`);
    return undefined;
  }
  if (old?.equals(key)) {
    void notify.error(`The key for ${environment} was not changed. ${STORED_ALREADY}`);
    return undefined;
  }
  const others = await services.keyRing.othersWith(key, environment);
  if (others.length > 0 && !(await confirmSameKey(environment, others))) return undefined;
  const isTyped = variable === undefined;
  return isTyped || (await confirmFoundKey(environment, old ?? 'unreadable', key)) ? key : undefined;
}

/** The old key stays, whatever is answered. */
async function askForNext(
  environment: RemoteEnvironment,
  rotation: Exclude<Rotation, { result: 'rotated' }>,
  old: ApiKey | undefined,
): Promise<'again' | 'another' | 'stop'> {
  const another = 'Enter Another Key';
  const again = BUTTONS.tryAgain;
  const refused = rotation.result === 'unverified' && rotation.verification.result === 'refused';
  const choice = await notify.ask(
    whyUnchanged(environment, rotation),
    `Nothing was changed: the old key (${old?.fingerprint ?? 'unreadable'}) stays in use.`,
    ...(refused ? [another] : [again, another]),
  );
  return choice === another ? 'another' : choice === again ? 'again' : 'stop';
}

function whyUnchanged(
  environment: RemoteEnvironment,
  rotation: Exclude<Rotation, { result: 'rotated' }>,
): string {
  switch (rotation.result) {
    case 'unsafe':
      return `The base URL of ${environment} is not safe for a key.`;
    case 'not-stored':
      return `The new key for ${environment} works, but VS Code’s SecretStorage refused it.`;
    case 'unverified':
      return verdictWords(environment, rotation.verification, 'new key');
  }
}

function verificationOf(rotation: Rotation): Pick<RotationResult, 'verification'> {
  return rotation.result === 'unverified' ? { verification: rotation.verification } : {};
}

async function tellRotated(
  environment: RemoteEnvironment,
  key: ApiKey,
  old: ApiKey | undefined,
  others: readonly Environment[],
): Promise<void> {
  const stillUsed =
    others.length === 0
      ? ''
      : ` ${list(others)} still ${others.length === 1 ? 'has' : 'have'} it: rotate there first.`;
  const show = 'Show Where';
  const choice = await notify.info(
    `${environment} uses the new key (${key.fingerprint}). The old one (${old?.fingerprint ?? 'unreadable'}) works until you deactivate it in the merchant dashboard, Settings → API Keys: do that now.${stillUsed}`,
    show,
  );
  if (choice) await commands.executeCommand('vscode.open', Uri.parse(DOCUMENTATION.authentication));
}
