import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { ENVIRONMENTS, type Environment } from '../../core/environments/environment';
import { hostOf, keyLabel, readKey } from './environmentLabels';
import type { Services } from './services';

type EnvironmentItem = QuickPickItem & { readonly environment?: Environment };

/** Lets a person choose an environment; `undefined` where they do not. */
export async function pickEnvironment(services: Services, title: string): Promise<Environment | undefined> {
  const active = services.environment.get();
  const items = await Promise.all(
    ENVIRONMENTS.map(async (environment): Promise<EnvironmentItem> => ({
      environment,
      label: `${environment === 'prod' ? '$(warning)' : environment === 'sandbox' ? '$(beaker)' : '$(globe)'} ${environment}`,
      description: `${hostOf(environment, services)} · ${keyLabel(environment, await readKey(environment, services))}${environment === active ? ' · active' : ''}`,
    })),
  );
  const separator: EnvironmentItem = { label: 'Merchant API', kind: QuickPickItemKind.Separator };
  const [sandbox, ...remote] = items;
  const picked = await window.showQuickPick(sandbox ? [sandbox, separator, ...remote] : remote, {
    title,
    placeHolder: `Active: ${active}`,
    matchOnDescription: true,
  });
  return picked?.environment;
}
