import { commands, Uri, window, workspace, type QuickPickItem } from 'vscode';
import { pickOne } from '../shell/pickOne';
import { encodeCaptured } from '../../app/webhooks/captured';
import { obstacleWords, signedNow } from '../../app/webhooks/make';
import type { WebhookRoom } from '../../app/webhooks/listener';
import type { IncomingWebhook } from '../../app/webhooks/webhookPorts';
import { isObject } from '../../core/json';
import type { Target } from '../../core/webhook/forwarding';
import { trustOf, webhookLine, type Webhook, type WebhookLine } from '../../core/webhook/webhook';
import { textOf } from '../../core/webhook/event';
import { prettyJson } from '../../core/response/prettyJson';
import { notify } from '../shell/notify';
import type { ReadOnlyTexts } from '../shell/readOnlyTexts';
import type { CommandHandlers } from '../shell/registrar';
import type { Services } from '../shell/services';
import { forwardWebhooks } from './webhookCommands';
import { WebhookNode } from './webhooksTree';
import type { WebhookView } from './webhookView';
import { iconOfWebhook } from './webhookIcons';
import { deliveryWords, nameOfWebhook, signatureWords } from '../../core/webhook/words';
import { timeWords } from './webhookWords';

type WebhookHandlers = Pick<
  CommandHandlers,
  | 'eccaex.openWebhook'
  | 'eccaex.replayWebhook'
  | 'eccaex.replayWebhookSignedNow'
  | 'eccaex.editWebhook'
  | 'eccaex.compareWebhooks'
  | 'eccaex.saveWebhook'
>;

type Needed = Pick<Services, 'webhooks' | 'webhookSettings' | 'environment' | 'memory' | 'clock'>;

/** The commands on webhooks. Each takes `{webhook: id}` or `{webhooks: [id]}`, else asks. */
export function webhookHandlers(services: Needed, view: WebhookView, texts: ReadOnlyTexts): WebhookHandlers {
  const one = async (given: readonly unknown[], title: string): Promise<Webhook | undefined> =>
    (await named(services, given))[0] ?? pick((await services.webhooks()).webhooks.all, title);
  return {
    'eccaex.openWebhook': async (...given) => {
      const webhook = await one(given, 'Open which webhook?');
      const [first] = given;
      if (webhook) view.show(webhook.id, isObject(first) && first['preserveFocus'] === true);
    },
    'eccaex.replayWebhook': (...given) => replayAll(services, given, 'replay'),
    'eccaex.replayWebhookSignedNow': (...given) => replayAll(services, given, 'replay-signed-now'),
    'eccaex.editWebhook': async (...given) => {
      const webhook = await one(given, 'Edit and send which webhook?');
      return webhook && edit(services, webhook);
    },
    'eccaex.compareWebhooks': async (...given) => {
      const [first, second] = await named(services, given);
      const { all } = (await services.webhooks()).webhooks;
      const before = first ?? (await pick(all, 'Compare which webhook?'));
      if (!before) return;
      const others = all.filter(({ id }) => id !== before.id);
      const after = second ?? (await pick(others, `Compare ${nameOfWebhook(before)} with which webhook?`));
      if (after) await compare(texts, before, after);
    },
    'eccaex.saveWebhook': async (...given) => {
      const webhook = await one(given, 'Save which webhook?');
      if (webhook) await save(webhook);
    },
  };
}

/** The webhooks that a menu, a key binding or a test names; those that are gone are left out. */
async function named({ webhooks }: Needed, [first, second]: readonly unknown[]): Promise<Webhook[]> {
  if (first === undefined) return [];
  const selected = (Array.isArray(second) ? second : []).filter((node) => node instanceof WebhookNode);
  const nodes = first instanceof WebhookNode ? (selected.length > 0 ? selected : [first]) : [];
  const given = isObject(first) && !(first instanceof WebhookNode) ? first : {};
  const many: unknown[] = Array.isArray(given['webhooks']) ? given['webhooks'] : [];
  const ids = [...nodes.map(({ webhook }) => webhook.id), ...many, given['webhook']];
  const room = await webhooks();
  return ids.flatMap((id) => (typeof id === 'string' ? (room.webhooks.get(id) ?? []) : []));
}

