import { storedApiKeys } from '../app/keys/storedKeys';
import { WebhookSecrets } from '../app/webhooks/secrets';
import { advice, diagnose } from '../core/webhook/diagnosis';
import { UsageError } from './commands';
import { harmless, jsonLine } from './harmless';
import { TOLERANCE_SECONDS } from './listen';
import type { Output } from './output';
import type { VerifyCommand } from './webhookArguments';
import type { World } from './world';

/** `eccaex verify`. Resolves to the exit code: 0 where the signature holds. */
export async function verify(command: VerifyCommand, world: World, output: Output): Promise<number> {
  const { file, environment, json, ...given } = command;
  const body = await world.readBytes(file).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    throw new UsageError(harmless(`Cannot read ${file}: ${detail}.`), 'verify');
  });
  const { keys } = world.checkPorts;
  const [secrets, apiKeys, { digests }] = await Promise.all([
    new WebhookSecrets(keys).known(),
    storedApiKeys(keys),
    world.openWebhooks(),
  ]);
  const diagnosis = diagnose(digests, {
    ...given,
    body,
    environment,
    secrets,
    apiKeys: apiKeys.keys.map((owned) => ({ environment: owned.environment, secret: owned.key.reveal() })),
    toleranceSeconds: TOLERANCE_SECONDS,
  });
  const { state, skewSeconds, cause, sentence, cures, scheme } = diagnosis;
  if (json) output.result(jsonLine({ state, skewSeconds, cause, advice: advice(diagnosis) }));
  else {
    const color = state === 'valid' ? output.colors.green : output.colors.red;
    output.result(`${color(cause ?? state)}: ${harmless(sentence)}`);
    for (const { framework, line } of cures) output.result(`  ${framework}: ${harmless(line)}`);
    if (scheme)
      output.result(
        `If a real webhook was signed so, set this scheme: ECCAEX_WEBHOOK_SIGNATURE='${harmless(JSON.stringify(scheme))}'`,
      );
    output.note('The vendor does not document how it signs: the scheme is an assumption.');
  }
  return state === 'valid' ? 0 : 1;
}
