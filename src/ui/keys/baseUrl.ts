import { commands, ConfigurationTarget, window, workspace } from 'vscode';
import { parseBaseUrl } from '../../core/environments/baseUrl';
import type { RemoteEnvironment } from '../../core/environments/environment';
import { BASE_URL } from '../../core/problems/words';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { activeOrPicked } from './keyPrompts';
import { BUTTONS } from '../../core/sharedWords';

/** Where an environment's requests go, as a person types it: no argument names a URL. */
export async function setBaseUrl(services: Services, first: unknown): Promise<string | undefined> {
  const environment = await activeOrPicked(services, first, 'Set the base URL of which environment?');
  if (!environment) return undefined;
  if (environment === 'sandbox') {
    void notify.info('The sandbox runs on this machine and has no base URL to set.');
    return undefined;
  }
  const text = await askForBaseUrl(services, environment);
  if (text === undefined || !(await keepBaseUrl(services, environment, text))) return undefined;
  await offerKey(services, environment);
  return services.settings.baseUrl(environment);
}

/** A field with the base URL of now in it; takes no URL that a key may not be sent to. `step`: `Step 1 of 2`. */
export function askForBaseUrl(
  { settings }: Services,
  environment: RemoteEnvironment,
  step?: string,
): Thenable<string | undefined> {
  return window.showInputBox({
    title: `Base URL for ${environment}${step === undefined ? '' : ` (${step})`}`,
    prompt: 'https, or http on this machine. Stored in your user settings.',
    value: settings.baseUrl(environment),
    ignoreFocusOut: true,
    validateInput: faultOf,
  });
}

/** False where VS Code could not store it, which the person is told. */
export async function keepBaseUrl(
  { settings, log }: Services,
  environment: RemoteEnvironment,
  text: string,
): Promise<boolean> {
  const url = text.trim();
  if (url === settings.baseUrl(environment)) return true;
  try {
    await workspace
      .getConfiguration('eccaex')
      .update(`baseUrl.${environment}`, url, ConfigurationTarget.Global);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void notify.error(`Could not store the base URL for ${environment}: ${why}`);
    return false;
  }
  log.info(`Base URL of ${environment}: ${url}`);
  return true;
}

function faultOf(text: string): string | undefined {
  const parsed = parseBaseUrl(text.trim());
  return parsed.ok ? undefined : `The base URL ${BASE_URL[parsed.fault]}.`;
}

/** A key never goes to another host than the one it was set for. */
async function offerKey({ keyRing }: Services, environment: RemoteEnvironment): Promise<void> {
  const destination = keyRing.destination(environment);
  const reading = workspace.isTrusted ? await keyRing.read(environment) : undefined;
  if (!destination.ok) return;
  if (reading?.state === 'present' && reading.stored.origin === destination.origin) {
    void notify.info(`${environment} now sends to ${destination.origin}.`);
    return;
  }
  const about = reading?.state === 'present' ? ` Its key is for ${reading.stored.origin}.` : '';
  const set = BUTTONS.setKey;
  const told = notify.info(`${environment} now sends to ${destination.origin}.${about}`, set);
  void told.then((choice) => {
    if (choice === set) void commands.executeCommand('eccaex.setApiKey', { environment });
  });
}