async function pick(all: readonly Webhook[], title: string): Promise<Webhook | undefined> {
  if (all.length === 0) {
    void notify.info('This window has no webhooks yet.');
    return undefined;
  }
  const picked = await pickOne<QuickPickItem & { readonly webhook: Webhook }>(
    all.map((webhook) => ({
      webhook,
      label: nameOfWebhook(webhook),
      description: [
        webhook.event.status ?? 'no status',
        signatureWords(webhook),
        timeWords(webhook.receivedAt),
      ].join(' · '),
      detail: deliveryWords(webhook.deliveries.at(-1)),
      iconPath: iconOfWebhook(webhook),
    })),
    { title, matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.webhook;
}

type Cause = 'replay' | 'replay-signed-now';

/** Sends webhooks again, one after the other. Gives their lines, as `--json` has them. */
async function replayAll(
  services: Needed,
  given: readonly unknown[],
  cause: Cause,
): Promise<readonly WebhookLine[]> {
  const room = await services.webhooks();
  const found = await named(services, given);
  const picked = found.length > 0 ? undefined : await pick(room.webhooks.all, 'Replay which webhook?');
  const webhooks = picked ? [picked] : found;
  if (webhooks.length === 0) return [];
  const target = await targetOf(services, room);
  if (!target) return [];
  const lines: WebhookLine[] = [];
  for (const webhook of webhooks) {
    if (isChanged(webhook)) continue;
    const as = cause === 'replay' ? webhook : await signed(services, room, webhook, target);
    if (!as) break;
    const sent = await room.webhooks.replay(webhook.id, target.url, cause, as);
    if (sent) lines.push(webhookLine(sent));
  }
  tell(lines, target);
  return lines;
}

function tell(lines: readonly WebhookLine[], { url }: Target): void {
  const [only] = lines;
  if (!only) return;
  if (lines.length > 1) {
    const accepted = lines.filter(({ delivery }) => delivery.verdict === 'accepted').length;
    void notify.info(`Replayed ${lines.length} webhooks to ${url}: the handler accepted ${accepted}.`);
    return;
  }
  const { status, verdict } = only.delivery;
  const response = status === null ? 'The handler gave no response' : `The handler responded ${status}`;
  if (verdict === 'accepted') void notify.info(`${response}.`);
  else void notify.warn(`${response}. The vendor would send the webhook again.`);
}

function isChanged(webhook: Webhook): boolean {
  if (webhook.changed === undefined) return false;
  void notify.warn(`${nameOfWebhook(webhook)} was not kept exactly, so it cannot be sent again.`);
  return true;
}

/** Where webhooks are forwarded; a person is asked where they are not. */
async function targetOf(services: Needed, { webhooks }: WebhookRoom): Promise<Target | undefined> {
  if (!webhooks.target) await forwardWebhooks(services);
  return webhooks.target;
}

/** Under a signature of now. Whoever signs can forge a paid order: a person says yes wherever that could happen. */
async function signed(
  services: Needed,
  { hmac, secrets }: WebhookRoom,
  webhook: Webhook,
  target: Target,
  body: IncomingWebhook = webhook,
): Promise<IncomingWebhook | undefined> {
  const isTrusted = trustOf(webhook) !== 'unverified';
  const environment = webhook.signature.environment ?? services.environment.get();
  const sign = `Sign as ${environment}`;
  const name = nameOfWebhook(webhook);
  if (!isTrusted) {
    const detail = 'Nobody knows who sent this event. Signed anew, a handler will believe it.';
    if ((await notify.ask(`Sign the unverified event ${name}?`, detail, 'Cancel Replay', sign)) !== sign)
      return undefined;
  }
  if (!target.isLocal && environment !== 'sandbox') {
    const detail = 'This is not your machine. A handler there will take the event for a real one.';
    const question = `Sign ${name} for ${target.origin}?`;
    if ((await notify.ask(question, detail, 'Cancel Replay', sign)) !== sign) return undefined;
  }
  const made = await signedNow(
    body,
    { environment, signing: 'signed', scheme: services.webhookSettings.scheme(), now: services.clock.now() },
    { hmac, secrets },
  );
  if (made.ok) return made.webhook;
  void notify.warn(obstacleWords(made.obstacle, environment, 'Set it with Set Webhook Secret.'));
  return undefined;
}

/** Opens the event as a text to change, and sends it, signed, when a person says so. */
async function edit(services: Needed, webhook: Webhook): Promise<WebhookLine | undefined> {
  if (isChanged(webhook)) return undefined;
  const text = textOf(webhook.body, undefined);
  if (text === undefined) {
    void notify.warn('The body is not text, so it cannot be edited here.');
    return undefined;
  }
  const document = await workspace.openTextDocument({ language: 'json', content: prettyJson(text) });
  await window.showTextDocument(document);
  const send = 'Sign and Send';
  if ((await notify.info('Edit the event, then send it to your handler.', send)) !== send) return undefined;
  const room = await services.webhooks();
  const target = await targetOf(services, room);
  if (!target) return undefined;
  const body = new TextEncoder().encode(document.getText());
  const made = await signed(services, room, webhook, target, { headers: webhook.headers, body });
  if (!made) return undefined;
  const line = webhookLine(await room.webhooks.send(made, target.url, 'replay-edited', webhook.id));
  tell([line], target);
  return line;
}

async function compare(texts: ReadOnlyTexts, before: Webhook, after: Webhook): Promise<void> {
  const side = (webhook: Webhook) =>
    texts.add('event.json', prettyJson(textOf(webhook.body, undefined) ?? 'The body is not text.'));
  const title = `${nameOfWebhook(before)} ↔ ${nameOfWebhook(after)}`;
  await commands.executeCommand('vscode.diff', side(before), side(after), title);
}

async function save(webhook: Webhook): Promise<void> {
  if (isChanged(webhook)) return;
  const name = `${nameOfWebhook(webhook)
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 80)}.webhook.json`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await window.showSaveDialog({
    title: 'Save Webhook',
    filters: { Webhooks: ['webhook.json', 'json'] },
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
  });
  if (!uri) return;
  await workspace.fs.writeFile(uri, new TextEncoder().encode(encodeCaptured(webhook)));
  await window.showTextDocument(uri);
}
