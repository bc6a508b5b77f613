import { decodeCaptured } from '../app/webhooks/captured';
import { obstacleWords, webhookOf } from '../app/webhooks/make';
import { WebhookSecrets } from '../app/webhooks/secrets';
import type { IncomingWebhook } from '../app/webhooks/webhookPorts';
import { Webhooks } from '../app/webhooks/webhooks';
import { webhookSecretVariable } from '../core/environments/environment';
import { verdictOf } from '../core/webhook/delivery';
import { webhookLine, type Webhook } from '../core/webhook/webhook';
import { UsageError } from './commands';
import { confirmed } from './consent';
import { harmless, jsonLine } from './harmless';
import { TOLERANCE_SECONDS } from './listen';
import type { Output } from './output';
import type { OutcomeToTrigger, TriggerCommand } from './webhookArguments';
import { webhookWords } from './webhookWords';
import type { World } from './world';
import { cannotRead } from '../core/sharedWords';

/** `eccaex trigger`. Resolves to the exit code: 0 where every delivery was accepted. */
export async function trigger(command: TriggerCommand, world: World, output: Output): Promise<number> {
  const { to, scheme, what, repeat } = command;
  const { forwarder, hmac, timer } = await world.openWebhooks();
  const { keys, clock, random } = world.checkPorts;
  const secrets = new WebhookSecrets(keys);
  const webhooks = new Webhooks({
    forwarder,
    secrets,
    settings: { scheme: () => scheme, toleranceSeconds: () => TOLERANCE_SECONDS },
    hmac,
    clock,
    timer,
    newId: () => random.uuid(),
  });
  const made =
    'file' in what
      ? await captured(what.file, world)
      : await ofOutcome(what, command, { hmac, secrets }, world, output);
  world.interrupted.addEventListener('abort', () => webhooks.dispose(), { once: true });
  let isAccepted = true;
  for (let sent = 0; sent < repeat && !world.interrupted.aborted; sent++) {
    const webhook = await webhooks.send(made, to.url, 'replay');
    isAccepted &&= wasAccepted(webhook);
    output.result(command.json ? jsonLine(webhookLine(webhook)) : webhookWords(webhook, output));
  }
  return isAccepted && !world.interrupted.aborted ? 0 : 1;
}

async function ofOutcome(
  what: OutcomeToTrigger,
  { to, yes, scheme }: TriggerCommand,
  ports: { readonly hmac: Parameters<typeof webhookOf>[3]['hmac']; readonly secrets: WebhookSecrets },
  world: World,
  output: Output,
): Promise<IncomingWebhook> {
  const { environment, signing, outcome, amount, currency } = what;
  const { clock, random } = world.checkPorts;
  const orderId = what.orderId ?? random.uuid();
  const invoice = { orderId, externalId: what.externalId ?? `test-${orderId.slice(0, 8)}`, amount, currency };
  const how = { environment, signing, scheme, now: clock.now() };
  const made = await webhookOf(outcome, invoice, how, ports);
  if (!made.ok) {
    const source =
      environment === 'sandbox' ? '' : `Set ${webhookSecretVariable(environment)} to the secret.`;
    throw new UsageError(obstacleWords(made.obstacle, environment, source), 'trigger');
  }
  const isReal = environment !== 'sandbox' && (signing === 'signed' || signing === 'stale');
  if (isReal && !to.isLocal && !yes) {
    const question = `Send a ${outcome} signed with the real secret of ${environment} to ${harmless(to.origin)}, which is not this machine?`;
    await confirmed(question, 'trigger', world, output);
  }
  return made.webhook;
}

async function captured(file: string, world: World): Promise<IncomingWebhook> {
  const reading = await world.files.read(world.uriOf(file));
  const name = JSON.stringify(file);
  if (!reading.ok)
    throw new UsageError(
      cannotRead(name, reading.fault === 'not-utf-8' ? 'it is not UTF-8' : reading.detail),
      'trigger',
    );
  const webhook = decodeCaptured(reading.text);
  if (typeof webhook === 'string') throw new UsageError(`${name}: ${webhook}`, 'trigger');
  return webhook;
}

function wasAccepted({ deliveries }: Webhook): boolean {
  const end = deliveries.at(-1)?.end;
  return end !== undefined && verdictOf(end) === 'accepted';
}
