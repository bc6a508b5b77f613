import { workspace } from 'vscode';
import type { Consent, SendSummary } from '../app/ports';
import { notify } from './notify';

/** Asks the person in front of the screen; nothing but a click or a key answers. */
export const consent: Consent = {
  isTrusted: () => workspace.isTrusted,
  async confirm(summary: SendSummary): Promise<boolean> {
    const { environment, host, count, totals } = summary;
    const amounts = totals.map(({ currency, amount }) => `${amount} ${currency}`).join(', ');
    const what = count === 1 ? `an invoice of ${amounts}` : `${count} invoices of ${amounts} in all`;
    const send = `Send to ${environment}`;
    try {
      const choice = await notify.ask(
        `Create ${what} in ${environment}?`,
        `This goes to ${host} and creates ${count === 1 ? 'a real invoice' : 'real invoices'}.`,
        send,
      );
      return choice === send;
    } catch {
      // Where VS Code cannot ask, nobody has said yes.
      return false;
    }
  },
};
