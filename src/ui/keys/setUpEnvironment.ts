import { workspace } from 'vscode';
import type { Environment, RemoteEnvironment } from '../../core/environments/environment';
import type { Services } from '../shell/services';
import { askForBaseUrl, keepBaseUrl } from './baseUrl';
import { keepKey } from './keyCommands';
import { askForKey } from './keyPrompts';
import { verifyKey } from './verification';

/**
 * Asks a person who has just chosen an environment for what it lacks, the base URL and the key, and has the API confirm
 * the key. True where a request can be sent there; false where the person did not finish, or the API rejected the key.
 */
export async function setUpEnvironment(services: Services, environment: Environment): Promise<boolean> {
  if (environment === 'sandbox' || !workspace.isTrusted) return true;
  if (await hasUsableKey(services, environment)) return true;
  const baseUrl = await askForBaseUrl(services, environment, 'Step 1 of 2');
  if (baseUrl === undefined || !(await keepBaseUrl(services, environment, baseUrl))) return false;
  // The key of before may be for this base URL.
  if (await hasUsableKey(services, environment)) return true;
  const destination = services.keyRing.destination(environment);
  if (!destination.ok) return false;
  const text = await askForKey({
    title: `API key for ${environment} (Step 2 of 2)`,
    prompt: `Kept in VS Code’s SecretStorage, sent to ${destination.origin} only.`,
  });
  if (text === undefined) return false;
  const kept = await keepKey(services, environment, text);
  return kept?.done === true && (await verifyKey(services, environment)).result !== 'refused';
}

async function hasUsableKey({ keyRing }: Services, environment: RemoteEnvironment): Promise<boolean> {
  const destination = keyRing.destination(environment);
  const reading = await keyRing.read(environment);
  return destination.ok && reading.state === 'present' && reading.stored.origin === destination.origin;
}
