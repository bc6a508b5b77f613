import { commands, window } from 'vscode';
import { publicUrlOf, type StartResult } from '../../app/webhooks/listener';
import { parseTarget, TARGET_FAULTS, TARGET_MEMORY } from '../../core/webhook/forwarding';
import { notify, copyText } from '../shell/notify';
import type { Services } from '../shell/services';
import { BUTTONS } from '../../core/sharedWords';

type WebhookServices = Pick<Services, 'webhooks' | 'environment' | 'memory' | 'webhookSettings'>;

/** Starts the listener, and says what to do next. Gives its address, `undefined` where it does not run. */
export async function startWebhooks(services: WebhookServices): Promise<string | undefined> {
  const { listener, webhooks } = await services.webhooks();
  const wasRunning = listener.running !== undefined;
  const result = await listener.start();
  if (!result.ok) {
    tellNotStarted(result);
    return undefined;
  }
  if (result.isOnSetPort || wasRunning) {
    const { target } = webhooks;
    const forward = 'Forward…';
    const copy = 'Copy URL';
    const where = target
      ? `Forwarding to ${target.url}.`
      : 'Forward them to your handler to see its response.';
    const told = notify.info(
      `Listening for webhooks on port ${result.port}. ${where}`,
      ...(target ? [] : [forward]),
      copy,
    );
    void told.then(async (choice) => {
      if (choice === forward) await forwardWebhooks(services);
      if (choice === copy) await copyText(result.url, 'Webhook URL');
    });
  } else
    void notify.warn(
      `Another window or program uses port ${services.webhookSettings.port()}. This window listens on port ${result.port}; public URLs lead to the other one.`,
    );
  return result.url;
}

function tellNotStarted(result: Extract<StartResult, { ok: false }>): void {
  if (result.reason === 'failed') {
    void notify.error(`The webhook listener did not start. ${result.detail}`);
    return;
  }
  const manage = BUTTONS.manageTrust;
  void notify.warn('Webhooks are received in trusted workspaces only.', manage).then((choice) => {
    if (choice) void commands.executeCommand('workbench.trust.manage');
  });
}

export async function stopWebhooks({ webhooks }: WebhookServices): Promise<void> {
  await (await webhooks()).listener.stop();
}

/** Asks a person where webhooks go. A target is never taken from a file or an argument. */
export async function forwardWebhooks({
  webhooks: load,
  memory,
}: WebhookServices): Promise<string | undefined> {
  const { webhooks, listener } = await load();
  const text = await window.showInputBox({
    title: 'Forward Webhooks',
    prompt: 'URL of your handler. Leave empty to stop forwarding.',
    placeHolder: 'http://127.0.0.1:3000/webhooks',
    value: webhooks.target?.url ?? '',
    ignoreFocusOut: true,
    validateInput: (value) => {
      if (value.trim() === '') return undefined;
      const target = parseTarget(value);
      return typeof target === 'string' ? `The URL ${TARGET_FAULTS[target]}.` : undefined;
    },
  });
  if (text === undefined) return undefined;
  if (text.trim() === '') {
    webhooks.forwardTo(undefined);
    await memory.update(TARGET_MEMORY, undefined);
    return undefined;
  }
  const target = parseTarget(text);
  if (typeof target === 'string') return undefined;
  if (!target.isLocal && !(await confirmRemote(target.origin))) return undefined;
  const started = await listener.start();
  if (!started.ok) {
    tellNotStarted(started);
    return undefined;
  }
  webhooks.forwardTo(target);
  await memory.update(TARGET_MEMORY, target.url);
  void notify.info(`Forwarding webhooks to ${target.url}.`);
  return target.url;
}

async function confirmRemote(origin: string): Promise<boolean> {
  const forward = 'Forward';
  const choice = await notify.ask(
    `Forward webhooks to ${origin}?`,
    'This is not your machine. Everything that reaches the listener goes there, real payments included.',
    forward,
  );
  return choice === forward;
}

/** Copies what `{{$webhookUrl}}` stands for in the active environment. */
export async function copyWebhookUrl(services: WebhookServices): Promise<string | undefined> {
  const environment = services.environment.get();
  if (environment !== 'sandbox') {
    const url = publicUrlOf(services.webhookSettings, environment);
    if (url !== undefined) await copyText(url, 'Webhook URL');
    else guideToPublicUrl(services, environment);
    return url;
  }
  const { listener } = await services.webhooks();
  const started = await listener.start();
  if (!started.ok) {
    tellNotStarted(started);
    return undefined;
  }
  await copyText(started.url, 'Webhook URL');
  return started.url;
}

/** How the vendor reaches a listener on this machine: by somebody else's tunnel, never one of ours. */
function guideToPublicUrl({ webhookSettings }: WebhookServices, environment: string): void {
  const open = 'Open Setting';
  const ports = 'Show Ports';
  const message = `The API cannot reach this machine. Forward port ${webhookSettings.port()} and make it public (Ports view), or use your own tunnel, then set the public URL for ${environment}.`;
  void notify.warn(message, open, ports).then((choice) => {
    if (choice === open)
      void commands.executeCommand(
        'workbench.action.openSettings',
        `eccaex.webhooks.publicUrl.${environment}`,
      );
    if (choice === ports) void commands.executeCommand('~remote.forwardedPorts.focus');
  });
}
