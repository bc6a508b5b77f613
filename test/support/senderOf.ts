import type { SendPorts } from '../../src/app/ports';
import { Outcomes } from '../../src/app/outcomes/outcomes';
import { sendInvoices } from '../../src/app/sending/sendInvoices';
import { Sender } from '../../src/app/sending/sender';

/** A sender as the extension puts it together. */
export function senderOf(ports: SendPorts, outcomes: Outcomes): Sender {
  return new Sender(
    (items, environment, options) => sendInvoices(items, environment, ports, options),
    outcomes,
  );
}

/** Outcomes of a window whose history is empty. */
export function emptyOutcomes(clock: Pick<SendPorts['clock'], 'now'> = { now: () => new Date() }): Outcomes {
  return new Outcomes(clock, { entriesOf: () => [], onDidChange: () => ({ dispose: () => undefined }) });
}
