import { workspace } from 'vscode';
import type { Settings } from '../../app/ports';
import { DOCUMENTED_BASE_URL } from '../../core/contract/wire';
import { isObject } from '../../core/json';

/**
 * The user's own settings. What a workspace or a folder says is left out by reading the global value
 * alone: these settings decide where a key and a request go.
 */
export const userSettings: Settings = {
  baseUrl: (environment) => text(`baseUrl.${environment}`, DOCUMENTED_BASE_URL),
  timeoutSeconds: () => number('timeoutSeconds', 30, 1, 600),
  concurrency: () => number('concurrency', 4, 1, 50),
  variables: (environment) => {
    const all = own('variables');
    const variables = isObject(all) ? all[environment] : undefined;
    return Object.fromEntries(
      Object.entries(isObject(variables) ? variables : {}).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    );
  },
  confirmsProd: () => own('prod.sendWithoutConfirmation') !== true,
  defaultUrls: () => ({
    callback_url: text('defaultUrls.callback', 'https://example.com/webhooks/payment'),
    success_url: text('defaultUrls.success', 'https://example.com/payment/success'),
    fail_url: text('defaultUrls.fail', 'https://example.com/payment/failed'),
  }),
};

/** How many sends the history keeps. */
export function historyLimit(): number {
  return Math.floor(number('history.limit', 500, 0, 10_000));
}

function own(name: string): unknown {
  const found = workspace.getConfiguration('eccaex').inspect(name);
  return found?.globalValue ?? found?.defaultValue;
}

function text(name: string, otherwise: string): string {
  const value = own(name);
  return typeof value === 'string' ? value.trim() : otherwise;
}

function number(name: string, otherwise: number, least: number, most: number): number {
  const value = own(name);
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(Math.max(value, least), most)
    : otherwise;
}
