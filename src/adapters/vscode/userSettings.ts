import { workspace } from 'vscode';
import type { Settings } from '../../app/ports';
import type { ListenerSettings } from '../../app/webhooks/listener';
import type { WebhookSettings } from '../../app/webhooks/webhooks';
import { DOCUMENTED_BASE_URL } from '../../core/contract/wire';
import { isObject } from '../../core/json';
import { parsePublicUrl, WEBHOOK_PORT } from '../../core/webhook/forwarding';
import { DEFAULT_SCHEME, schemeOf } from '../../core/webhook/signature';

/**
 * The user's own settings. What a workspace or a folder says is left out by reading the global value
 * alone: these settings decide where a key and a request go.
 */
export const userSettings: Settings = {
  baseUrl: (environment) => text(`baseUrl.${environment}`, DOCUMENTED_BASE_URL),
  webhookUrl: (environment) =>
    environment === 'sandbox'
      ? `http://127.0.0.1:${webhookSettings.port()}/`
      : parsePublicUrl(webhookSettings.publicUrl(environment)),
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

/** The user's own settings about webhooks, none of a workspace: they decide who is believed, and what listens. */
export const webhookSettings: ListenerSettings & WebhookSettings = {
  port: () => Math.floor(number('webhooks.port', WEBHOOK_PORT, 0, 65_535)),
  publicUrl: (environment) => text(`webhooks.publicUrl.${environment}`, ''),
  toleranceSeconds: () => number('webhooks.toleranceSeconds', 300, 1, 86_400),
  scheme: () => {
    const scheme = schemeOf(own('webhooks.signature'));
    return 'problem' in scheme ? DEFAULT_SCHEME : scheme;
  },
  schemeProblem: () => {
    const scheme = schemeOf(own('webhooks.signature'));
    return 'problem' in scheme ? scheme.problem : undefined;
  },
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
