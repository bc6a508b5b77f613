import { WebhookSecrets } from '../app/webhooks/secrets';
import { Webhooks } from '../app/webhooks/webhooks';
import { storedWebhookSecrets } from '../app/keys/storedKeys';
import { REMOTE_ENVIRONMENTS, webhookSecretVariable } from '../core/environments/environment';
import { list } from '../core/phrases';
import { parsePublicUrl } from '../core/webhook/forwarding';
import { webhookLine } from '../core/webhook/webhook';
import { UsageError } from './commands';
import { confirmed } from './consent';
import { harmless, jsonLine } from './harmless';
import type { Output } from './output';
import type { ListenCommand } from './webhookArguments';
import { webhookWords } from './webhookWords';
import type { World } from './world';

/** Beyond the vendor's documentation: how far a signature's time may be off. */
export const TOLERANCE_SECONDS = 300;

/** `eccaex listen`. Resolves to the exit code, when the process is interrupted. */
export async function listen(command: ListenCommand, world: World, output: Output): Promise<number> {
  const { forwardTo, scheme } = command;
  if (forwardTo && !forwardTo.isLocal && !command.yes) {
    const question = `Forward every webhook to ${harmless(forwardTo.origin)}, which is not this machine?`;
    await confirmed(question, command.name, world, output);
  }
  const { listener, forwarder, hmac, timer } = await world.openWebhooks();
  const { keys, clock, random } = world.checkPorts;
  const webhooks = new Webhooks({
    forwarder,
    secrets: new WebhookSecrets(keys),
    settings: { scheme: () => scheme, toleranceSeconds: () => TOLERANCE_SECONDS },
    hmac,
    clock,
    timer,
    newId: () => random.uuid(),
  });
  webhooks.forwardTo(forwardTo);
  webhooks.onDidFinish((webhook) =>
    output.result(command.json ? jsonLine(webhookLine(webhook)) : webhookWords(webhook, output)),
  );
  const publicHost = publicHostIn(world.variables);
  const result = await listener.listen({
    port: command.port,
    isOwnHost: (host) => host === publicHost,
    receive: (incoming) => webhooks.receive(incoming),
  });
  if (!result.ok) {
    const advice = result.fault === 'other' ? '' : ' Use --port N, or --port 0 for any free port.';
    throw new UsageError(`${result.detail}${advice}`, command.name);
  }
  for (const line of await introduction(command, result.listening.url, world)) output.note(line);
  await new Promise<void>((resolve) => {
    if (world.interrupted.aborted) resolve();
    else world.interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
  webhooks.dispose();
  await result.listening.stop();
  return 0;
}

async function introduction(
  { forwardTo }: ListenCommand,
  url: string,
  { checkPorts: { keys } }: World,
): Promise<string[]> {
  const { keys: secrets, unreadable } = await storedWebhookSecrets(keys);
  const environments = REMOTE_ENVIRONMENTS.filter((name) =>
    secrets.some(({ environment }) => environment === name),
  );
  const unread = REMOTE_ENVIRONMENTS.filter((name) => unreadable.includes(name));
  return [
    `Listening for webhooks at ${url}`,
    forwardTo ? `Forwarding them to ${harmless(forwardTo.url)}` : 'Not forwarding them: add --forward-to URL',
    `Verifying with the secret of ${list([...environments, 'the sandbox (public, for test events)'])}`,
    ...unread.map((name) => `${webhookSecretVariable(name)} does not contain a usable secret.`),
    'Press Ctrl+C to stop.',
  ];
}

/** The host of the public URL that leads to this listener. */
function publicHostIn(variables: World['variables']): string | undefined {
  const url = parsePublicUrl(variables['ECCAEX_WEBHOOK_URL'] ?? '');
  return url === undefined ? undefined : new URL(url).hostname;
}
