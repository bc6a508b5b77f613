import { commands } from 'vscode';
import type { Verification } from '../../app/keys/keyRing';
import type { Environment } from '../../core/environments/environment';
import { wordsOf } from '../../core/problems/words';
import { verdictWords } from '../shell/environmentLabels';
import { inBackground } from '../shell/log';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { activeOrPicked } from './keyPrompts';
import { BUTTONS } from '../../core/sharedWords';

export async function verifyApiKey(services: Services, first: unknown): Promise<Verification | undefined> {
  const environment = await activeOrPicked(services, first, 'Verify the API key of which environment?');
  return environment && verifyKey(services, environment);
}

/** Has the API look at the stored key, and tells a person what it said. */
export async function verifyKey(services: Services, environment: Environment): Promise<Verification> {
  const verification = await notify.progress(`Verifying the API key for ${environment}…`, (_, signal) =>
    services.keyRing.verify(environment, signal),
  );
  services.log.info(`Verify ${environment}: ${verification.result}`);
  inBackground(services.log, showVerification(environment, verification));
  return verification;
}

async function showVerification(environment: Environment, verification: Verification): Promise<void> {
  const words =
    verification.result === 'not-sent'
      ? wordsOf(verification.obstacle, { environment }).message
      : verdictWords(environment, verification);
  switch (verification.result) {
    case 'accepted':
      void notify.info(words);
      return;
    case 'refused': {
      const worked = verification.acceptedAt !== undefined;
      const choice = await notify.error(words, worked ? BUTTONS.rotateKey : BUTTONS.replaceKey);
      const command = worked ? 'eccaex.rotateApiKey' : 'eccaex.setApiKey';
      if (choice) void commands.executeCommand(command, { environment });
      return;
    }
    case 'unclear':
      void notify.warn(words);
      return;
    case 'not-sent':
      if (await notify.error(words, BUTTONS.setKey))
        void commands.executeCommand('eccaex.setApiKey', { environment });
      return;
  }
}
