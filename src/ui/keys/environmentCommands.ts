import { workspace } from 'vscode';
import type { Environment } from '../../core/environments/environment';
import { inBackground } from '../shell/background';
import { readArguments } from '../shell/commandArguments';
import { pickEnvironment } from '../shell/pickEnvironment';
import type { Services } from '../shell/services';
import { cautionOfOwnNetwork } from './ownNetworkCaution';

export async function selectEnvironment(
  services: Services,
  first: unknown,
): Promise<Environment | undefined> {
  const chosen =
    readArguments(first).environment ?? (await pickEnvironment(services, 'Switch EccaEx environment'));
  if (chosen === undefined) return undefined;
  const before = services.environment.get();
  await services.environment.set(chosen);
  services.log.info(`Environment: ${chosen}`);
  if (chosen === 'prod' && before !== 'prod' && workspace.isTrusted)
    inBackground(services.log, cautionOfOwnNetwork(services, before));
  return chosen;
}
