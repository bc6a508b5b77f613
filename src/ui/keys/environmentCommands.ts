import { window, workspace } from 'vscode';
import type { Environment } from '../../core/environments/environment';
import { inBackground } from '../shell/log';
import { readArguments } from '../shell/commandArguments';
import { hostOf, pickEnvironment } from '../shell/environmentLabels';
import type { Services } from '../shell/services';
import { EnvironmentNode } from './environmentsTree';
import { cautionOfOwnNetwork } from './ownNetworkCaution';
import { notify } from '../shell/notify';
import { setUpEnvironment } from './setUpEnvironment';

/** Long enough to be read, in milliseconds. */
const TOLD_MS = 10_000;

export async function selectEnvironment(
  services: Services,
  first: unknown,
): Promise<Environment | undefined> {
  const named = readArguments(first).environment;
  // Who names it otherwise may be a script, and a person is asked for nothing then.
  const isByPerson = named === undefined || first instanceof EnvironmentNode;
  const chosen = named ?? (await pickEnvironment(services, 'Switch EccaEx environment'));
  if (chosen === undefined) return undefined;
  const before = services.environment.get();
  await services.environment.set(chosen);
  services.log.info(`Environment: ${chosen}`);
  // Whoever names it may be a task: a person hears where requests go from now on.
  if (named !== undefined && chosen !== before)
    window.setStatusBarMessage(`Switched from ${before} to ${chosen} (${hostOf(chosen, services)})`, TOLD_MS);
  if (isByPerson) await setUpEnvironment(services, chosen);
  if (chosen === 'prod' && before !== 'prod' && workspace.isTrusted)
    inBackground(services.log, cautionOfOwnNetwork(services, before));
  return chosen;
}

/** Gives the sandbox's base URL, or `undefined` where it cannot be started. */
export async function startSandbox({ sandbox, log }: Services): Promise<string | undefined> {
  try {
    const baseUrl = await sandbox.baseUrl();
    log.info(`Sandbox: ${baseUrl}`);
    void notify.info(`The sandbox runs at ${baseUrl}.`);
    return baseUrl;
  } catch (error) {
    void notify.error(
      `The sandbox could not be started: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

export async function stopSandbox({ sandbox, log }: Services): Promise<void> {
  await sandbox.stop();
  log.info('Sandbox stopped');
  window.setStatusBarMessage('$(check) The sandbox is stopped', 3000);
}
