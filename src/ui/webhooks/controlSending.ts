import { type QuickPickItem } from 'vscode';
import { pickOne } from '../shell/pickOne';
import { isObject, nonEmptyString } from '../../core/json';
import type { SandboxSending } from '../../core/webhook/delivery';
import type { SendingAction } from '../../core/webhook/outcomes';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { sendingWords } from './webhookWords';

type ActionItem = QuickPickItem & { readonly action: SendingAction };

/**
 * Asks what to do with the webhook that the sandbox sends for an invoice. Takes `{invoiceId}`: what is done, the yes to
 * a server included, a person picks.
 */
export async function controlSending({ sandbox }: Pick<Services, 'sandbox'>, first: unknown): Promise<void> {
  const invoiceId = isObject(first) ? nonEmptyString(first['invoiceId']) : undefined;
  const sending = invoiceId === undefined ? undefined : sandbox.sending(invoiceId);
  if (invoiceId === undefined || !sending) {
    void notify.info('The sandbox no longer sends this webhook.');
    return;
  }
  const items = actionsFor(sending);
  if (items.length === 0) {
    void notify.info(`Sandbox webhook: ${sendingWords(sending)}.`);
    return;
  }
  const title = `Sandbox webhook: ${sendingWords(sending)}`;
  const picked = await pickOne(items, { title });
  if (picked) await sandbox.control(invoiceId, picked.action);
}

function actionsFor({ state, origin }: SandboxSending): ActionItem[] {
  const retry: ActionItem = { label: 'Retry Now', action: 'retry' };
  switch (state) {
    case 'not-allowed':
      return [
        {
          label: `Deliver to ${origin}`,
          detail: 'This address comes from the request file. Allow it if it is your own server.',
          action: 'allow',
        },
      ];
    case 'waiting':
      return [retry, { label: 'Pause Retries', action: 'pause' }];
    case 'paused':
      return [retry, { label: 'Resume Retries', action: 'resume' }];
    case 'given-up':
      return [retry];
    case 'sending':
    case 'delivered':
      return [];
  }
}
