import { window, workspace } from 'vscode';
import type { Environment } from '../../core/environments/environment';
import { inBackground } from '../shell/background';
import { readArguments } from '../shell/commandArguments';
import { hostOf } from '../shell/environmentLabels';
import { pickEnvironment } from '../shell/pickEnvironment';
import type { Services } from '../shell/services';
import { cautionOfOwnNetwork } from './ownNetworkCaution';

/** Long enough to be read, in milliseconds. */
const TOLD_MS = 10_000;

export async function selectEnvironment(
  services: Services,
  first: unknown,
): Promise<Environment | undefined> {
  const named = readArguments(first).environment;
  const chosen = named ?? (await pickEnvironment(services, 'Switch EccaEx environment'));
  if (chosen === undefined) return undefined;
  const before = services.environment.get();
  await services.environment.set(chosen);
  services.log.info(`Environment: ${chosen}`);
  // Whoever names it may be a task: a person hears where requests go from now on.
  if (named !== undefined && chosen !== before)
    window.setStatusBarMessage(`Switched from ${before} to ${chosen} (${hostOf(chosen, services)})`, TOLD_MS);
  if (chosen === 'prod' && before !== 'prod' && workspace.isTrusted)
    inBackground(services.log, cautionOfOwnNetwork(services, before));
  return chosen;
}
